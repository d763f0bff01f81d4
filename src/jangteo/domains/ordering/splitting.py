"""Which of a customer's moneys pays what of a basket, and what of it each stall gets in its hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time

from django.db.models import Q, Sum

from jangteo.domains.ledger.models import LimitedAccount
from jangteo.domains.markets.models import Kind, Market
from jangteo.domains.ordering import errors
from jangteo.domains.ordering.coupons import FittingCoupon, ToPay, columns_of
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.ordering.wanted import PlacedMoney, Reason, WantedMoney
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.plan_tenders import PlannedTender
from jangteo.domains.payments.eligibility import SCHEME_OF, line_tags, occasion_of, stall_facts
from jangteo.domains.payments.models import Cell
from jangteo.domains.payments.rules import matrix
from jangteo.domains.payments.rules.policies import Refusal
from jangteo.domains.payments.rules.split import BasketLine, Held, Split, cheapest_split
from jangteo.domains.payments.rules.tenders import PAID_AT_STALL, TenderKind
from jangteo.kernel import clock
from jangteo.kernel.money import split_won

ENDED_UNPAID = (OrderState.EXPIRED, OrderState.CANCELLED)
# What a customer can say to have beside the money that pays the rest.
MONEYS = (TenderKind.ONNURI_DIGITAL, TenderKind.ONNURI_PAPER, TenderKind.LOCAL_CURRENCY)


def rest_kind(tender: str, way: str) -> TenderKind:
    """The money that pays what the others do not: as chosen among the ways of paying ahead, else cash at the stall."""
    if tender != "card":
        return TenderKind.CASH
    ways = {gateways.CARD: TenderKind.CARD, gateways.VIRTUAL_ACCOUNT: TenderKind.VIRTUAL_ACCOUNT}
    # Any other way is a gateway's own wallet.
    return ways.get(way, TenderKind.EASY_PAY)


@dataclass(frozen=True, slots=True)
class Purse:
    """What a customer has of a scheme's cashback or of somebody's points, and the account it lies in.

    `stall_id`: good only there.
    """

    scheme: str
    account: str
    won: int
    stall_id: int | None = None

    @property
    def is_points(self) -> bool:
        """Points that somebody gave, rather than a scheme's cashback."""
        return self.account.startswith("points:")


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of a signed-in customer: cashback and points by scheme, what they used of each scheme this month.

    `coupon` is the one that this order may take, with what it is worth here.
    """

    purses: Mapping[str, Purse] = field(default_factory=dict)
    used_won: Mapping[str, int] = field(default_factory=dict)
    coupon: FittingCoupon | None = None


def own_of(user_id: int | None) -> Own:
    """Two queries, none for a guest."""
    return Own(purses_of(user_id), used_this_month(user_id))


def purses_of(user_id: int | None) -> dict[str, Purse]:
    """The customer's cashback and points by scheme, without what is held for other orders; empty ones are left out."""
    if user_id is None:
        return {}
    mine = Q(account__startswith=f"promo:{user_id}:") | Q(account__startswith=f"points:{user_id}:")
    found = map(_purse, LimitedAccount.objects.filter(mine).order_by("account"))
    return {purse.scheme: purse for purse in found if purse.won > 0}


def _purse(row: LimitedAccount) -> Purse:
    kind, _, scheme = row.account.split(":", 2)
    stall = int(scheme.removeprefix("stall-")) if kind == "points" and scheme.startswith("stall-") else None
    return Purse(scheme, row.account, row.balance_won - row.held_won - row.floor_won, stall)


def used_this_month(user_id: int | None) -> dict[str, int]:
    """Won of each scheme that the customer's orders of this calendar month use, as far as this program knows."""
    if user_id is None:
        return {}
    start = clock.korean(clock.calendar_day().replace(day=1), time())
    mine = Order.objects.filter(user_id=user_id, placed_at__gte=start).exclude(state__in=ENDED_UNPAID).values("ref")
    rows = Cell.objects.filter(tender__order_ref__in=mine).exclude(tender__scheme="").values_list("tender__scheme")
    return dict(rows.annotate(won=Sum("won")))


def split_of(
    *,
    market: Market,
    goods: Sequence[ToPay],
    moneys: Iterable[WantedMoney],
    rest: TenderKind,
    own: Own | None = None,
) -> Split:
    """The cheapest allowed split. Two queries: policies and kinds. `rest` is good for any amount.

    Raises BadMoney for money that cannot be said to be there, TendersFallShort, TendersDoNotCombine.
    """
    held = [*(_held(money, own or Own(), goods) for money in moneys), Held(key=rest.value, kind=rest)]
    if len({one.key for one in held}) < len(held):
        raise errors.BadMoney
    kinds = Kind.objects.in_bulk({pk for one in goods for pk in (one.good.kind_id, one.good.stall.kind_id)})
    for one in goods:
        one.good.kind, one.good.stall.kind = kinds[one.good.kind_id], kinds[one.good.stall.kind_id]
    basket = [BasketLine(one.key, stall_facts(one.good.stall, market), one.won, line_tags(one.good)) for one in goods]
    return cheapest_split(basket, held, occasion_of(market, clock.calendar_day()))


def _held(money: WantedMoney, own: Own, goods: Sequence[ToPay]) -> Held:
    try:
        kind = TenderKind(money.kind)
    except ValueError:
        raise errors.BadMoney from None
    if kind is TenderKind.POINTS and money.scheme in own.purses:
        purse = own.purses[money.scheme]
        there = frozenset(one.key for one in goods if one.good.stall_id == purse.stall_id)
        lines = None if purse.stall_id is None else there
        return Held(key=f"{kind}:{money.scheme}", kind=kind, won=purse.won, lines=lines)
    if kind is TenderKind.COUPON and own.coupon is not None and money.scheme == str(own.coupon.coupon.pk):
        return Held(key=own.coupon.key, kind=kind, won=own.coupon.worth.won, lines=own.coupon.worth.lines)
    if kind not in MONEYS or (money.won is not None and money.won < 1):
        raise errors.BadMoney
    scheme = SCHEME_OF[kind]
    return Held(
        key=kind.value, kind=kind, scheme=scheme, won=money.won, used_this_month_won=own.used_won.get(scheme, 0)
    )


def planned(split: Split, goods: Sequence[ToPay], own: Own) -> list[PlannedTender]:
    """The columns of the split. Money that changes hands at stalls is one column for each: every stall takes its own.
    A coupon is one for each who bears a share of it.

    Raises what `matrix.allocate` raises; a split of `split_of` comes out.
    """
    paid = matrix.allocate([matrix.Line(one.key, one.won) for one in goods], split.tenders).matrix
    choices = {choice.key: choice for choice in split.choices}
    schemes = {kind.value: scheme for kind, scheme in SCHEME_OF.items()}
    accounts = {f"{TenderKind.POINTS}:{purse.scheme}": purse.account for purse in own.purses.values()}
    columns = []
    for tender in split.tenders:
        whole = PlannedTender(
            key=tender.key,
            kind=tender.kind,
            line_keys=tender.lines,
            plan={one.key: paid.row(one.key)[tender.key] for one in goods},
            excludes=tender.excludes,
            scheme=schemes.get(tender.key, ""),
            saved_won=choices[tender.key].saved_won,
            policy=choices[tender.key].policy_id or "",
            account=accounts.get(tender.key, ""),
        )
        if tender.kind is TenderKind.COUPON and own.coupon is not None:
            columns += columns_of(own.coupon.coupon, whole, {one.key: one.good.stall_id for one in goods})
        else:
            columns += _by_stall(whole, goods) if tender.kind in PAID_AT_STALL else [whole]
    return columns


def placed_moneys(split: Split, goods: Sequence[ToPay]) -> tuple[PlacedMoney, ...]:
    """What each money of the split pays and why, in the order of what is held; the rest comes last."""
    good_of = {one.key: str(one.good.pk) for one in goods}
    return tuple(
        PlacedMoney(
            kind=choice.kind.value,
            scheme=choice.key.partition(":")[2] or SCHEME_OF.get(choice.kind, ""),
            won=choice.won,
            saved_won=choice.saved_won,
            later=choice.later,
            why=_reason(choice.why),
            not_for={good_of[line]: _reason(why) for line, why in choice.refused.items()},
        )
        for choice in split.choices
    )


def _reason(why: Refusal) -> Reason:
    return Reason(why.code.value, why.facts)


def _by_stall(whole: PlannedTender, goods: Sequence[ToPay]) -> list[PlannedTender]:
    plans: dict[int, dict[str, int]] = {}
    for one in goods:
        if whole.plan[one.key]:
            plans.setdefault(one.good.stall_id, {})[one.key] = whole.plan[one.key]
    saved = split_won(whole.saved_won, [sum(plan.values()) for plan in plans.values()])
    mine = {stall: {one.key for one in goods if one.good.stall_id == stall} for stall in plans}
    return [
        replace(
            whole,
            key=f"{whole.key}:{stall}",
            line_keys=whole.line_keys & mine[stall],
            plan=plan,
            saved_won=saved_won,
            stall_id=stall,
        )
        for (stall, plan), saved_won in zip(plans.items(), saved, strict=True)
    ]
