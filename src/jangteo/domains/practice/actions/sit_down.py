"""Somebody begins to practise in a copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import Device
from jangteo.domains.practice.models import Sitting
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

# The first customer comes while one is still looking around.
FIRST_CUSTOMER = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Seat:
    """What the device is in the copy: `role` "" for shoppers, who have none; `stall_id` is the copy's."""

    face: str
    role: str = ""
    stall_id: int | None = None


@dataclass(frozen=True, slots=True)
class Seated:
    """The sitting, and the secret that the device comes back with, "" for shoppers."""

    sitting: Sitting
    secret: str


@action
def sit_down(*, market: Market, actor: Actor, seat: Seat) -> Seated:
    """Bind a device of the copy's own, or let shoppers in, who share one sitting. `market` is the copy."""
    # One at a time, so that shoppers get one sitting.
    market = Market.objects.select_for_update(no_key=True).get(pk=market.pk)
    moment, secret = clock.now(), ids.new_token() if seat.role else ""
    device = None
    if secret:
        device = Device.objects.create(
            market=market,
            stall_id=seat.stall_id,
            role=seat.role,
            secret_digest=ids.token_digest(secret),
            bound_at=moment,
        )
        audit.record(actor, "device.bound", f"device:{device.pk}", role=seat.role)
    sitting, _is_new = Sitting.objects.update_or_create(
        market=market,
        device=device,
        defaults={
            "face": Sitting.Face(seat.face),
            "began_at": moment,
            "seen_at": moment,
            "next_at": moment + FIRST_CUSTOMER,
            "ended_at": None,
        },
    )
    audit.record(actor, "practice.begun", f"market:{market.pk}")
    return Seated(sitting, secret)
