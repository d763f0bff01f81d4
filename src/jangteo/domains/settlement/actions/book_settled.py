"""Book what a gateway has paid for one movement."""

from __future__ import annotations

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.models import Entry
from jangteo.domains.settlement.accounts import bank_account
from jangteo.domains.settlement.billing import terms_of
from jangteo.domains.settlement.models import GatewaySettled
from jangteo.domains.settlement.modes import Mode
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

# The most by which two ways of rounding a fee can lie apart. More than that is never booked away.
MOST_ROUNDING_WON = 1


@step
def book_settled(*, settled: GatewaySettled, fee_won: int, actor: Actor) -> bool:
    """Move the amount from the gateway's account to the bank's, less `fee_won`, and a won of rounding.

    False when nothing is booked: the gateway kept another fee, in this market the money goes to others, or it was
    booked before, whatever the gateway has said of its fee since.
    """
    key = f"settled:{settled.pk}"
    if Entry.objects.filter(key=key).exists():
        return False
    apart = settled.amount_won - settled.paid_won - fee_won
    if terms_of(settled.market).mode != Mode.ASSOCIATION_PAYS or abs(apart) > MOST_ROUNDING_WON:
        return False
    entry = NewEntry(
        key=key,
        kind="gateway_settle",
        cause=f"order:{settled.order_ref}",
        lines={
            bank_account(settled.market_id): settled.paid_won,
            f"gatewaycost:{settled.gateway}": fee_won,
            f"rounding:{settled.gateway}": apart,
            f"clear:{settled.gateway}": -settled.amount_won,
        },
    )
    return post_entry(market_id=settled.market_id, actor=actor, entry=entry)
