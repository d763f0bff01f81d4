"""Whether the gateway can pay a stall, and what is missing until it can."""

from __future__ import annotations

from enum import StrEnum

from jangteo.domains.markets.models import Stall
from jangteo.domains.payments.payouts_port import (
    LARGEST_LIMITED_WON,
    LARGEST_PAYOUT_WON,
    NewPayee,
    PayeeKind,
    PayeeState,
)
from jangteo.domains.payments.ports import BankAccount
from jangteo.domains.settlement.models import PayoutAccount, StallPayee


class Standing(StrEnum):
    """What keeps a stall from being paid, the first thing to be done first."""

    NO_ACCOUNT = "no_account"
    NOT_REGISTERED = "not_registered"
    REFUSED = "refused"
    BEING_TOLD = "being_told"
    UNIDENTIFIED = "unidentified"
    HELD = "held"
    TOO_MUCH = "too_much"
    READY = "ready"


_BY_STATE = {
    StallPayee.State.NEW: Standing.BEING_TOLD,
    StallPayee.State.UNIDENTIFIED: Standing.UNIDENTIFIED,
    StallPayee.State.HELD: Standing.HELD,
}


def standing(payee: StallPayee | None, account: PayoutAccount | None, won: int = 0) -> Standing:
    """Where a stall with this confirmed account stands when it is to get this much."""
    if account is None:
        return Standing.NO_ACCOUNT
    if payee is None:
        return Standing.NOT_REGISTERED
    if payee.refusal:
        return Standing.REFUSED
    if payee.told_version < payee.version or payee.account_id != account.pk:
        return Standing.BEING_TOLD
    most_won = LARGEST_LIMITED_WON if payee.state == PayeeState.LIMITED else LARGEST_PAYOUT_WON
    otherwise = Standing.TOO_MUCH if won > most_won else Standing.READY
    return _BY_STATE.get(StallPayee.State(payee.state), otherwise)


def as_registered(payee: StallPayee, stall: Stall) -> NewPayee:
    """What the gateway is told about the stall now."""
    kind, account = PayeeKind(payee.kind), payee.account
    return NewPayee(
        ref=payee.ref,
        kind=kind,
        name=stall.owner_name if kind is PayeeKind.PERSON else stall.name,
        representative=stall.owner_name,
        business_number="" if kind is PayeeKind.PERSON else stall.business_number,
        email=payee.email,
        phone=payee.phone,
        account=BankAccount(account.bank_code, account.number, account.holder),
    )
