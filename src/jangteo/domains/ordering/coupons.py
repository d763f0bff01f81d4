"""A customer's coupons against a basket: which fit and save what, and who bears which part of the one that is used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Kind
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.ordering.wanted import WantedMoney
from jangteo.domains.payments.actions.plan_tenders import PlannedTender
from jangteo.domains.payments.rules import matrix
from jangteo.domains.payments.rules.coupons import Funder, by_funder
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.promotions import errors
from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.queries import Held, coupons_of
from jangteo.domains.promotions.rules import STALL, Goods, No, Occasion, Why, Worth, worth
from jangteo.kernel import clock
from jangteo.kernel.tenancy import whole_market

BUDGET = "subsidy:"
NEVER_BOUGHT = (OrderState.EXPIRED, OrderState.CANCELLED)
NOT_SOLD = (PartState.REFUSED, PartState.CANCELLED)


@dataclass(frozen=True, slots=True)
class ToPay:
    """Goods of a basket; `won` is the most they may come to."""

    key: str
    good: Good
    won: int


@dataclass(frozen=True, slots=True)
class FittingCoupon:
    """The one that an order may take."""

    coupon: Coupon
    worth: Worth

    @property
    def key(self) -> str:
        """Of its tender, before the funders share it."""
        return f"coupon:{self.coupon.pk}"


@dataclass(frozen=True, slots=True)
class OfferedCoupon:
    """One of a customer's coupons and what it would do for a basket, or why nothing."""

    held: Held
    answer: Worth | No

    @property
    def won(self) -> int:
        return self.answer.won if isinstance(self.answer, Worth) else 0


def coupons_for(
    user_id: int | None,
    goods: Sequence[ToPay],
    tenders: Iterable[TenderKind],
    known: Callable[[], frozenset[int]] = frozenset,
) -> list[OfferedCoupon]:
    """All that the customer has or could take here, the one that saves most first. None for a guest.

    One query for who has none; else four and one more where a coupon is for first purchases. Then `known` is asked
    for stalls that have sold the customer something without an order.
    """
    if user_id is None:
        return []
    held = coupons_of(user_id, stalls={one.good.stall_id for one in goods})
    if not held:
        return []
    at = _occasion(user_id, [one.coupon for one in held], tenders, known=known)
    lines = _goods(goods, [one.coupon for one in held])
    offered = [OfferedCoupon(one, _answer(one, lines, at)) for one in held]
    return sorted(offered, key=lambda one: (-one.won, one.held.until is None, one.held.until, one.held.coupon.pk))


def coupon_wanted(
    order: Order, goods: Sequence[ToPay], moneys: Sequence[WantedMoney], rest: TenderKind
) -> FittingCoupon | None:
    """The coupon among the moneys of an order that is being placed, checked anew. No query where there is none.

    Raises SignInForCoupon, OneCouponAnOrder, CouponUnknown, CouponOver, CouponDoesNotFit.
    """
    named = [money.scheme for money in moneys if money.kind == TenderKind.COUPON]
    if not named:
        return None
    if len(named) > 1:
        raise errors.OneCouponAnOrder
    if order.user_id is None:
        raise errors.SignInForCoupon
    tenders = {rest, *(money.kind for money in moneys if money.kind != TenderKind.COUPON)}
    return fitting_coupon(named[0], order.user_id, goods, tenders, but=order.ref)


def fitting_coupon(
    named: str,
    user_id: int,
    goods: Sequence[ToPay],
    tenders: Iterable[str],
    *,
    but: str = "",
    known: Callable[[], frozenset[int]] = frozenset,
) -> FittingCoupon:
    """The coupon with this id against these goods; its limits are counted when it is held.

    Raises CouponUnknown, CouponOver, CouponDoesNotFit.
    """
    coupon = Coupon.objects.filter(pk=int(named)).first() if named.isdecimal() else None
    if coupon is None:
        raise errors.CouponUnknown
    if not coupon.can_be_used(clock.calendar_day()):
        raise errors.CouponOver(name=coupon.name)
    at = _occasion(user_id, [coupon], tenders, but=but, known=known)
    answer = worth(coupon.off, coupon.use_conditions, _goods(goods, [coupon]), at)
    if isinstance(answer, No):
        raise errors.CouponDoesNotFit(name=coupon.name, why=answer.why.value, **answer.facts)
    return FittingCoupon(coupon, answer)


def columns_of(coupon: Coupon, whole: PlannedTender, stall_of: Mapping[str, int]) -> list[PlannedTender]:
    """The coupon's column as one for each funder, and of what stalls bear one for each stall.

    Each funder's share is taken of the whole coupon, to the won, and then spread over the goods.
    """
    lines = [matrix.Line(key, won) for key, won in whole.plan.items() if won]
    keys = frozenset(line.key for line in lines)
    tender = matrix.Tender(whole.key, whole.kind, whole.won, keys)
    shares = by_funder(tender, [Funder(share.funder, share.share_bp) for share in coupon.funders])
    spread = matrix.allocate(lines, shares).matrix
    columns = []
    for share, one in zip(coupon.funders, shares, strict=True):
        plan = {line.key: spread.row(line.key)[one.key] for line in lines}
        for stall in sorted({stall_of[key] for key in keys}) if share.funder == STALL else [0]:
            mine = {key: won for key, won in plan.items() if won and stall in (0, stall_of[key])}
            columns.append(
                replace(
                    whole,
                    key=f"{one.key}:{stall}" if stall else one.key,
                    plan=mine,
                    saved_won=sum(mine.values()),
                    coupon=str(coupon.pk),
                    account=coupon.account(share.funder, stall),
                )
            )
    return [column for column in columns if column.won]


def known_at(user_id: int, *, but: str = "") -> frozenset[int]:
    """The stalls that have sold the customer anything, or are about to, `but` one order."""
    with whole_market():
        mine = StallPart.objects.filter(order__user_id=user_id).exclude(order__ref=but)
        parts = mine.exclude(order__state__in=NEVER_BOUGHT)
        return frozenset(parts.exclude(state__in=NOT_SOLD).values_list("stall_id", flat=True))


def _occasion(
    user_id: int,
    coupons: Iterable[Coupon],
    tenders: Iterable[str],
    *,
    but: str = "",
    known: Callable[[], frozenset[int]] = frozenset,
) -> Occasion:
    moment = clock.now().astimezone(clock.KST)
    is_asked = any(coupon.first_only for coupon in coupons)
    stalls = known_at(user_id, but=but) | known() if is_asked else frozenset[int]()
    return Occasion(moment.date(), moment.time(), frozenset(map(str, tenders)), stalls)


def _goods(goods: Sequence[ToPay], coupons: Iterable[Coupon]) -> list[Goods]:
    """Kinds are only read where a coupon asks for them. A delivery's fee is nothing that a coupon takes money off."""
    goods = [one for one in goods if not one.good.stall.is_house]
    ids = {pk for one in goods for pk in (one.good.kind_id, one.good.stall.kind_id)}
    keys = {kind.pk: kind.key for kind in Kind.objects.filter(pk__in=ids)} if any(one.kinds for one in coupons) else {}
    return [
        Goods(
            one.key,
            one.good.stall_id,
            frozenset(keys[pk] for pk in (one.good.kind_id, one.good.stall.kind_id) if pk in keys),
            one.won,
        )
        for one in goods
    ]


def _answer(held: Held, goods: Sequence[Goods], at: Occasion) -> Worth | No:
    answer = worth(held.coupon.off, held.coupon.use_conditions, goods, at)
    return No(Why.USED_UP) if isinstance(answer, Worth) and not held.can_pay else answer
