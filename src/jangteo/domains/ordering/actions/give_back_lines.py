"""Money of an order goes back for some of its lines."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.domains.ordering.actions.fix_matrix import fix_matrix
from jangteo.domains.ordering.actions.give_promotions_back import give_promotions_back
from jangteo.domains.ordering.models import Order
from jangteo.domains.payments.actions.give_back import Back, give_back
from jangteo.domains.payments.models import Giveback, Tender
from jangteo.domains.payments.rules.refunds import Precedence, Terms
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def give_back_lines(
    *,
    order: Order,
    wons: Mapping[int, int | None],
    reason: str,
    actor: Actor,
    first: Precedence = Precedence.PRO_RATA,
    from_stalls: bool = False,
) -> Giveback | None:
    """Give back so many won of each line (by id), None for all that is left of it.

    `reason` is unique within the order; `from_stalls` for goods that were handed over. None where nothing was paid or
    nothing is left. Raises RefundOverLeft.
    """
    terms = Terms(clock.business_day(clock.now()), first)
    back = Back(order.ref, {str(line): won for line, won in wons.items()}, reason, terms, from_stalls)
    given = give_back(market_id=order.market_id, back=back, actor=actor)
    if given is not None and order.user_id is not None:
        give_promotions_back(order=order, actor=actor)
    if given is not None or order.tender != Order.Tender.CARD or Tender.objects.filter(order_ref=order.ref).exists():
        return given
    # Paid before there were plans: it gets its own now.
    fix_matrix(order=order, actor=actor)
    return give_back(market_id=order.market_id, back=back, actor=actor)
