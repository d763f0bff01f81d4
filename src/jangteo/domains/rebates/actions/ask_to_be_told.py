"""Somebody who has a number leaves a telephone number, to be told when it is their turn."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.wanted import plain_phone
from jangteo.domains.rebates.actions.lock_visit import lock_visit
from jangteo.domains.rebates.actions.pass_on_calls import pass_on_calls
from jangteo.domains.rebates.errors import ToldTooOften
from jangteo.domains.rebates.models import RebateVisit
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

# Nobody's telephone is to ring again and again by a number of a queue.
MOST_TELLINGS = 3


@action
def ask_to_be_told(*, market: Market, actor: Actor, visit_id: int, phone: str) -> RebateVisit:
    """An empty `phone` takes it back; the same again changes nothing. Raises VisitOver, ToldTooOften, BadPhone."""
    digits = plain_phone(phone) if phone.strip() else ""
    event, visit = lock_visit(visit_id=visit_id, is_open=True)
    if digits == visit.phone:
        return visit
    if digits and visit.tellings >= MOST_TELLINGS:
        raise ToldTooOften
    visit.phone, visit.told = digits, ""
    visit.save(update_fields=["phone", "told"])
    audit.record(actor, "rebate.tell_me" if digits else "rebate.tell_me_not", f"rebate:{event.pk}", number=visit.number)
    pass_on_calls(event=event)
    return visit
