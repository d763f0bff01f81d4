"""A settlement of one stall and a break, for addresses that name them. They lie in days that are still to come, because
what else is on the stage was sold today."""

from __future__ import annotations

from datetime import time

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.settlement.actions.compare_day import DayReport, compare_day
from jangteo.domains.settlement.billing import last_run
from jangteo.domains.settlement.business_days import ONE_DAY, korean_date
from jangteo.domains.settlement.models import Break
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.money.settling import Book, association_pays, exported, has_account, line_of


def settled(market: Market, stall: Stall) -> dict[str, int]:
    """The ids by the names that addresses give them."""
    association_pays(market)
    has_account(market, stall)
    with in_market(market.pk):
        before = last_run()
    day = before.last + ONE_DAY if before else korean_date(clock.now())
    Book(market, count=stall.pk * 1_000).sale({stall.pk: 30_000}, clock.korean(day, time(23, 59)))
    with clock.at(clock.korean(day + ONE_DAY, time(12))):
        run, _ = exported(market, day)
        compare_day(market=market, actor=SYSTEM, report=DayReport("toss", day, [], []))
    with in_market(market.pk):
        found = Break.objects.latest("pk")
    return {"run_id": run.pk, "statement_id": line_of(run, stall).pk, "break_id": found.pk}
