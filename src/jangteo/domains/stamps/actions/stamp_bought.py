"""A purchase of somebody who is known is stamped by itself."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.domains.stamps.actions.write_stamps import Put, lock_card, write_stamp, write_stamps
from jangteo.domains.stamps.bought import Bought
from jangteo.domains.stamps.errors import AlreadyStamped, StampsRefused
from jangteo.domains.stamps.models import Programme, Stamp
from jangteo.domains.stamps.purchases import SALE, id_of
from jangteo.domains.stamps.queries import running_at, was_stamped_here
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def stamp_bought(*, market: Market, actor: Actor, bought: Bought) -> list[Put]:
    """Put what it gives; where it gives nothing, that is noted, so that it is not looked at again and again.

    Nothing, too, where the stall has stamped the person for this visit before it rang the sale up.
    """
    programmes, purchase = running_at(bought.purchase.stall_id), bought.purchase
    user = User.objects.get(pk=bought.user_id)
    if id_of(purchase.ref, SALE) is not None and was_stamped_here(user.pk, purchase.stall_id, clock.now()):
        _note(programmes[0], user, bought, actor)
        return []
    try:
        puts = write_stamps(programmes=programmes, user=user, purchase=purchase, actor=actor)
    except AlreadyStamped:
        return []
    except StampsRefused:
        _note(programmes[0], user, bought, actor)
        return []
    if puts:
        count = sum(put.count for put in puts)
        audit.record(actor, "stamps.put", f"user:{user.pk}", stall=purchase.stall_id, count=count)
    return puts


def _note(programme: Programme, user: User, bought: Bought, actor: Actor) -> None:
    card = lock_card(programme=programme, user=user)
    write_stamp(card=card, kind=Stamp.Kind.SMALL, count=0, purchase=bought.purchase, actor=actor)
