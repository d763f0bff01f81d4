"""A screen is taken down."""

from __future__ import annotations

from jangteo.domains.devices.actions.tell_screen import tell_screen
from jangteo.domains.devices.models import Screen
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def retire_screen(*, market: Market, actor: Actor, screen_id: int) -> None:
    """Shut the screen out from its next request on; it then shows new digits. Twice changes nothing.

    Raises Screen.DoesNotExist.
    """
    screen = Screen.objects.select_for_update().get(pk=screen_id)
    if screen.retired_at is None:
        screen.retired_at = clock.now()
        screen.save(update_fields=["retired_at"])
        audit.record(actor, "screen.retired", f"screen:{screen.pk}")
        tell_screen(screen=screen, what="retired")
