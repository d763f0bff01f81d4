"""What a gateway without lists told of some payments, taken into the market's books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.reports_port import GatewayTransaction
from jangteo.domains.settlement.actions.compare_transactions import compare_transactions
from jangteo.domains.settlement.actions.note_compared import note_compared
from jangteo.domains.settlement.billing import Period
from jangteo.domains.settlement.gateway_book import told_transactions
from jangteo.domains.settlement.models import GatewayDay
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """Payments in the order of their keys here, what the gateway told of all of them, and how many are left."""

    gateway: str
    day: date
    payments: Sequence[Payment]
    told: Sequence[GatewayTransaction]
    left: int


@action
def compare_asked(*, market: Market, actor: Actor, asked: Asked) -> int:
    """How many breaks are new. Where the next try goes on is written down with them; with nothing left the gateway's
    day is compared."""
    new = compare_transactions(
        market=market,
        gateway=asked.gateway,
        told=told_transactions(asked.gateway, asked.told),
        days=Period(asked.day, asked.day),
        refs={payment.order_ref for payment in asked.payments},
    )
    row, _ = GatewayDay.objects.select_for_update().get_or_create(
        market=market, gateway=asked.gateway, day=asked.day, defaults={"tried_at": clock.now()}
    )
    row.asked_to = max([row.asked_to, *(payment.pk for payment in asked.payments)])
    row.left, row.trouble, row.tried_at = asked.left, "", clock.now()
    row.save(update_fields=["asked_to", "left", "trouble", "tried_at"])
    if not asked.left:
        note_compared(market_id=market.pk, gateway=asked.gateway, days=[asked.day])
    return new
