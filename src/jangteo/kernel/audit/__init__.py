"""Who did what, kept for people to read. Rows are written beside the change and never altered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jangteo.kernel import clock
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
    """Who acts. `ref` names the account, device or job ("device:12"); never a phone number or a name."""

    kind: ActorKind
    ref: str


SYSTEM = Actor(ActorKind.SYSTEM, "jangteo")


def record(actor: Actor, code: str, subject: str, **facts: str | int) -> None:
    """Write one audit row in the running transaction.

    `code` is dotted ("order.placed"), `subject` names the thing ("order:12"); facts carry no personal data.
    """
    AuditRow.objects.create(
        market_id=scope_market_id(),
        at=clock.now(),
        actor_kind=actor.kind,
        actor_ref=actor.ref,
        code=code,
        subject=subject,
        facts=facts,
    )
