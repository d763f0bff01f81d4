"""The stall wants somebody to do its work for a while."""

from __future__ import annotations

from jangteo.domains.helping.models import ConsentCode
from jangteo.domains.helping.rules import CODE_GOOD_FOR
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def make_consent_code(*, market: Market, actor: Actor, stall_id: int, device_id: int) -> str:
    """Six digits to read out, good once and for five minutes; those shown before are dead. Raises NeverForAnother."""
    audit.in_person(actor)
    stall = Stall.objects.select_for_update().get(pk=stall_id)
    moment = clock.now()
    ConsentCode.objects.filter(stall=stall, used_at__isnull=True, expires_at__gt=moment).update(expires_at=moment)
    digits = ids.new_number()
    row = ConsentCode.objects.create(
        market=market,
        stall=stall,
        device_id=device_id,
        digest=ids.token_digest(f"{stall.pk}:{digits}"),
        made_at=moment,
        expires_at=moment + CODE_GOOD_FOR,
    )
    audit.record(actor, "acting.code_made", f"stall:{stall.pk}", code_id=row.pk)
    return digits
