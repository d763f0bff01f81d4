"""The customer says how the amount is paid."""

from __future__ import annotations

from jangteo.domains.counter import rules
from jangteo.domains.counter.actions.move_sale import move_sale
from jangteo.domains.counter.actions.plan_coupon import plan_coupon
from jangteo.domains.counter.coupons import ByCoupon, own_tax_free_won
from jangteo.domains.counter.errors import BadAmount, SaleOver, SaleUnknown, WayNotTaken
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.queries import ways_of
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.open_payment import OPEN_FOR, open_payment
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def choose_way(*, market: Market, actor: Actor, token: str, way: str, by_coupon: ByCoupon | None = None) -> CounterSale:
    """By card: the payment is opened. Any other way the stall has the money in its hands and is asked whether it has.

    A coupon pays its part of either; where it pays all, the stall is asked as well. Choosing what was chosen changes
    nothing. Raises SaleUnknown, WayNotTaken, BadAmount, SaleOver for a sale that went on otherwise or ran out, and
    what `plan_coupon` raises.
    """
    sale = CounterSale.objects.select_for_update(of=("self",)).select_related("stall").filter(token=token).first()
    if sale is None:
        raise SaleUnknown
    if sale.way == way and sale.state in (SaleState.AWAITING_PAYMENT, SaleState.CLAIMED, SaleState.PAID):
        return sale
    if sale.state != SaleState.OPEN:
        raise SaleOver(state=sale.state)
    if sale.expires_at < clock.now():
        raise SaleOver(state=SaleState.EXPIRED)
    if way not in ways_of(sale.stall):
        raise WayNotTaken
    sale.way = way
    _go_on(sale, by_coupon, actor)
    audit.record(actor, "sale.begun", f"sale:{sale.pk}", amount_won=sale.amount_won, way=way)
    return sale


def _go_on(sale: CounterSale, by_coupon: ByCoupon | None, actor: Actor) -> None:
    sale.expires_at = clock.now() + (rules.CLAIM_LASTS if sale.is_offline else OPEN_FOR)
    if by_coupon is not None:
        plan_coupon(sale=sale, by=by_coupon, actor=actor)
    if sale.is_offline:
        move_sale(sale=sale, to=SaleState.CLAIMED, actor=actor)
        return
    _open(sale)
    move_sale(sale=sale, to=SaleState.AWAITING_PAYMENT, actor=actor)


def _open(sale: CounterSale) -> None:
    """The payment of what the coupon leaves."""
    online = gateways.way_of(gateways.CARD)
    if online is None:
        raise WayNotTaken
    if sale.due_won < rules.CARD_LEAST_WON:
        raise BadAmount(least_won=rules.CARD_LEAST_WON + sale.coupon_won, most_won=rules.MOST_WON)
    payment = open_payment(
        market_id=sale.market_id,
        gateway=online.gateway,
        order_ref=sale.ref,
        amount_won=sale.due_won,
        tax_free_won=own_tax_free_won(sale),
    )
    sale.expires_at = payment.expires_at
