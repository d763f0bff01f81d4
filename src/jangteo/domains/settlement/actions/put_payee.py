"""Write down what the gateway is to know about a stall, and have it told."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.payments.payouts_port import PayeeKind
from jangteo.domains.settlement.actions.refuse_payee import GONE
from jangteo.domains.settlement.models import PayoutAccount, StallPayee
from jangteo.kernel import clock, ids
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit

# Toss takes 20 characters; 18 of them leave 96 bits of chance.
REF_LENGTH = 18


@dataclass(frozen=True, slots=True)
class PayeeFacts:
    """How a stall does business, and where the gateway reaches it. `phone` is digits."""

    gateway: str
    kind: PayeeKind
    email: str
    phone: str


@step
def put_payee(*, account: PayoutAccount, facts: PayeeFacts, actor: Actor) -> StallPayee:
    """The stall's row at the gateway, paid to `account` from now on; a new one where the old cannot become it."""
    payee = StallPayee.objects.select_for_update().filter(stall_id=account.stall_id, retired_at=None).first()
    if payee is not None and not _can_become(payee, facts):
        payee.retired_at = clock.now()
        payee.save(update_fields=["retired_at"])
        payee = None
    if payee is None:
        payee = StallPayee(
            market_id=account.market_id,
            stall_id=account.stall_id,
            gateway=facts.gateway,
            kind=facts.kind,
            ref=f"jt{ids.new_token()[: REF_LENGTH - 2]}",
            made_by=actor.ref,
            made_at=clock.now(),
        )
    payee.email, payee.phone, payee.account = facts.email, facts.phone, account
    payee.version += 1
    payee.refusal = ""
    payee.save()
    emit("payee.tell", key=f"payee:{payee.ref}:{payee.version}", payee_id=payee.pk, version=payee.version)
    return payee


def _can_become(payee: StallPayee, facts: PayeeFacts) -> bool:
    """A gateway answers the registration that it has refused with the same no for ever."""
    is_there = bool(payee.key) and payee.refusal != GONE
    return (is_there or not payee.refusal) and (payee.gateway, payee.kind) == (facts.gateway, facts.kind)
