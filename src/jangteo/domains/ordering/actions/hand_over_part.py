"""The customer has the goods: the stall's money becomes the stall's."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.close_if_over import close_if_over
from jangteo.domains.ordering.actions.give_part import give_part
from jangteo.domains.ordering.actions.lock_part import lock_part
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.states import PartState
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def hand_over_part(*, market: Market, actor: Actor, part_id: int, taken: TenderKind | None = None) -> StallPart:
    """Hand a ready part over and book its final amount.

    Paid ahead: the difference to the ceiling goes back. Paid at the stall: the stall says it has the money, `taken`
    where it is other money than was said. A second tap changes nothing. Raises MoveNotAllowed, StallPart.DoesNotExist.
    """
    part = lock_part(part_id=part_id)
    if part.state == PartState.HANDED_OVER:
        return part
    lines = give_part(part=part, taken=taken, actor=actor)
    close_if_over(order=part.order, actor=actor)
    final_won = sum(facts_of(line).due_won for line in lines)
    audit.record(actor, "part.handed_over", f"part:{part.pk}", number=part.order.number, amount_won=final_won)
    return part
