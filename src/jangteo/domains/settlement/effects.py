"""What comes round: each day's reports of every gateway against the book, then the day is closed. For the worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, time, timedelta

import structlog

from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import open_markets
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown
from jangteo.domains.payments.reports_port import DatedBy, GatewayReports, PaymentReports
from jangteo.domains.settlement.actions.close_day import close_day
from jangteo.domains.settlement.actions.compare_day import DayReport, compare_day
from jangteo.domains.settlement.actions.note_unread import note_unread
from jangteo.domains.settlement.asking import ask, trouble_of
from jangteo.domains.settlement.billing import SETTLED_DOWN, is_over, midnight_after, open_since
from jangteo.domains.settlement.business_days import ONE_DAY, korean_date
from jangteo.domains.settlement.errors import BreakUnowned, DayNotCompared
from jangteo.domains.settlement.gateway_days import uncompared
from jangteo.domains.settlement.models import GatewayDay
from jangteo.domains.settlement.queries import last_closed_day
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market, unscoped

log = structlog.get_logger(__name__)
# What was booked today may have happened at the gateway some days ago: a sweep found it.
BOOKED_WITHIN = timedelta(days=3)
MOST_DAYS_AT_ONCE = 7
# At a tenth of a second for each a run takes half a minute of the worker's half hour, whatever the day was like.
MOST_ASKED = 300


@dataclass(frozen=True, slots=True)
class Reports:
    """What the gateways told of one day, and what the others met that told nothing."""

    told: Sequence[DayReport]
    troubles: Mapping[str, GatewayDay.Trouble]


@dataclass(frozen=True, slots=True)
class DailyBooks:
    """The job over the configured gateways by name: those with lists, and those that are asked payment by payment, of
    which at most so many of one market's day in one run."""

    reports: Mapping[str, GatewayReports]
    payments: Mapping[str, PaymentReports] = field(default_factory=dict)
    most_asked: int = MOST_ASKED

    def run(self) -> None:
        """Every market, every day that is over and not closed, oldest first. Again changes nothing."""
        yesterday = korean_date(clock.now()) - ONE_DAY
        if not is_over(yesterday):
            return
        read: dict[date, Reports] = {}
        for market in list(open_markets()):
            closes = True
            for day in _open_days(market, yesterday):
                if day >= yesterday - ONE_DAY * MOST_DAYS_AT_ONCE:
                    if day not in read:
                        read[day] = self._read(day)
                    self._take(market, day, read[day])
                else:
                    _ask_people(market, day, known=frozenset())
                # Those after one that stays open are compared still: what they tell may be what it waits for.
                closes = closes and _closed(market, day)

    def _read(self, day: date) -> Reports:
        """The reports of all gateways that have some."""
        since, until = clock.korean(day, time(0)) - BOOKED_WITHIN, midnight_after(day) + SETTLED_DOWN
        found, troubles = [], {}
        for gateway, reports in self.reports.items():
            try:
                moved = reports.transactions(since=since, until=min(until, clock.now()))
                paid = reports.settlements(first=day, last=day, dated_by=DatedBy.PAID)
            except (GatewayRejected, GatewayUnknown) as no:
                log.warning("report_not_read", gateway=gateway, day=day.isoformat(), reason=str(no))
                troubles[gateway] = trouble_of(no)
            else:
                found.append(DayReport(gateway, day, moved, paid))
        return Reports(found, troubles)

    def _take(self, market: Market, day: date, reports: Reports) -> None:
        """Hold against the market's book what is there, and write down what is not."""
        for report in reports.told:
            compare_day(market=market, actor=SYSTEM, report=_of_market(report, market))
        for gateway, trouble in reports.troubles.items():
            note_unread(market=market, actor=SYSTEM, gateway=gateway, day=day, trouble=trouble)
        for gateway, payments in self.payments.items():
            ask(market, gateway, day, payments, self.most_asked)
        _ask_people(market, day, known=self.reports.keys() | self.payments.keys())


def _ask_people(market: Market, day: date, known: Set[str]) -> None:
    """What no gateway tells of by itself, because it has no reports or nobody has worked for so long."""
    with in_market(market.pk):
        unknown = [gateway for gateway in uncompared(day) if gateway not in known]
    for gateway in unknown:
        note_unread(market=market, actor=SYSTEM, gateway=gateway, day=day, trouble=None)


def _closed(market: Market, day: date) -> bool:
    """Close the day, unless something holds it open."""
    try:
        close_day(market=market, actor=SYSTEM, day=day)
    except (BreakUnowned, DayNotCompared):
        return False
    return True


def _open_days(market: Market, last: date) -> Iterator[date]:
    """From the one after the last that is closed, else from the first that money moved on, else only the last."""
    with in_market(market.pk):
        closed, first = last_closed_day(), open_since(None)
    day = min(first or last, last) if closed is None else closed + ONE_DAY
    while day <= last:
        yield day
        day += ONE_DAY


def _of_market(report: DayReport, market: Market) -> DayReport:
    """Its own rows. What belongs to no market's payment is shown to the first that pays by this gateway."""
    refs = {row.order_ref for row in report.transactions} | {row.order_ref for row in report.settlements or ()}
    with unscoped():
        owners = dict(Payment.objects.filter(order_ref__in=refs).values_list("order_ref", "market_id"))
        first = Payment.objects.filter(gateway=report.gateway).order_by("market_id").values_list("market_id", flat=True)
        finder = first.first() or market.pk
    return DayReport(
        report.gateway,
        report.day,
        [row for row in report.transactions if owners.get(row.order_ref, finder) == market.pk],
        report.settlements and [row for row in report.settlements if owners.get(row.order_ref, finder) == market.pk],
    )
