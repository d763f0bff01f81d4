"""Asks a gateway without lists about the payments of a day, so many in one run, and goes on where it stopped."""

from __future__ import annotations

from datetime import date

import structlog

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown
from jangteo.domains.payments.reports_port import GatewayTransaction, PaymentReports
from jangteo.domains.settlement.actions.compare_asked import Asked, compare_asked
from jangteo.domains.settlement.actions.note_unread import note_unread
from jangteo.domains.settlement.gateway_days import questions
from jangteo.domains.settlement.models import GatewayDay
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market

log = structlog.get_logger(__name__)


def ask(market: Market, gateway: str, day: date, reports: PaymentReports, most: int) -> None:
    """Ask about at most so many of the day's next payments and hold the answers against the market's book.

    What was told before one of them failed counts; that one and those after are asked in the next run.
    """
    with in_market(market.pk):
        wanted = questions(gateway, day, most)
    if wanted is None or not (wanted.payments or wanted.left):
        return
    asked: list[Payment] = []
    told: list[GatewayTransaction] = []
    trouble = None
    for payment in wanted.payments:
        try:
            told += reports.movements(payment_key=payment.payment_key or "")
        except (GatewayRejected, GatewayUnknown) as no:
            log.warning("payment_not_told", gateway=gateway, day=day.isoformat(), reason=str(no))
            trouble = trouble_of(no)
            break
        asked.append(payment)
    left = len(wanted.payments) - len(asked) + wanted.left
    compare_asked(market=market, actor=SYSTEM, asked=Asked(gateway, day, asked, told, left))
    if trouble is not None:
        note_unread(market=market, actor=SYSTEM, gateway=gateway, day=day, trouble=trouble)


def trouble_of(no: GatewayRejected | GatewayUnknown) -> GatewayDay.Trouble:
    """What a report met that could not be read."""
    return GatewayDay.Trouble.REFUSED if isinstance(no, GatewayRejected) else GatewayDay.Trouble.UNANSWERED
