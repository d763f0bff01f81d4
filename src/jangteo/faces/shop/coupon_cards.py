"""Coupons and points as a shopper sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.coupons import OfferedCoupon
from jangteo.domains.ordering.splitting import Purse, purses_of
from jangteo.domains.promotions.models import Coupon, PointGrant
from jangteo.domains.promotions.queries import Held, coupons_of, point_grants_of
from jangteo.domains.promotions.rules import No
from jangteo.faces._parts.words.coupon_words import condition_words, no_words, off_words
from jangteo.faces._parts.words.names import local_name
from jangteo.kernel import clock


@dataclass(frozen=True, slots=True)
class CouponRow:
    """One at the checkout: what it saves there, or in `why` why nothing."""

    pk: int
    name: str
    off: str
    conditions: Sequence[str]
    won: int
    why: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CouponCard:
    """One on the customer's own page. `last_day` None: until it is stopped."""

    name: str
    off: str
    conditions: Sequence[str]
    whose: str
    pieces: int
    last_day: date | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class PointCard:
    """Points of one who gives them, and those of them that run out first."""

    whose: str
    won: int
    next_won: int
    next_at: datetime | None


def coupon_row(offered: OfferedCoupon, *, chosen: bool, at_counter: bool = False) -> CouponRow:
    """One of the coupons beside the ways of paying."""
    coupon = offered.held.coupon
    why = no_words(offered.answer, at_counter=at_counter) if isinstance(offered.answer, No) else ""
    return CouponRow(
        coupon.pk, coupon.name, off_words(coupon), condition_words(coupon, _maker(coupon)), offered.won, why, chosen
    )


def coupon_cards(user_id: int) -> list[CouponCard]:
    """The customer's own coupons first, then those that anybody can use. Up to five queries."""
    held = [one for one in coupons_of(user_id) if one.can_pay]
    wanted = {stall for one in held for stall in one.coupon.stalls}
    names = {stall.pk: local_name(stall) for stall in Stall.objects.filter(pk__in=wanted)} if wanted else {}
    return [_card(one, names) for one in sorted(held, key=lambda one: one.coupon.form == Coupon.Form.OPEN)]


def point_cards(user_id: int) -> list[PointCard]:
    """What the customer has in points. Two queries, one more where stalls gave some."""
    purses = [purse for purse in purses_of(user_id).values() if purse.is_points]
    stalls = Stall.objects.in_bulk([purse.stall_id for purse in purses if purse.stall_id is not None]) if purses else {}
    grants = point_grants_of(user_id)
    return [_points(purse, grants, stalls) for purse in purses]


def _points(purse: Purse, grants: Sequence[PointGrant], stalls: Mapping[int, Stall]) -> PointCard:
    mine = [one for one in grants if one.stall_id == purse.stall_id and one.ended_at is None]
    first = min(mine, key=lambda one: one.expires_at, default=None)
    later_won = sum(one.in_balance_won for one in mine if one is not first)
    whose = "" if purse.stall_id is None else local_name(stalls[purse.stall_id])
    # What runs out first is spent first, so it is what the later ones leave of the balance.
    next_won = max(0, purse.won - later_won)
    return PointCard(whose, purse.won, next_won, first.expires_at if first is not None and next_won else None)


def _card(held: Held, names: Mapping[int, str]) -> CouponCard:
    coupon = held.coupon
    until = None if held.until is None else held.until.astimezone(clock.KST)
    return CouponCard(
        name=coupon.name,
        off=off_words(coupon),
        # Whose it is stands there already.
        conditions=condition_words(coupon, names)[coupon.stall is not None :],
        whose="" if coupon.stall is None else local_name(coupon.stall),
        pieces=held.pieces,
        last_day=coupon.ends if until is None else _day_before(until),
        is_open=coupon.form == Coupon.Form.OPEN,
    )


def _day_before(moment: datetime) -> date:
    """Pieces end at midnight, which belongs to the next day."""
    return (moment - timedelta(microseconds=1)).date()


def _maker(coupon: Coupon) -> dict[int, str]:
    return {} if coupon.stall is None else {coupon.stall.pk: local_name(coupon.stall)}
