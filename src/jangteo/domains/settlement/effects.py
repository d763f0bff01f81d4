"""What comes round: each day's reports of every gateway against the book, then the day is closed. For the worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

import structlog

from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import open_markets
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown
from jangteo.domains.payments.reports_port import DatedBy, GatewayReports
from jangteo.domains.settlement.actions.close_day import close_day
from jangteo.domains.settlement.actions.compare_day import DayReport, compare_day
from jangteo.domains.settlement.billing import SETTLED_DOWN, is_over, midnight_after
from jangteo.domains.settlement.business_days import ONE_DAY, korean_date
from jangteo.domains.settlement.errors import BreakUnowned
from jangteo.domains.settlement.models import DayClose
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped

log = structlog.get_logger(__name__)
# What was booked today may have happened at the gateway some days ago: a sweep found it.
BOOKED_WITHIN = timedelta(days=3)
MOST_DAYS_AT_ONCE = 7


@dataclass(frozen=True, slots=True)
class DailyBooks:
    """The job over the configured reports, by gateway."""

    reports: Mapping[str, GatewayReports]

    def run(self) -> None:
        """Every market, every day that is over and not closed, oldest first. Again changes nothing."""
        yesterday = korean_date(clock.now()) - ONE_DAY
        if not is_over(yesterday):
            return
        closed = self._last_closed()
        read: dict[date, list[DayReport] | None] = {}
        for market in list(open_markets()):
            closes = True
            for day in _days_after(closed.get(market.pk), yesterday):
                if day not in read:
                    read[day] = self._read(day)
                closes = self._take(market, day, read[day], closes=closes)

    def _read(self, day: date) -> list[DayReport] | None:
        """The reports of all gateways, None when one of them cannot be had."""
        since, until = clock.korean(day, time(0)) - BOOKED_WITHIN, midnight_after(day) + SETTLED_DOWN
        found = []
        for gateway, reports in self.reports.items():
            try:
                moved = reports.transactions(since=since, until=min(until, clock.now()))
                paid = reports.settlements(first=day, last=day, dated_by=DatedBy.PAID)
            except (GatewayRejected, GatewayUnknown) as no:
                log.warning("report_not_read", gateway=gateway, day=day.isoformat(), reason=str(no))
                return None
            found.append(DayReport(gateway, day, moved, paid))
        return found

    def _take(self, market: Market, day: date, reports: list[DayReport] | None, *, closes: bool) -> bool:
        """Compare, and close the day if all before it are. False when it stays open; those after are compared still,
        because what they tell may be what it waits for."""
        if reports is None:
            return False
        for report in reports:
            compare_day(market=market, actor=SYSTEM, report=_of_market(report, market))
        if not closes:
            return False
        try:
            close_day(market=market, actor=SYSTEM, day=day)
        except BreakUnowned:
            return False
        return True

    def _last_closed(self) -> dict[int, date]:
        with unscoped():
            return dict(DayClose.objects.order_by("day").values_list("market_id", "day"))


def _days_after(closed: date | None, last: date) -> Iterator[date]:
    day = last if closed is None else max(closed + ONE_DAY, last - ONE_DAY * MOST_DAYS_AT_ONCE)
    while day <= last:
        yield day
        day += ONE_DAY


def _of_market(report: DayReport, market: Market) -> DayReport:
    """Its own rows. What belongs to no market's payment is shown to the first that pays by this gateway."""
    refs = {row.order_ref for row in report.transactions} | {row.order_ref for row in report.settlements}
    with unscoped():
        owners = dict(Payment.objects.filter(order_ref__in=refs).values_list("order_ref", "market_id"))
        first = Payment.objects.filter(gateway=report.gateway).order_by("market_id").values_list("market_id", flat=True)
        finder = first.first() or market.pk
    return DayReport(
        report.gateway,
        report.day,
        [row for row in report.transactions if owners.get(row.order_ref, finder) == market.pk],
        [row for row in report.settlements if owners.get(row.order_ref, finder) == market.pk],
    )
