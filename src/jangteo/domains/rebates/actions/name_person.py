"""Somebody at the desk says who they are, and what they bought is found."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.wanted import plain_phone
from jangteo.domains.rebates.actions.lay_receipts import lay_receipts
from jangteo.domains.rebates.actions.lock_visit import lock_visit
from jangteo.domains.rebates.actions.tell_desk import tell_desk
from jangteo.domains.rebates.models import RebatePerson, RebateVisit
from jangteo.domains.rebates.persons import person_digest
from jangteo.domains.rebates.purchases import purchases_of
from jangteo.domains.rebates.rules import shown_person
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def name_person(*, market: Market, actor: Actor, visit_id: int, phone: str, name: str = "") -> RebateVisit:
    """Keep a digest and a shadow of the person, and lay their purchases on the table. The number itself is not kept.

    Raises ordering's BadPhone, VisitOver.
    """
    digits = plain_phone(phone)
    event, visit = lock_visit(visit_id=visit_id, is_open=True)
    person, is_new = RebatePerson.objects.get_or_create(
        event=event,
        digest=person_digest(event.pk, digits),
        defaults={"market": market, "shown": shown_person(name, digits), "came_at": clock.now()},
    )
    if visit.person_id not in (None, person.pk):
        # Somebody else's purchases must not stay on the table.
        visit.receipts.exclude(source="paper").delete()
    visit.person = person
    visit.save(update_fields=["person"])
    laid = lay_receipts(visit=visit, purchases=purchases_of(event, digits))
    audit.record(actor, "rebate.named", f"rebate:{event.pk}", number=visit.number, receipts=len(laid), new=int(is_new))
    tell_desk(event=event)
    return visit
