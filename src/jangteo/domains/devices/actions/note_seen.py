"""A screen calls in."""

from __future__ import annotations

from jangteo.domains.devices.models import Screen
from jangteo.domains.devices.rules import CALLS_IN, MOST_UNSENT
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_seen(*, market: Market, actor: Actor, screen_id: int, unsent: int = 0) -> Screen:
    """Note that the screen is alive, at most twice a minute unless it has other news.

    No audit row: it says nothing about anybody.

    `unsent` is how much it keeps that no server has answered or that was refused, told by the screen itself.

    Raises Screen.DoesNotExist (also when taken down).
    """
    screen = Screen.objects.select_for_update().filter(retired_at__isnull=True).get(pk=screen_id)
    moment = clock.now()
    if moment - screen.seen_at >= CALLS_IN / 2 or screen.unsent != unsent:
        screen.seen_at, screen.unsent = moment, min(unsent, MOST_UNSENT)
        screen.save(update_fields=["seen_at", "unsent"])
    return screen
