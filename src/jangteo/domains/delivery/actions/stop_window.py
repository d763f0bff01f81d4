"""A window is offered no longer, or again."""

from __future__ import annotations

from jangteo.domains.delivery.models import Window
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def stop_window(*, market: Market, actor: Actor, window_id: int, is_on: bool = False) -> Window:
    """What was promised in it stays promised. Raises Window.DoesNotExist."""
    row = Window.objects.select_for_update().get(pk=window_id)
    if row.is_on != is_on:
        row.is_on = is_on
        row.save(update_fields=["is_on"])
        audit.record(actor, "window.on" if is_on else "window.off", f"window:{row.pk}")
    return row
