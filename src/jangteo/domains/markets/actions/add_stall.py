"""A stall joins the market."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from jangteo.domains.markets.models import Kind, Market, Stall, Street
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class NewStall:
    """`code` is the 6-digit number people type; `slot` its place along the street, from 0."""

    code: str
    name: str
    kind_id: int
    street_id: int
    slot: int
    owner_name: str
    phone: str = ""
    intro: str = ""
    since: int | None = None
    opens_at: time = time(7)
    closes_at: time = time(20)
    takes_card: bool = True
    takes_onnuri: bool = False
    takes_local: bool = False


@action
def add_stall(*, market: Market, actor: Actor, new: NewStall) -> Stall:
    """Add the stall with its door open. Raises IntegrityError for a taken code or slot, DoesNotExist otherwise."""
    stall = Stall.objects.create(
        market=market,
        code=new.code,
        name=new.name,
        kind=Kind.objects.get(pk=new.kind_id),
        street=Street.objects.get(pk=new.street_id),
        slot=new.slot,
        owner_name=new.owner_name,
        phone=new.phone,
        intro=new.intro,
        since=new.since,
        opens_at=new.opens_at,
        closes_at=new.closes_at,
        takes_card=new.takes_card,
        takes_onnuri=new.takes_onnuri,
        takes_local=new.takes_local,
    )
    audit.record(actor, "stall.added", f"stall:{stall.pk}")
    return stall
