"""The office says how a stall does business, so that the gateway can pay it."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.payments import payout_gateways
from jangteo.domains.payments.payouts_port import PayeeKind
from jangteo.domains.settlement.actions.put_payee import PayeeFacts, put_payee
from jangteo.domains.settlement.errors import BadPayee, NoPayoutGateway
from jangteo.domains.settlement.models import StallPayee
from jangteo.domains.settlement.stall_accounts import account_of
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

# The gateway's identity check goes to a mobile telephone.
_MOBILE = re.compile(r"01[016789][0-9]{7,8}")
LONGEST_EMAIL = 100


@action
def set_payee(*, market: Market, actor: Actor, stall_id: int, kind: PayeeKind, email: str, phone: str) -> StallPayee:
    """Have the stall registered, or what the gateway knows of it replaced: name, business number and account too.

    Raises NoPayoutGateway, AccountMissing, BadPayee (facts: field), Stall.DoesNotExist.
    """
    gateway = payout_gateways.chosen()
    if not gateway:
        raise NoPayoutGateway
    stall = Stall.objects.select_for_update(no_key=True).get(pk=stall_id)
    account = account_of(stall)
    facts = PayeeFacts(gateway, kind, email.strip(), phone)
    _check(stall, facts)
    payee = put_payee(account=account, facts=facts, actor=actor)
    audit.record(actor, "payee.set", f"stall:{stall.pk}")
    return payee


def _check(stall: Stall, facts: PayeeFacts) -> None:
    fine = {
        "business_number": facts.kind is PayeeKind.PERSON or bool(stall.business_number),
        "phone": bool(_MOBILE.fullmatch(facts.phone)),
        "email": len(facts.email) <= LONGEST_EMAIL and _is_email(facts.email),
    }
    for field, is_fine in fine.items():
        if not is_fine:
            raise BadPayee(field=field)


def _is_email(told: str) -> bool:
    try:
        validate_email(told)
    except ValidationError:
        return False
    return True
