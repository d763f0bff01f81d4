"""A coupon takes its place in the plan of an order that waits for its money.

Coupons are not given out yet; what they will be to the matrix, to holds, budgets and refunds is here already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.payments.actions.plan_tenders import PlannedTender, plan_tenders
from jangteo.domains.payments.models import Payment, Tender
from jangteo.domains.payments.rules import matrix
from jangteo.domains.payments.rules.coupons import Funder, by_funder
from jangteo.domains.payments.rules.tenders import KINDS, TenderKind
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.project.simulate.town import PROGRAM

FUNDERS = (Funder("city", 6_000), Funder("stalls", 4_000))
ACCOUNTS = {"coupon#city": f"subsidy:{PROGRAM}", "coupon#stalls": "discount:simulate"}
LASTS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Coupon:
    """`needs_won` is the least the goods may come to."""

    order_id: int
    won: int
    needs_won: int


@action
def add_coupon(*, market: Market, actor: Actor, coupon: Coupon) -> bool:
    """Plan the order anew: the coupon pays its part, the card what is left. False where the order is too small for it.

    Raises InsufficientFunds where the city's budget has less; then nothing has changed.
    """
    order = Order.objects.select_for_update().get(pk=coupon.order_id)
    payment = Payment.objects.select_for_update().get(order_ref=order.ref)
    lines = list(Line.objects.filter(part__order=order).order_by("pk"))
    goods = [matrix.Line(str(line.pk), facts_of(line).most_won) for line in lines]
    columns = _columns(goods, coupon)
    if payment.state != Payment.State.CREATED or columns is None:
        return False
    Tender.objects.filter(order_ref=order.ref).delete()
    card = columns[-1]
    payment.amount_won = card.won
    payment.tax_free_won = sum(card.plan[str(line.pk)] for line in lines if line.tax == "exempt")
    payment.save(update_fields=["amount_won", "tax_free_won"])
    plan_tenders(market_id=market.pk, order_ref=order.ref, tenders=columns, hold_until=clock.now() + LASTS)
    return True


def _columns(goods: Sequence[matrix.Line], coupon: Coupon) -> list[PlannedTender] | None:
    """The card is the last. None where it would have too little to pay, or the goods come to too little."""
    keys = frozenset(line.key for line in goods)
    sum_won = sum(line.won for line in goods)
    card_won = sum_won - coupon.won
    if sum_won < coupon.needs_won or card_won < KINDS[TenderKind.CARD].least_won:
        return None
    whole = matrix.Tender("coupon", TenderKind.COUPON, coupon.won, keys)
    tenders = [*by_funder(whole, FUNDERS), matrix.Tender("card", TenderKind.CARD, card_won, keys)]
    paid = matrix.allocate(goods, tenders).matrix
    return [
        PlannedTender(
            key=tender.key,
            kind=tender.kind,
            line_keys=keys,
            plan={line.key: paid.row(line.key)[tender.key] for line in goods},
            coupon="coupon" if tender.kind is TenderKind.COUPON else "",
            needs_won=coupon.needs_won if tender.kind is TenderKind.COUPON else 0,
            account=ACCOUNTS.get(tender.key, ""),
        )
        for tender in tenders
    ]
