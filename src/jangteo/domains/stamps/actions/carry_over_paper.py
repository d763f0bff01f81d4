"""A customer brings a paper card, and what is on it goes on."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.stamps.actions.find_person import find_person
from jangteo.domains.stamps.actions.put_stamp import Stamped
from jangteo.domains.stamps.actions.write_stamps import Put, lock_card, settle_card, write_stamp
from jangteo.domains.stamps.errors import BadPaper, NoProgramme
from jangteo.domains.stamps.models import Programme, Stamp
from jangteo.domains.stamps.purchases import Purchase, paper_ref
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def carry_over_paper(*, market: Market, actor: Actor, stall_id: int, who: str, count: int) -> Stamped:
    """Once a person and programme; the record says who did it. A full paper card is paid out by hand.

    Raises NoProgramme (only a stall's own has paper cards), BadPaper, BadWho, CodeOver, AlreadyStamped.
    """
    programme = Programme.objects.filter(stall_id=stall_id, stopped_at=None).first()
    if programme is None:
        raise NoProgramme
    if not 1 <= count < programme.need:
        raise BadPaper(most=programme.need - 1)
    user = find_person(who=who, actor=actor)
    purchase = Purchase(paper_ref(user.pk), stall_id)
    card = lock_card(programme=programme, user=user)
    write_stamp(card=card, kind=Stamp.Kind.PAPER, count=count, purchase=purchase, actor=actor)
    put = Put(programme, card.pk, count, settle_card(card=card, programme=programme).live)
    audit.record(actor, "stamps.paper", f"user:{user.pk}", stall=stall_id, count=count)
    return Stamped(user, purchase.ref, (put,))
