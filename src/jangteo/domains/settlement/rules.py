"""What a stall is paid for a period, to the won. The only place that calculates fees, shares and what is carried over.

A statement is a function of its lines and terms: reading it again later gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

BASIS = 10_000
VAT_DIVISOR = 10
# The funder of a coupon who is the stall itself. All others are named freely: "municipality", "association".
STALL = "stall"


@dataclass(frozen=True, slots=True)
class Sold:
    """One line that was sold, or with negative amounts one refund of a line.

    `tenders` is what was paid by which tender, `coupons` what which funder bears; together they are the line's price.
    `was_paid_out` marks the refund of a line that an earlier pay-out has already paid for.
    """

    tenders: Mapping[str, int]
    coupons: Mapping[str, int] = field(default_factory=dict)
    was_paid_out: bool = False

    def __post_init__(self) -> None:
        amounts = [*self.tenders.values(), *self.coupons.values()]
        if min(amounts, default=0) < 0 < max(amounts, default=0):
            raise ValueError("a line is sold or refunded, not both")

    @property
    def gross_won(self) -> int:
        """The price before coupons."""
        return sum(self.tenders.values()) + sum(self.coupons.values())

    @property
    def takings_won(self) -> int:
        """What the stall has of it before fees: everything but the coupon that it bears itself."""
        return self.gross_won - self.coupons.get(STALL, 0)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the platform takes, in basis points, and which tenders reach the stall without passing through a pay-out.

    `tender_bp` overrides `fee_bp` for single tenders. Other funders' coupons are charged `fee_bp`.
    """

    fee_bp: int = 0
    tender_bp: Mapping[str, int] = field(default_factory=dict)
    direct: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not all(0 <= bp <= BASIS for bp in (self.fee_bp, *self.tender_bp.values())):
            raise ValueError("a fee is between 0 and 10,000 basis points")


@dataclass(frozen=True, slots=True)
class Statement:
    """One stall's period in won. Amounts to its credit and to its debit are both shown positive, except where noted.

    `tenders` and `coupons` are net of refunds and may be negative; `fee_won`, `fee_vat_won` and `gateway_fee_won` are
    negative when more is given back than taken. `left_in_won` is what it has to get from before. `carried_in_won` is
    what the stall owed before, `carried_out_won` what it owes after; `payout_won` is never negative. `delivery_won` is
    what it bears of delivery fees, below zero for the association's own stall, which gets them.
    """

    sales_won: int
    refunds_won: int
    refunds_after_payout_won: int
    tenders: Mapping[str, int]
    coupons: Mapping[str, int]
    direct_won: int
    fee_won: int
    fee_vat_won: int
    gateway_fee_won: int
    carried_in_won: int
    left_in_won: int = 0
    delivery_won: int = 0

    @property
    def own_coupons_won(self) -> int:
        """What the stall bears of its coupons."""
        return self.coupons.get(STALL, 0)

    @property
    def funded_won(self) -> int:
        """What others pay the stall for coupons."""
        return sum(self.coupons.values()) - self.own_coupons_won

    @property
    def market_fee_won(self) -> int:
        """What the market takes, its VAT included."""
        return self.fee_won + self.fee_vat_won

    @property
    def deductions_won(self) -> int:
        return self.market_fee_won + self.gateway_fee_won

    @property
    def earned_won(self) -> int:
        """What the period adds to what the stall is owed; negative when refunds and fees outweigh its sales."""
        return sum(self.tenders.values()) - self.direct_won + self.funded_won - self.deductions_won - self.delivery_won

    @property
    def payout_won(self) -> int:
        return max(self.earned_won + self.left_in_won - self.carried_in_won, 0)

    @property
    def carried_out_won(self) -> int:
        return max(self.carried_in_won - self.earned_won - self.left_in_won, 0)


def statement(
    lines: Iterable[Sold],
    terms: Terms,
    *,
    carried_in_won: int = 0,
    gateway_fee_won: int = 0,
    delivery_won: int = 0,
) -> Statement:
    """The statement of one stall's lines, refunds included.

    `carried_in_won` is the last statement's `carried_out_won`; `gateway_fee_won` this stall's share of what the gateway
    kept, VAT included; `delivery_won` what it bears of delivery fees. Raises ValueError for a negative
    `carried_in_won`.
    """
    if carried_in_won < 0:
        raise ValueError("what is carried over is a debt of the stall")
    lines = tuple(lines)
    tenders = _summed(line.tenders for line in lines)
    coupons = _summed(line.coupons for line in lines)
    fee = batch_fee(tenders, _others(coupons), terms)
    return Statement(
        sales_won=sum(max(line.gross_won, 0) for line in lines),
        refunds_won=sum(max(-line.gross_won, 0) for line in lines),
        refunds_after_payout_won=sum(max(-line.gross_won, 0) for line in lines if line.was_paid_out),
        tenders=tenders,
        coupons=coupons,
        direct_won=sum(won for tender, won in tenders.items() if tender in terms.direct),
        fee_won=fee,
        fee_vat_won=fee_vat(fee),
        gateway_fee_won=gateway_fee_won,
        carried_in_won=carried_in_won,
        delivery_won=delivery_won,
    )


def batch_fee(tenders: Mapping[str, int], funded_won: int, terms: Terms) -> int:
    """The fee of a whole batch, rounded down once: many small lines cost no more than their sum.

    More refunded than sold gives a negative fee, rounded by its size, so a batch and its full refund cancel out.
    """
    parts = sum(won * terms.tender_bp.get(tender, terms.fee_bp) for tender, won in tenders.items())
    return _down(parts + funded_won * terms.fee_bp, BASIS)


def fee_vat(fee_won: int) -> int:
    """The VAT on a fee, a tenth of it rounded down."""
    return _down(fee_won, VAT_DIVISOR)


def funders_owe(statements: Iterable[Statement]) -> dict[str, int]:
    """What each funder has to bring for these statements. The stalls' own share is no claim and is left out."""
    owed = _summed(one.coupons for one in statements)
    owed.pop(STALL, None)
    return owed


def _others(coupons: Mapping[str, int]) -> int:
    return sum(won for funder, won in coupons.items() if funder != STALL)


def _summed(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for part in parts:
        for key, won in part.items():
            sums[key] = sums.get(key, 0) + won
    return dict(sorted(sums.items()))


def _down(amount: int, divisor: int) -> int:
    """Divided, and rounded toward zero."""
    return amount // divisor if amount >= 0 else -(-amount // divisor)
