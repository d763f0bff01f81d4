"""Money of a sale goes back that a customer and a coupon paid together."""

from __future__ import annotations

from jangteo.domains.counter import rules
from jangteo.domains.counter.coupons import money_left
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.payments.actions.give_back import Back, give_back
from jangteo.domains.payments.models import GivebackLeg, Refund
from jangteo.domains.payments.rules.refunds import Terms
from jangteo.domains.promotions.actions.free_coupon import free_coupon
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def give_back_shared(*, sale: CounterSale, won: int, reason: str, actor: Actor) -> Refund | None:
    """Each its share of so many won, as of an order that was handed over: the stall bears it. What a gateway sends.

    Right after the sale that was a mistaken tap, and the coupon comes back whatever its rule says.
    Raises RefundOverLeft.
    """
    back = Back(sale.ref, won, reason, Terms(clock.business_day(clock.now())), from_stalls=True)
    row = give_back(market_id=sale.market_id, back=back, actor=actor)
    # Here nobody comes for it later: the stall has the customer before it.
    GivebackLeg.objects.filter(giveback=row, state=GivebackLeg.State.BY_HAND).update(state=GivebackLeg.State.DONE)
    if not money_left(sale).coupon_won:
        free_coupon(order_ref=sale.ref, actor=actor, refunded=not _is_undo(sale))
    leg = GivebackLeg.objects.filter(giveback=row, refund__isnull=False).select_related("refund").first()
    return None if leg is None else leg.refund


def _is_undo(sale: CounterSale) -> bool:
    lately = sale.paid_at is not None and clock.now() - sale.paid_at <= rules.UNDONE_WITHIN
    return lately and sale.source == CounterSale.Source.TILL
