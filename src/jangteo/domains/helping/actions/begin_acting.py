"""A helper typed what the stall's person read out."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from jangteo.domains.helping.actions.close_acting import close_acting
from jangteo.domains.helping.errors import CodeWrong, StallHelped
from jangteo.domains.helping.models import Acting, ConsentCode
from jangteo.domains.helping.rules import ACTING_LASTS, CODE_TRIES
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.models import Device
from jangteo.kernel import audit, clock, ids, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def begin_acting(*, market: Market, actor: Actor, stall_id: int, helper_id: int, digits: str) -> Acting | CodeWrong:
    """Let the helper act for the stall for thirty minutes from now on, also when they already do.

    A wrong code is answered and not raised, because it is counted: five wrong ones kill the code.
    Raises Stall.DoesNotExist, StallHelped.
    """
    moment = clock.now()
    stall = Stall.objects.select_for_update().get(pk=stall_id)
    Device.objects.select_for_update().get(pk=helper_id)
    code = ConsentCode.objects.filter(stall=stall, used_at__isnull=True, expires_at__gt=moment).order_by("-pk").first()
    if code is None or code.tries >= CODE_TRIES:
        return CodeWrong()
    if code.digest != ids.token_digest(f"{stall.pk}:{digits}"):
        code.tries += 1
        code.save(update_fields=["tries"])
        audit.record(actor, "acting.code_wrong", f"stall:{stall.pk}", tries=code.tries)
        return CodeWrong()
    acting = _room_for(stall, helper_id, actor, moment)
    code.used_at = moment
    code.save(update_fields=["used_at"])
    if acting is None:
        acting = Acting.objects.create(
            market=market, stall=stall, helper_id=helper_id, began_at=moment, ends_at=moment + ACTING_LASTS
        )
        audit.record(actor, "acting.began", f"stall:{stall.pk}", code_id=code.pk)
    else:
        acting.ends_at = moment + ACTING_LASTS
        acting.save(update_fields=["ends_at"])
        audit.record(actor, "acting.extended", f"stall:{stall.pk}", code_id=code.pk)
    live.publish([live.News(f"stall:{stall.pk}", "acting", {"acting": acting.pk})])
    return acting


def _room_for(stall: Stall, helper_id: int, actor: Actor, moment: datetime) -> Acting | None:
    """End what stands in the way; what the helper already does for this stall is answered."""
    rows = Acting.objects.select_for_update(of=("self",)).select_related("helper").filter(ended_at__isnull=True)
    kept = None
    for row in rows.filter(Q(stall=stall) | Q(helper_id=helper_id)).order_by("pk"):
        if row.ends_at <= moment:
            close_acting(acting=row, actor=actor, reason="time")
        elif row.helper_id != helper_id:
            raise StallHelped(name=row.helper.name)
        elif row.stall_id != stall.pk:
            close_acting(acting=row, actor=actor, reason="other_stall")
        else:
            kept = row
    return kept
