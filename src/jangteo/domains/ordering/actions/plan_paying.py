"""How a new order will be paid: what goes through a gateway now, and what each stall gets in its hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from jangteo.domains.catalog.models import Good
from jangteo.domains.ledger.errors import InsufficientFunds
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering import errors
from jangteo.domains.ordering.actions.fix_matrix import fix_matrix
from jangteo.domains.ordering.coupons import BUDGET, FittingCoupon, ToPay, coupon_wanted
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.splitting import own_of, placed_moneys, planned, rest_kind, split_of
from jangteo.domains.ordering.wanted import PlacedMoney, WantedOrder
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.open_payment import OPEN_FOR, open_payment
from jangteo.domains.payments.actions.plan_tenders import PlannedTender, plan_tenders
from jangteo.domains.payments.ports import PayBy
from jangteo.domains.payments.rules.split import Split
from jangteo.domains.payments.rules.tenders import KINDS
from jangteo.domains.promotions.actions.hold_coupon import Use, hold_coupon
from jangteo.domains.promotions.errors import CouponUsedUp
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

# Held a little longer than the payment may take, so that money that comes at the last moment still finds it.
LATE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Paying:
    """Won to be paid ahead, and what each money pays where the customer named any."""

    ahead_won: int = 0
    moneys: tuple[PlacedMoney, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    columns: Sequence[PlannedTender]
    moneys: tuple[PlacedMoney, ...] = ()


@step
def plan_paying(*, market: Market, order: Order, lines: Sequence[Line], wanted: WantedOrder, actor: Actor) -> Paying:
    """Write down the order's money and open the payment of what is paid ahead.

    An order that is paid at the stall without more has no plan: what it comes to is noted when it is handed over.
    Raises CardNotTaken for a way of paying that is not offered, NothingAhead, and what `split_of` raises.
    """
    if order.tender != Order.Tender.CARD and not wanted.moneys:
        return Paying()
    goods = [ToPay(str(line.pk), line.good, facts_of(line).most_won) for line in lines]
    plan = _plan(order, goods, wanted, actor)
    _keep(order, plan, wanted)
    if order.tender != Order.Tender.CARD:
        fix_matrix(order=order, actor=actor)
        return Paying(moneys=plan.moneys)
    return Paying(_open(order, lines, plan.columns, wanted), plan.moneys)


def _keep(order: Order, plan: _Plan, wanted: WantedOrder) -> None:
    until = _hold_until(order, wanted)
    try:
        plan_tenders(market_id=order.market_id, order_ref=order.ref, tenders=plan.columns, hold_until=until)
    except InsufficientFunds as no:
        if any(column.account.startswith(BUDGET) for column in plan.columns if column.coupon):
            raise CouponUsedUp(name="", limit="budget") from no
        raise


def _hold_until(order: Order, wanted: WantedOrder) -> datetime:
    way = gateways.way_of(wanted.way)
    deposit = way is not None and way.pay_by == PayBy.ACCOUNT
    return order.placed_at + OPEN_FOR + LATE + timedelta(hours=gateways.deposit_hours() if deposit else 0)


def _hold(order: Order, chosen: FittingCoupon, split: Split, actor: Actor) -> None:
    """The piece is the order's before its funders' money is held: always in this sequence."""
    won = sum(choice.won for choice in split.choices if choice.key == chosen.key)
    if won and order.user_id is not None:
        hold_coupon(coupon=chosen.coupon, use=Use(order.user_id, order.ref, won), actor=actor)


def _plan(order: Order, goods: Sequence[ToPay], wanted: WantedOrder, actor: Actor) -> _Plan:
    market = order.market
    rest = rest_kind(wanted.tender, wanted.way)
    if wanted.moneys:
        own = replace(own_of(order.user_id), coupon=coupon_wanted(order, goods, wanted.moneys, rest))
        split = split_of(market=market, goods=goods, moneys=wanted.moneys, rest=rest, own=own)
        if own.coupon is not None:
            _hold(order, own.coupon, split, actor)
        return _Plan(planned(split, goods, own), placed_moneys(split, goods))
    plan = {one.key: one.won for one in goods}
    return _Plan([PlannedTender(key=rest.value, kind=rest, line_keys=frozenset(plan), plan=plan)])


def _open(order: Order, lines: Sequence[Line], columns: Sequence[PlannedTender], wanted: WantedOrder) -> int:
    """The payment of the one column that goes through a gateway, in won."""
    way = gateways.way_of(wanted.way)
    if way is None:
        raise errors.CardNotTaken
    ahead = next((column for column in columns if KINDS[column.kind].external and column.stall_id is None), None)
    if ahead is None:
        raise errors.NothingAhead
    open_payment(
        market_id=order.market_id,
        gateway=way.gateway,
        pay_by=way.pay_by,
        order_ref=order.ref,
        amount_won=ahead.won,
        tax_free_won=sum(ahead.plan.get(str(line.pk), 0) for line in lines if line.tax == Good.Tax.EXEMPT),
    )
    return ahead.won
