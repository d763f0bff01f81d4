"""Today's money in one number, and how it stands against the same weekday a week ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jangteo.domains.ordering.queries import sold_this_time_last_week, sold_won
from jangteo.kernel import clock

WEEKDAYS = (_("월요일"), _("화요일"), _("수요일"), _("목요일"), _("금요일"), _("토요일"), _("일요일"))


@dataclass(frozen=True, slots=True)
class Sales:
    """Won handed over today, and by this hour a week ago."""

    today_won: int
    last_week_won: int
    weekday: str

    @property
    def more_won(self) -> int:
        return max(0, self.today_won - self.last_week_won)

    @property
    def less_won(self) -> int:
        return max(0, self.last_week_won - self.today_won)


def sales_of(stall_id: int, now: datetime) -> Sales:
    """What the stall has sold this trading day."""
    day = clock.business_day(now)
    today_won = sold_won(stall_id, *clock.day_bounds(day))
    return Sales(today_won, sold_this_time_last_week(stall_id, now), str(WEEKDAYS[day.weekday()]))
