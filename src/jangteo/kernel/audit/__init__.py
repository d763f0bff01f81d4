"""Who did what, kept for people to read. Rows are written beside the change and never altered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jangteo.kernel import clock
from jangteo.kernel.errors import Refused
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import scope_market_id


class ActorKind(StrEnum):
    CUSTOMER = "customer"
    STALL = "stall"
    STAFF = "staff"
    HELPER = "helper"
    PROGRAM = "program"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `ref` names the account, device or job ("device:12"); never a phone number or a name.

    `for_ref` names the stall ("stall:7") that a helper acts for with its consent, "" for whoever acts for themselves.
    """

    kind: ActorKind
    ref: str
    for_ref: str = ""


class NeverForAnother(Refused):
    """What people do themselves or not at all: their account, their money, who may come in."""

    code = "audit.never_for_another"


SYSTEM = Actor(ActorKind.SYSTEM, "jangteo")


def in_person(actor: Actor) -> None:
    """Raises NeverForAnother for somebody who acts for another."""
    if actor.for_ref:
        raise NeverForAnother


def record(actor: Actor, code: str, subject: str, **facts: str | int) -> None:
    """Write one audit row in the running transaction.

    `code` is dotted ("order.placed"), `subject` names the thing ("order:12"); facts carry no personal data.
    """
    AuditRow.objects.create(
        market_id=scope_market_id(),
        at=clock.now(),
        actor_kind=actor.kind,
        actor_ref=actor.ref,
        for_ref=actor.for_ref,
        code=code,
        subject=subject,
        facts=facts,
    )
