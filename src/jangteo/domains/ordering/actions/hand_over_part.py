"""The customer has the goods: the stall's money becomes the stall's."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.lock_part import close_if_over, lock_part
from jangteo.domains.ordering.actions.move import move_parts
from jangteo.domains.ordering.models import Line, Order, Shortfall, StallPart
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.states import PartState
from jangteo.domains.payments.actions.request_refund import request_refund
from jangteo.domains.payments.models import Payment
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def hand_over_part(*, market: Market, actor: Actor, part_id: int) -> StallPart:
    """Hand a ready part over and book its final amount.

    Paid at the stall: the stall says it has the money. By card: the difference to the ceiling goes back.
    A second tap changes nothing. Raises MoveNotAllowed, StallPart.DoesNotExist.
    """
    part = lock_part(part_id=part_id)
    if part.state == PartState.HANDED_OVER:
        return part
    move_parts(parts=[part], to=PartState.HANDED_OVER, actor=actor)
    lines = _lines_given(part)
    final_won = sum(facts_of(line).due_won for line in lines)
    _book(part, final_won, actor)
    if part.order.tender == Order.Tender.CARD:
        _refund_difference(part, lines)
    close_if_over(order=part.order, actor=actor)
    audit.record(actor, "part.handed_over", f"part:{part.pk}", number=part.order.number, amount_won=final_won)
    return part


def _lines_given(part: StallPart) -> list[Line]:
    """A line whose shortfall was refunded is not charged again."""
    refunded = Shortfall.objects.filter(line__part=part, state=Shortfall.State.REFUNDED).values("line_id")
    return list(Line.objects.filter(part=part).exclude(pk__in=refunded))


def _book(part: StallPart, final_won: int, actor: Actor) -> None:
    by_card = part.order.tender == Order.Tender.CARD
    debit = f"order:{part.order.ref}" if by_card else f"stall:{part.stall_id}:till"
    credit = f"stall:{part.stall_id}:payable" if by_card else f"stall:{part.stall_id}:sales"
    entry = NewEntry(
        key=f"part:{part.pk}:handed_over",
        kind="allocate" if by_card else "recorded",
        cause=f"order:{part.order.ref}",
        lines={debit: final_won, credit: -final_won},
    )
    post_entry(market_id=part.market_id, actor=actor, entry=entry)


def _refund_difference(part: StallPart, lines: list[Line]) -> None:
    payment = Payment.objects.select_for_update().get(order_ref=part.order.ref)
    spare = {line.pk: facts_of(line).most_won - facts_of(line).due_won for line in lines}
    request_refund(
        payment=payment,
        amount_won=sum(spare.values()),
        tax_free_won=sum(spare[line.pk] for line in lines if line.tax == Good.Tax.EXEMPT),
        reason=f"part_{part.pk}_weighed",
    )
