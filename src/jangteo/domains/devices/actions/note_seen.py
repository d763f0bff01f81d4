"""A screen calls in."""

from __future__ import annotations

from jangteo.domains.devices.models import Screen
from jangteo.domains.devices.rules import CALLS_IN
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_seen(*, market: Market, actor: Actor, screen_id: int) -> Screen:
    """Note that the screen is alive, at most twice a minute. No audit row: it says nothing about anybody.

    Raises Screen.DoesNotExist (also when taken down).
    """
    screen = Screen.objects.select_for_update().filter(retired_at__isnull=True).get(pk=screen_id)
    moment = clock.now()
    if moment - screen.seen_at >= CALLS_IN / 2:
        screen.seen_at = moment
        screen.save(update_fields=["seen_at"])
    return screen
