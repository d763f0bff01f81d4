"""How a new order will be paid: what goes through a gateway now, and what each stall gets in its hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering import errors
from jangteo.domains.ordering.actions.fix_matrix import fix_matrix
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.splitting import ToPay, own_of, placed_moneys, planned, rest_kind, split_of
from jangteo.domains.ordering.wanted import PlacedMoney, WantedOrder
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.open_payment import OPEN_FOR, open_payment
from jangteo.domains.payments.actions.plan_tenders import PlannedTender, plan_tenders
from jangteo.domains.payments.ports import PayBy
from jangteo.domains.payments.rules.tenders import KINDS
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
    plan = _plan(market, goods, wanted, order.user_id)
    plan_tenders(market_id=market.pk, order_ref=order.ref, tenders=plan.columns, hold_until=_hold_until(order, wanted))
    if order.tender != Order.Tender.CARD:
        fix_matrix(order=order, actor=actor)
        return Paying(moneys=plan.moneys)
    return Paying(_open(order, lines, plan.columns, wanted), plan.moneys)


def _hold_until(order: Order, wanted: WantedOrder) -> datetime:
    way = gateways.way_of(wanted.way)
    deposit = way is not None and way.pay_by == PayBy.ACCOUNT
    return order.placed_at + OPEN_FOR + LATE + timedelta(hours=gateways.deposit_hours() if deposit else 0)


def _plan(market: Market, goods: Sequence[ToPay], wanted: WantedOrder, user_id: int | None) -> _Plan:
    rest = rest_kind(wanted.tender, wanted.way)
    if wanted.moneys:
        own = own_of(user_id)
        split = split_of(market=market, goods=goods, moneys=wanted.moneys, rest=rest, own=own)
        return _Plan(planned(split, goods, own.purses), placed_moneys(split, goods))
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
