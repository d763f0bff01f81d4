"""A customer has scanned the code on a stall's phone, or typed the number beside it."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.domains.stamps.actions.find_person import find_person
from jangteo.domains.stamps.actions.put_stamp import Stamped, known_purchase, programmes_here
from jangteo.domains.stamps.actions.write_stamps import write_stamps
from jangteo.domains.stamps.errors import CodeOver
from jangteo.domains.stamps.models import Code
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def use_code(*, market: Market, actor: Actor, token: str, user_id: int | None = None, phone: str = "") -> Stamped:
    """Stamp the card of who is signed in, or of the number that was typed. The code is used up.

    Raises CodeOver, BadWho and what `put_stamp` raises; then it can be tried again.
    """
    now = clock.now()
    living = Code.objects.select_for_update().filter(token=token, used_at=None, expires_at__gt=now)
    code = living.filter(stall__isnull=False).first()
    if code is None or code.stall_id is None:
        raise CodeOver
    purchase = known_purchase(code.purchase, code.stall_id, 0)
    programmes = programmes_here(purchase)
    user = find_person(who=phone, actor=actor) if user_id is None else User.objects.get(pk=user_id)
    puts = write_stamps(programmes=programmes, user=user, purchase=purchase, actor=actor)
    code.used_at = now
    code.save(update_fields=["used_at"])
    count = sum(put.count for put in puts)
    audit.record(actor, "stamps.put", f"user:{user.pk}", stall=code.stall_id, count=count)
    live.publish([live.News(f"stall:{code.stall_id}", "stamped", {"code": code.pk})])
    return Stamped(user, purchase.ref, tuple(puts))
