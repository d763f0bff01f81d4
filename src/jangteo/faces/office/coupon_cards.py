"""Coupons as the association sees them: what is spent and left, and what one would have cost."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jangteo.domains.ordering.queries_coupons import Spent, spent_on
from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.queries import budgets_left_won, uses
from jangteo.domains.promotions.replay import Replay
from jangteo.domains.promotions.rules import STALL
from jangteo.faces._parts.words.coupon_words import condition_words, funder_name, off_words
from jangteo.faces._parts.words.point_words import percent
from jangteo.kernel import clock
from jangteo.kernel.money import split_won


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears how much: `share` as percent in words, won until now."""

    name: str
    share: str
    won: int


@dataclass(frozen=True, slots=True)
class CouponCard:
    """`left_won` None where stalls bear it alone, `used_parts` of 1,000 of the budget are gone."""

    pk: int
    name: str
    off: str
    whose: str
    conditions: Sequence[str]
    starts: date
    ends: date | None
    is_over: bool
    code: str
    used: int
    most: int | None
    spent_won: int
    budget_won: int
    left_won: int | None
    bearers: Sequence[Bearer]

    @property
    def used_parts(self) -> int:
        return 0 if not self.budget_won else max(0, self.budget_won - (self.left_won or 0)) * 1_000 // self.budget_won


def coupon_cards(coupons: Collection[Coupon]) -> list[CouponCard]:
    """Three queries for all of them."""
    spent, used, left = spent_on(coupons), uses(coupons), budgets_left_won(coupons)
    return [_card(one, spent.get(one.pk, Spent()), used.get(one.pk, 0), left.get(one.pk)) for one in coupons]


def _card(coupon: Coupon, spent: Spent, used: int, left_won: int | None) -> CouponCard:
    return CouponCard(
        pk=coupon.pk,
        name=coupon.name,
        off=off_words(coupon),
        whose="" if coupon.stall is None else coupon.stall.name,
        conditions=condition_words(coupon)[coupon.stall is not None :],
        starts=coupon.starts,
        ends=coupon.ends,
        is_over=coupon.is_over(clock.calendar_day()),
        code=coupon.code,
        used=used,
        most=coupon.most,
        spent_won=spent.won,
        budget_won=_promised(coupon),
        left_won=left_won,
        bearers=[
            Bearer(funder_name(share.funder), percent(share.share_bp), _borne(coupon, share.funder, spent))
            for share in coupon.funders
        ],
    )


def _promised(coupon: Coupon) -> int:
    """What funders other than stalls gave for it."""
    parts = split_won(coupon.budget_won, [share.share_bp for share in coupon.funders])
    return sum(won for share, won in zip(coupon.funders, parts, strict=True) if share.funder != STALL)


def _borne(coupon: Coupon, funder: str, spent: Spent) -> int:
    if funder == STALL:
        return sum(won for account, won in spent.by_account.items() if account.startswith("discount:stall:"))
    return spent.by_account.get(coupon.budgets[funder], 0)


def replay_words(coupon: Coupon, replay: Replay) -> list[str]:
    """What would have been, in sentences, with the range of who would have used it."""
    if not replay.orders:
        return [
            _("지난 %(days)s일 동안 주문이 없어서 미리 볼 수 없어요. 작은 예산으로 시작해 보세요.")
            % {"days": replay.days}
        ]
    facts = {"days": replay.days, "orders": f"{replay.orders:,}", "fitting": f"{replay.fitting:,}"}
    said = [_("지난 %(days)s일 주문 %(orders)s건 가운데 %(fitting)s건이 조건에 맞아요.") % facts]
    few, most = replay.fewest, replay.most
    if not most.times:
        return [*said, _("그래서 지난달이라면 아무도 쓰지 않았을 거예요. 조건을 낮춰 보세요.")]
    said.append(
        _("전화번호로 들어와 주문하던 분만 썼다면 %(people)s명이 %(times)s번, %(won)s원이 들었어요.")
        % {"people": f"{few.people:,}", "times": f"{few.times:,}", "won": f"{few.won:,}"}
    )
    said.append(
        _("손님 모두가 썼다면 %(people)s명이 %(times)s번, %(won)s원이 들었어요.")
        % {"people": f"{most.people:,}", "times": f"{most.times:,}", "won": f"{most.won:,}"}
    )
    parts = split_won(most.won, [share.share_bp for share in coupon.funders])
    shares = [
        _("%(who)s %(won)s원") % {"who": funder_name(share.funder), "won": f"{won:,}"}
        for share, won in zip(coupon.funders, parts, strict=True)
    ]
    return [*said, _("많아야 이렇게 나눠 내요: %(shares)s") % {"shares": ", ".join(shares)}]
