"""Money of an order that the stage's stall still has to give back by hand."""

from __future__ import annotations

import uuid

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.payments.models import GivebackLeg
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market


def leg_of(market: Market, ready: StallPart) -> int:
    """The part is handed over for cash and all of it is to go back."""
    hand_over_part(market=market, actor=SYSTEM, part_id=ready.pk)
    with in_market(market.pk):
        lines = list(Line.objects.filter(part=ready).values_list("pk", flat=True))
    refund_lines(
        market=market,
        actor=SYSTEM,
        order_id=ready.order_id,
        wanted=WantedRefund(dict.fromkeys(lines)),
        key=str(uuid.uuid4()),
    )
    with in_market(market.pk):
        return GivebackLeg.objects.latest("pk").pk
