"""What bringing an order home costs, and who pays how much of it. Plain arithmetic in whole won."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_FEE_WON = 30_000
MOST_FREE_FROM_WON = 1_000_000


class Payer(StrEnum):
    """Who bears the fee beside, or instead of, the customer."""

    CUSTOMER = "customer"
    STALLS = "stalls"
    HALF = "half"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee of one order over all its stalls: three shares, in won, that come to exactly the total."""

    total_won: int
    customer_won: int
    stalls_won: int
    municipality_won: int

    def __post_init__(self) -> None:
        shares = (self.customer_won, self.stalls_won, self.municipality_won)
        if min(shares) < 0 or sum(shares) != self.total_won:
            raise ValueError(f"the shares of a fee do not come to it: {self}")


@dataclass(frozen=True, slots=True)
class Terms:
    """`free_from_won` is the worth of goods from which the stalls bear the customer's share, None for never.

    `municipality_won` is the most a coupon of the town takes off; 0 unless the payer is the municipality.
    """

    fee_won: int
    payer: Payer
    free_from_won: int | None = None
    municipality_won: int = 0


def fee_for(terms: Terms, goods_won: int) -> Fee:
    """The fee of an order of so much goods. A won that cannot be halved is the customer's."""
    town = min(terms.municipality_won, terms.fee_won) if terms.payer == Payer.MUNICIPALITY else 0
    stalls = terms.fee_won // 2 if terms.payer == Payer.HALF else 0
    if terms.free_from_won is not None and goods_won >= terms.free_from_won:
        stalls = terms.fee_won - town
    return Fee(terms.fee_won, terms.fee_won - town - stalls, stalls, town)
