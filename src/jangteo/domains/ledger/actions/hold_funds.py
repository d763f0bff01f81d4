"""Keep won of a limited account aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jangteo.domains.ledger.actions.change_limited import change_limited
from jangteo.domains.ledger.errors import KeyConflict, UnknownAccount
from jangteo.domains.ledger.models import Hold
from jangteo.domains.ledger.rules import is_limited
from jangteo.kernel import clock
from jangteo.kernel.action import step


@dataclass(frozen=True, slots=True)
class NewHold:
    """`key` makes a repeat harmless, `cause` names the event, as with entries."""

    key: str
    cause: str
    account: str
    amount_won: int
    expires_at: datetime


@step
def hold_funds(*, market_id: int, hold: NewHold) -> Hold:
    """Hold the amount, or answer the hold that stands under the key.

    Raises InsufficientFunds, KeyConflict when the key holds something else, UnknownAccount for one without a floor.
    """
    if not is_limited(hold.account):
        raise UnknownAccount(account=hold.account)
    earlier = Hold.objects.filter(key=hold.key).first()
    if earlier is not None:
        if (earlier.account, earlier.amount_won, earlier.cause) != (hold.account, hold.amount_won, hold.cause):
            raise KeyConflict(key=hold.key)
        return earlier
    change_limited(market_id=market_id, held={hold.account: hold.amount_won})
    return Hold.objects.create(
        market_id=market_id,
        account=hold.account,
        amount_won=hold.amount_won,
        key=hold.key,
        cause=hold.cause,
        expires_at=hold.expires_at,
        placed_at=clock.now(),
    )
