"""The association says what bringing an order costs, and whom."""

from __future__ import annotations

from jangteo.domains.delivery.errors import BadPolicy
from jangteo.domains.delivery.fees import MOST_FEE_WON, MOST_FREE_FROM_WON, Payer
from jangteo.domains.delivery.models import FeePolicy
from jangteo.domains.delivery.told import NewFee
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def write_fee(*, market: Market, actor: Actor, told: NewFee) -> FeePolicy:
    """A new row, from today or a later day on. Orders keep the fee they were placed under. Raises BadPolicy."""
    terms = told.terms
    by_town = terms.payer == Payer.MUNICIPALITY
    fields = {
        "starts": told.starts >= clock.calendar_day(),
        "fee_won": 0 <= terms.fee_won <= MOST_FEE_WON and terms.fee_won % 10 == 0,
        "free_from_won": terms.free_from_won is None or 0 < terms.free_from_won <= MOST_FREE_FROM_WON,
        "municipality_won": 0 < terms.municipality_won <= terms.fee_won if by_town else not terms.municipality_won,
        "payer": terms.payer != Payer.STALLS or terms.free_from_won is not None,
    }
    for name, holds in fields.items():
        if not holds:
            raise BadPolicy(field=name)
    row = FeePolicy.objects.create(
        market=market,
        starts=told.starts,
        fee_won=terms.fee_won,
        payer=terms.payer.value,
        free_from_won=terms.free_from_won,
        municipality_won=terms.municipality_won,
        written_at=clock.now(),
    )
    audit.record(
        actor, "delivery_fee.written", f"delivery_fee:{row.pk}", fee_won=row.fee_won, day=row.starts.isoformat()
    )
    return row
