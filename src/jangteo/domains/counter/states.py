"""Where a payment at the counter can stand, and the only ways between."""

from __future__ import annotations

from django.db.models import TextChoices


class SaleState(TextChoices):
    """`claimed`: the customer says that the stall has the money already; the stall says whether it has."""

    OPEN = "open"
    AWAITING_PAYMENT = "awaiting_payment"
    CLAIMED = "claimed"
    PAID = "paid"
    REFUNDED = "refunded"
    DENIED = "denied"
    EXPIRED = "expired"


S = SaleState
TRANSITIONS: dict[str, frozenset[str]] = {
    S.OPEN: frozenset({S.AWAITING_PAYMENT, S.CLAIMED, S.EXPIRED}),
    S.AWAITING_PAYMENT: frozenset({S.PAID, S.EXPIRED}),
    S.CLAIMED: frozenset({S.PAID, S.DENIED, S.EXPIRED}),
    # Money that arrives late was meant for the stall all the same.
    S.EXPIRED: frozenset({S.PAID}),
    S.PAID: frozenset({S.REFUNDED}),
    # A stall that tapped by mistake has the money in its hands still.
    S.REFUNDED: frozenset({S.PAID}),
    S.DENIED: frozenset(),
}
