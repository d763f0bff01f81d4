"""How a new order will be paid: what goes through a gateway now, and what each stall gets in its hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering import errors
from jangteo.domains.ordering.actions.fix_matrix import fix_matrix
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.splitting import ToPay, own_of, planned, rest_kind, split_of
from jangteo.domains.ordering.wanted import WantedOrder
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.open_payment import OPEN_FOR, open_payment
from jangteo.domains.payments.actions.plan_tenders import PlannedTender, plan_tenders
from jangteo.domains.payments.ports import PayBy
from jangteo.domains.payments.rules.tenders import KINDS
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

# Held a little longer than the payment may take, so that money that comes at the last moment still finds it.
LATE = timedelta(minutes=5)


@step
def plan_paying(*, market: Market, order: Order, lines: Sequence[Line], wanted: WantedOrder, actor: Actor) -> int:
    """Write down the order's money and open the payment of what is paid ahead. Won to be paid ahead.

    An order that is paid at the stall without more has no plan: what it comes to is noted when it is handed over.
    Raises CardNotTaken for a way of paying that is not offered, NothingAhead, and what `split_of` raises.
    """
    if order.tender != Order.Tender.CARD and not wanted.moneys:
        return 0
    goods = [ToPay(str(line.pk), line.good, facts_of(line).most_won) for line in lines]
    columns = _columns(market, goods, wanted, order.user_id)
    plan_tenders(market_id=market.pk, order_ref=order.ref, tenders=columns, hold_until=_hold_until(order, wanted))
    if order.tender != Order.Tender.CARD:
        fix_matrix(order=order, actor=actor)
        return 0
    return _open(order, lines, columns, wanted)


def _hold_until(order: Order, wanted: WantedOrder) -> datetime:
    way = gateways.way_of(wanted.way)
    deposit = way is not None and way.pay_by == PayBy.ACCOUNT
    return order.placed_at + OPEN_FOR + LATE + timedelta(hours=gateways.deposit_hours() if deposit else 0)


def _columns(market: Market, goods: Sequence[ToPay], wanted: WantedOrder, user_id: int | None) -> list[PlannedTender]:
    rest = rest_kind(wanted.tender, wanted.way)
    if wanted.moneys:
        own = own_of(user_id)
        split = split_of(market=market, goods=goods, moneys=wanted.moneys, rest=rest, own=own)
        return planned(split, goods, own.purses)
    plan = {one.key: one.won for one in goods}
    return [PlannedTender(key=rest.value, kind=rest, line_keys=frozenset(plan), plan=plan)]


def _open(order: Order, lines: Sequence[Line], columns: Sequence[PlannedTender], wanted: WantedOrder) -> int:
    """The payment of the one column that goes through a gateway."""
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
