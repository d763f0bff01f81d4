"""A person's data came onto a screen."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.markets.models import Market
from jangteo.domains.regulars.errors import ReasonMissing
from jangteo.domains.regulars.privacy_models import Look
from jangteo.domains.regulars.rules import LOOK_AGAIN, is_reason
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen ("order"), whose ("order:12"), of how many people, and why where a reason is asked."""

    what: str
    subject: str
    people: int = 1
    reason: str = ""
    asks_reason: bool = False


@action
def note_look(*, market: Market, actor: Actor, seen: Seen, from_address: str) -> None:
    """Write it down: with a reason every time, else once an hour. Raises ReasonMissing.

    One statement: pages wait for it.
    """
    reason = " ".join(seen.reason.split())
    if seen.asks_reason and not is_reason(reason):
        raise ReasonMissing
    moment = clock.now()
    hour = int(moment.timestamp() // LOOK_AGAIN.total_seconds())
    slot = None if reason else f"{actor.ref}|{actor.for_ref}|{seen.what}|{seen.subject}|{hour}"
    row = Look(
        market=market,
        actor_kind=actor.kind,
        actor_ref=actor.ref,
        for_ref=actor.for_ref,
        from_address=from_address,
        what=seen.what,
        subject=seen.subject,
        people=seen.people,
        reason=reason,
        slot=slot,
        at=moment,
    )
    Look.objects.bulk_create([row], ignore_conflicts=True)
