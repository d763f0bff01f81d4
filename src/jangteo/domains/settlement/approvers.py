"""Whose yes counts when money is released: two devices of the association, each a manager's and still in use."""

from __future__ import annotations

from collections.abc import Iterable

from jangteo.domains.people.models import Device, Role
from jangteo.domains.settlement.errors import NotApprover
from jangteo.kernel.audit import Actor, ActorKind

DEVICE = "device:"


def check_approver(actor: Actor) -> None:
    """Raises NotApprover for whoever is not a manager: helpers, stalls, programs, and a device that was shut out."""
    if actor.kind != ActorKind.STAFF or not still_counting([actor.ref]):
        raise NotApprover


def still_counting(refs: Iterable[str]) -> list[str]:
    """Of those who said yes, the ones whose yes holds: that of a lost phone ends when the phone is shut out.

    A manager who is not known by a device is known by name.
    """
    named = list(refs)
    devices = Device.objects.in_bulk({int(ref.removeprefix(DEVICE)) for ref in named if _is_device(ref)})
    shut = {f"{DEVICE}{row.pk}" for row in devices.values() if row.revoked_at is not None or row.role != Role.MANAGER}
    return [ref for ref in named if ref not in shut]


def _is_device(ref: str) -> bool:
    return ref.startswith(DEVICE) and ref.removeprefix(DEVICE).isdigit()
