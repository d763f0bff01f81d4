"""The coupons a stall can open with a tap, and what its own have cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jangteo.domains.ordering.queries_coupons import Spent, spent_on
from jangteo.domains.promotions.drafts import Limits, NewCoupon
from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.queries import coupons_of_maker, uses
from jangteo.domains.promotions.rules import Conditions, Off
from jangteo.faces._parts.words.coupon_words import condition_words, off_words
from jangteo.kernel import clock

MONTH = timedelta(days=30)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Ready:
    """One of the three. `most_won` is what it can cost at the most, None where that depends on the goods."""

    key: str
    name: Promise
    hint: Promise
    icon: str
    most_won: int
    make: Callable[[date], NewCoupon]

    def new(self, stall_id: int) -> NewCoupon:
        made = self.make(clock.calendar_day())
        return NewCoupon(name=made.name, off=made.off, when=made.when, limits=made.limits, stall_id=stall_id)


@dataclass(frozen=True, slots=True)
class Opened:
    """One of the stall's own, as its list shows it."""

    pk: int
    name: str
    off: str
    conditions: Sequence[str]
    ends: date | None
    is_over: bool
    used: int
    left: int | None
    spent_won: int


def _first(today: date) -> NewCoupon:
    return NewCoupon(
        name=str(_("첫 손님 1,000원")),
        off=Off(won=1_000),
        when=Conditions(first_only=True, ends=today + MONTH),
        limits=Limits(most=50, per_person=1),
    )


def _over(today: date) -> NewCoupon:
    return NewCoupon(
        name=str(_("3만 원 넘으면 2,000원")),
        off=Off(won=2_000),
        when=Conditions(needs_won=30_000, ends=today + MONTH),
        limits=Limits(most=50, per_person=None),
    )


def _today(today: date) -> NewCoupon:
    return NewCoupon(
        name=str(_("오늘만 10%")),
        off=Off(bp=1_000, ceiling_won=5_000),
        when=Conditions(ends=today),
        limits=Limits(most=30, per_person=None),
    )


READY = (
    Ready(
        "first", _("첫 손님 1,000원"), _("우리 가게에서 처음 사는 분께, 한 달 동안 50명까지"), "heart", 50_000, _first
    ),
    Ready(
        "over", _("3만 원 넘으면 2,000원"), _("많이 사는 분께, 한 달 동안 50번까지"), "shopping-basket", 100_000, _over
    ),
    Ready("today", _("오늘만 10%"), _("오늘 사는 분께, 30번까지. 한 번에 많아야 5,000원"), "clock", 150_000, _today),
)


def ready(key: str) -> Ready | None:
    return next((one for one in READY if one.key == key), None)


def opened(stall_id: int) -> list[Opened]:
    """The stall's own coupons, running ones first. Three queries."""
    found = coupons_of_maker(stall_id)[:SHOWN]
    spent, used = spent_on(found), uses(found)
    return [_opened(one, spent.get(one.pk, Spent()), used.get(one.pk, 0)) for one in found]


def _opened(coupon: Coupon, spent: Spent, used: int) -> Opened:
    return Opened(
        pk=coupon.pk,
        name=coupon.name,
        off=off_words(coupon),
        conditions=condition_words(coupon)[1:],
        ends=coupon.ends,
        is_over=coupon.is_over(clock.calendar_day()),
        used=used,
        left=None if coupon.most is None else max(0, coupon.most - used),
        spent_won=spent.won,
    )
