"""What goes back to whom when goods, weight or money of an order are given back.

All of it works on what is left: the matrix as captured, less what went back before. Each step divides what is left
anew, so no step is negative and the last one takes exactly the rest, in whatever odd pieces it came.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from jangteo.domains.payments.rules.coupons import CouponMinimum, Move, reprice
from jangteo.domains.payments.rules.matrix import Matrix
from jangteo.domains.payments.rules.paid import Paid
from jangteo.domains.payments.rules.refusals import NothingToRefund, RefundOverLeft
from jangteo.domains.payments.rules.tenders import KINDS, RefundTo, TenderKind
from jangteo.kernel.money import split_won


class Precedence(StrEnum):
    """Which money goes back first."""

    PRO_RATA = "pro_rata"  # as it was paid
    CASH_LIKE_FIRST = "cash_like_first"  # the freest first, coupons last: the stall was at fault
    COUPON_FIRST = "coupon_first"  # the other way round: the customer changed their mind


@dataclass(frozen=True, slots=True)
class Terms:
    """How this refund is made, and on which day; the day decides whether a tender can still go back the way it came."""

    day: date
    first: Precedence = Precedence.PRO_RATA
    below_minimum: CouponMinimum = CouponMinimum.KEEP


@dataclass(frozen=True, slots=True)
class Leg:
    """One tender's share of a refund. `tax_free_won` is the part of it for goods without VAT."""

    tender: str
    kind: TenderKind
    won: int
    tax_free_won: int
    to: RefundTo

    @property
    def external(self) -> bool:
        return KINDS[self.kind].external


@dataclass(frozen=True, slots=True)
class Quote:
    """What a refund would do; nothing is done yet.

    `given` are won by (line, tender) that leave the matrix, `moves` what changes hands inside it, `left` the matrix
    afterwards. `legs` are in the order to be carried out: outside systems first, for they can fail.
    `withheld` are won of legs that are not sent but kept for cashback. `coupons_back` are coupons of which nothing is
    used any more, so the customer has them again.
    """

    given: dict[tuple[str, str], int]
    moves: tuple[Move, ...]
    legs: tuple[Leg, ...]
    left: Matrix
    withheld: tuple[Leg, ...] = ()
    coupons_back: tuple[str, ...] = ()

    @property
    def won(self) -> int:
        """What the goods given back came to."""
        return sum(self.given.values())

    @property
    def customer_won(self) -> int:
        """What the customer gets; coupons' money goes to whoever funded it."""
        return sum(leg.won for leg in self.legs if leg.to is not RefundTo.FUNDER)


def quote_line(paid: Paid, line: str, terms: Terms) -> Quote:
    """All that is left of a line."""
    return quote_part(paid, line, paid.left.line_won(line), terms)


def quote_part(paid: Paid, line: str, won: int, terms: Terms) -> Quote:
    """So many won of a line: some pieces of it, or what the scale fell short."""
    return _quote(paid, _share(paid, [line], won, terms), terms)


def quote_lines(paid: Paid, wons: Mapping[str, int], terms: Terms) -> Quote:
    """So many won of each of these lines, as one refund. Lines of zero won are left alone."""
    given: dict[tuple[str, str], int] = {}
    for line, won in wons.items():
        if won:
            given |= _share(paid, [line], won, terms)
    if not given:
        raise NothingToRefund(asked_won=0)
    return _quote(paid, given, terms)


def quote_amount(paid: Paid, won: int, terms: Terms) -> Quote:
    """So many won over the whole order."""
    return _quote(paid, _share(paid, list(paid.left.lines), won, terms), terms)


def within_reach(quote: Quote, by_hand: Collection[str]) -> int:
    """Won of what the customer gets that goes through this program; what stalls give back by hand does not."""
    return sum(leg.won for leg in quote.legs if _is_within_reach(leg, by_hand))


def withhold(quote: Quote, won: int, by_hand: Collection[str] = ()) -> Quote:
    """Keep back `won` of what the customer gets, from each leg in proportion, and of each leg so of its tax-free part.

    `by_hand` are tenders that stalls give back themselves: out of their hands nothing is kept. The kept money stays at
    the gateways, where it has to be counted beside what is left of the matrix.
    Raises RefundOverLeft above what is within reach.
    """
    if won > (left_won := within_reach(quote, by_hand)):
        raise RefundOverLeft(asked_won=won, left_won=left_won)
    if won == 0:
        return quote
    parts = split_won(won, [leg.won if _is_within_reach(leg, by_hand) else 0 for leg in quote.legs])
    sent, kept = [], list(quote.withheld)
    for leg, part in zip(quote.legs, parts, strict=True):
        free = split_won(part, [leg.tax_free_won, leg.won - leg.tax_free_won])[0] if part else 0
        if part < leg.won:
            sent.append(replace(leg, won=leg.won - part, tax_free_won=leg.tax_free_won - free))
        if part:
            kept.append(replace(leg, won=part, tax_free_won=free))
    return replace(quote, legs=tuple(sent), withheld=tuple(kept))


def _is_within_reach(leg: Leg, by_hand: Collection[str]) -> bool:
    return leg.to is not RefundTo.FUNDER and leg.tender not in by_hand


def _share(paid: Paid, lines: Sequence[str], won: int, terms: Terms) -> dict[tuple[str, str], int]:
    """Cells of these lines that come to `won`. Raises NothingToRefund, RefundOverLeft."""
    left_won = sum(paid.left.line_won(line) for line in lines)
    if won <= 0:
        raise NothingToRefund(asked_won=won)
    if won > left_won:
        raise RefundOverLeft(asked_won=won, left_won=left_won)
    return _given(paid, lines, won, terms.first)


def _quote(paid: Paid, given: dict[tuple[str, str], int], terms: Terms) -> Quote:
    left = paid.left.plus({cell: -part for cell, part in given.items()})
    moves = reprice(paid, given, left) if terms.below_minimum is CouponMinimum.REPRICE else ()
    for move in moves:
        left = left.plus({(move.line, move.coupon): -move.won, (move.line, move.tender): move.won})
    return Quote(given, moves, _legs(paid, given, moves, terms.day), left, (), _coupons_back(paid, left))


def _coupons_back(paid: Paid, left: Matrix) -> tuple[str, ...]:
    """Coupons that were in use until now, all funders' shares taken together."""
    before = {column.coupon for column in paid.coupons if paid.left.tender_won(column.key)}
    after = {column.coupon for column in paid.coupons if left.tender_won(column.key)}
    return tuple(sorted(before - after))


def _given(paid: Paid, lines: Sequence[str], won: int, first: Precedence) -> dict[tuple[str, str], int]:
    """Cells to give back: over all tenders at once, or one tender after the other."""
    keys = sorted(paid.left.tenders, key=lambda key: KINDS[paid.column(key).kind].freedom)
    if first is Precedence.CASH_LIKE_FIRST:
        keys.reverse()
    batches = [list(paid.left.tenders)] if first is Precedence.PRO_RATA else [[key] for key in keys]
    given: dict[tuple[str, str], int] = {}
    for tenders in batches:
        cells = [(line, key) for line in lines for key in tenders if paid.left.row(line)[key]]
        weights = [paid.left.row(line)[key] for line, key in cells]
        take = min(won - sum(given.values()), sum(weights))
        if take:
            parts = zip(cells, split_won(take, weights), strict=True)
            given |= {cell: part for cell, part in parts if part}
    return given


def _legs(paid: Paid, given: dict[tuple[str, str], int], moves: Sequence[Move], day: date) -> tuple[Leg, ...]:
    """What each tender gives back in the end, outside systems first."""
    legs = []
    for column in paid.columns:
        won = tax_free = 0
        changes = [(line, part) for (line, key), part in given.items() if key == column.key]
        changes += [(move.line, move.won) for move in moves if move.coupon == column.key]
        changes += [(move.line, -move.won) for move in moves if move.tender == column.key]
        for line, part in changes:
            won += part
            tax_free += part if line in paid.exempt else 0
        if won:
            legs.append(Leg(column.key, column.kind, won, tax_free, paid.way_back(column, won, day)))
    return tuple(sorted(legs, key=lambda leg: not leg.external))
