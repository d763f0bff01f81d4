"""The stall cannot take the order, and says why in one of three words."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.lock_part import close_if_over, lock_part, returnable
from jangteo.domains.ordering.actions.move import move_parts
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.states import PartState
from jangteo.domains.payments.actions.request_refund import request_refund
from jangteo.domains.payments.models import Payment
from jangteo.domains.stock.actions.return_stock import return_stock
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def refuse_part(*, market: Market, actor: Actor, part_id: int, reason: StallPart.RefuseReason) -> StallPart:
    """Refuse a part: goods back in stock, its card money back, the other stalls go on.

    Refusing again changes nothing. Raises MoveNotAllowed, StallPart.DoesNotExist.
    """
    part = lock_part(part_id=part_id)
    if part.state == PartState.REFUSED:
        return part
    part.refuse_reason = reason
    move_parts(parts=[part], to=PartState.REFUSED, actor=actor)
    lines = list(Line.objects.filter(part=part))
    return_stock(quantities=returnable(lines), cause=f"order:{part.order.ref}")
    _refund(part, lines)
    close_if_over(order=part.order, actor=actor)
    audit.record(actor, "part.refused", f"part:{part.pk}", number=part.order.number, reason=reason)
    return part


def _refund(part: StallPart, lines: list[Line]) -> None:
    payment = Payment.objects.select_for_update().filter(order_ref=part.order.ref).first()
    if payment is None or not payment.captured_won:
        return
    request_refund(
        payment=payment,
        amount_won=sum(facts_of(line).most_won for line in lines),
        tax_free_won=sum(facts_of(line).most_won for line in lines if line.tax == Good.Tax.EXEMPT),
        reason=f"part_{part.pk}_refused",
    )
