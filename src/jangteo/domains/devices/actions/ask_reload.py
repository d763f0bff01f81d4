"""Somebody in the office wants a screen to begin anew."""

from __future__ import annotations

from jangteo.domains.devices.actions.tell_screen import tell_screen
from jangteo.domains.devices.models import Screen
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def ask_reload(*, market: Market, actor: Actor, screen_id: int) -> Screen:
    """Let the screen load its page again: at once if it listens, else when it next calls in.

    Raises Screen.DoesNotExist (also when taken down).
    """
    screen = Screen.objects.select_for_update().filter(retired_at__isnull=True).get(pk=screen_id)
    screen.reload_asked_at = clock.now()
    screen.save(update_fields=["reload_asked_at"])
    audit.record(actor, "screen.reload_asked", f"screen:{screen.pk}")
    tell_screen(screen=screen, what="reload")
    return screen
