"""One gateway's reports of one day, taken into the market's books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.reports_port import GatewaySettlement, GatewayTransaction
from jangteo.domains.settlement.actions.compare_settlements import compare_settlements
from jangteo.domains.settlement.actions.compare_transactions import compare_transactions
from jangteo.domains.settlement.actions.note_compared import note_compared
from jangteo.domains.settlement.billing import Period
from jangteo.domains.settlement.gateway_book import told_settlements, told_transactions
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class DayReport:
    """What a gateway told of a Korean calendar day: movements around it, and what was paid out on it, None from one
    that tells nobody."""

    gateway: str
    day: date
    transactions: Sequence[GatewayTransaction]
    settlements: Sequence[GatewaySettlement] | None


@action
def compare_day(*, market: Market, actor: Actor, report: DayReport) -> int:
    """How many breaks are new. The same report again opens none."""
    moved = told_transactions(report.gateway, report.transactions)
    days = Period(report.day, report.day)
    new = compare_transactions(market=market, gateway=report.gateway, told=moved, days=days)
    note_compared(market_id=market.pk, gateway=report.gateway, days=[report.day])
    if report.settlements is None:
        return new
    paid = told_settlements(report.gateway, report.settlements)
    return new + compare_settlements(market=market, gateway=report.gateway, told=paid, actor=actor)
