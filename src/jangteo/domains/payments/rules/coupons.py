"""Who pays for a coupon, and what becomes of it when the rest of an order falls below its minimum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from jangteo.domains.payments.rules.matrix import Matrix, Tender
from jangteo.domains.payments.rules.paid import Column, Paid
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel.money import split_won


class CouponMinimum(StrEnum):
    """What happens to a coupon whose minimum the rest of the order does not reach any more."""

    KEEP = "keep"  # it stays on the rest, its funder bears it
    REPRICE = "reprice"  # the customer loses it: money of the refund takes its place on the rest


@dataclass(frozen=True, slots=True)
class Funder:
    """Who bears a share of a coupon, in basis points of it."""

    key: str
    share_bp: int


@dataclass(frozen=True, slots=True)
class Move:
    """On a line that stays, `won` of a coupon are replaced by money of a tender that would have gone back."""

    line: str
    coupon: str
    tender: str
    won: int


def by_funder(coupon: Tender, funders: Sequence[Funder]) -> list[Tender]:
    """A coupon as one tender for each funder ("coupon#municipality"), so that the matrix knows who bears which won.

    Raises ValueError for shares that do not make a whole.
    """
    if sum(funder.share_bp for funder in funders) != 10_000:
        raise ValueError("the shares do not make a whole")
    parts = split_won(coupon.won, [funder.share_bp for funder in funders])
    return [
        replace(coupon, key=f"{coupon.key}#{funder.key}", won=won) for funder, won in zip(funders, parts, strict=True)
    ]


def reprice(paid: Paid, given: Mapping[tuple[str, str], int], left: Matrix) -> tuple[Move, ...]:
    """Take coupons off the rest of the order whose minimum it does not reach, so far as the refund pays for it.

    Money only takes a coupon's place where it may pay that line and comes from goods of the same tax class: so no
    voucher ends on goods it is not for, and what gateways hold for goods without VAT stays what it was.
    What finds no such money stays with the funder. `left` is the matrix after `given` has left it.
    """
    pool = {(line, key): won for (line, key), won in given.items() if paid.column(key).kind is not TenderKind.COUPON}
    moves: list[Move] = []
    for coupon in paid.coupons:
        if _worth(coupon, paid, left) >= coupon.needs_won:
            continue
        for line in left.lines:
            moves += _replace(coupon, line, left.row(line)[coupon.key], paid, pool)
    return tuple(moves)


def _worth(coupon: Column, paid: Paid, left: Matrix) -> int:
    """What the goods the coupon is good for still come to; lines on which it was never used count as well."""
    return sum(left.line_won(line) for line in left.lines if line in coupon.lines)


def _replace(coupon: Column, line: str, lost_won: int, paid: Paid, pool: dict[tuple[str, str], int]) -> list[Move]:
    """Moves onto one line; `pool` is what is left of the refund and is used up."""
    sources = [
        (source, key)
        for source, key in pool
        if (source in paid.exempt) == (line in paid.exempt) and line in paid.column(key).lines and pool[source, key]
    ]
    take = min(lost_won, sum(pool[cell] for cell in sources))
    if not take:
        return []
    moved: dict[str, int] = {}
    for cell, part in zip(sources, split_won(take, [pool[cell] for cell in sources]), strict=True):
        pool[cell] -= part
        moved[cell[1]] = moved.get(cell[1], 0) + part
    return [Move(line, coupon.key, key, won) for key, won in moved.items() if won]
