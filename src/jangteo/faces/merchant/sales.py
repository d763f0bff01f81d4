"""Today's money in one number, and how it stands against yesterday at this hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.counter.queries_day import taken_in
from jangteo.domains.ordering.queries import sold_in
from jangteo.kernel import clock

WEEKDAYS = (
    gettext_lazy("월요일"),
    gettext_lazy("화요일"),
    gettext_lazy("수요일"),
    gettext_lazy("목요일"),
    gettext_lazy("금요일"),
    gettext_lazy("토요일"),
    gettext_lazy("일요일"),
)


@dataclass(frozen=True, slots=True)
class Sales:
    """Won of today, and by this hour of the day it stands against, which is called `when`."""

    today_won: int
    before_won: int
    when: str

    @property
    def more_won(self) -> int:
        return max(0, self.today_won - self.before_won)

    @property
    def less_won(self) -> int:
        return max(0, self.before_won - self.today_won)


def sales_of(stall_id: int, now: datetime) -> Sales:
    """What the stall has sold this trading day, by orders and across the counter, in two queries.

    Where it had sold nothing yesterday by this hour, which is every time in a market of the fifth day, the same weekday
    a week ago says more.
    """
    day = clock.business_day(now)
    spans = [(clock.day_bounds(day - timedelta(days=back))[0], now - timedelta(days=back)) for back in (1, 7)]
    spans.insert(0, clock.day_bounds(day))
    orders, counter = sold_in(stall_id, spans), taken_in(stall_id, spans)
    today, yesterday, week = (by_order + by_counter for by_order, by_counter in zip(orders, counter, strict=True))
    return Sales(today, yesterday, _("어제")) if yesterday else Sales(today, week, _week_ago(day))


def _week_ago(day: date) -> str:
    return _("지난주 %(weekday)s") % {"weekday": WEEKDAYS[day.weekday()]}
