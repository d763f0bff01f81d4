"""The association says when it delivers."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Greatest

from jangteo.domains.delivery.errors import BadWindow
from jangteo.domains.delivery.models import Wave, Window
from jangteo.domains.delivery.told import NewWindow
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_SEATS = 500
MOST_CUT_OFF_MINUTES = 24 * 60


@action
def write_window(*, market: Market, actor: Actor, told: NewWindow, window_id: int | None = None) -> Window:
    """A new window, or one written anew.

    Other hours make another row, so that what was promised stays promised under the old one; seats and cut-off count
    at once, also for waves that have seats, which are never taken away. Raises BadWindow, Window.DoesNotExist.
    """
    _check(told)
    row = Window(market=market) if window_id is None else Window.objects.select_for_update().get(pk=window_id)
    if window_id is not None and (row.starts, row.ends) != (told.starts, told.ends):
        Window.objects.filter(pk=row.pk).update(is_on=False)
        row = Window(market=market)
    row.days, row.starts, row.ends = sorted(set(told.days)), told.starts, told.ends
    row.cut_off_minutes, row.capacity = told.cut_off_minutes, told.capacity
    row.runs, row.on_holidays, row.is_on = told.runs, told.on_holidays, True
    row.save()
    ahead = Wave.objects.filter(window=row, starts_at__gt=clock.now())
    ahead.update(
        capacity=Greatest(F("taken"), told.capacity),
        cut_off_at=F("starts_at") - timedelta(minutes=told.cut_off_minutes),
    )
    audit.record(actor, "window.written", f"window:{row.pk}", seats=row.capacity, minutes=row.cut_off_minutes)
    return row


def _check(told: NewWindow) -> None:
    fields = {
        "days": bool(told.days) and all(1 <= day <= 7 for day in told.days),
        "ends": told.starts < told.ends,
        "cut_off_minutes": 0 <= told.cut_off_minutes <= MOST_CUT_OFF_MINUTES,
        "capacity": 0 < told.capacity <= MOST_SEATS,
        "runs": told.runs in Window.Runs.values,
    }
    for name, holds in fields.items():
        if not holds:
            raise BadWindow(field=name)
