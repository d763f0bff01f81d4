"""Orders that wait, the phones that could answer them, and what each stall has decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from jangteo.domains.ordering.cover import SILENT_AFTER, Family, Heard, Plan, Told, told
from jangteo.domains.ordering.models import Cover, PhoneSeen, StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.domains.people import push_senders
from jangteo.domains.people.models import Device, Role
from jangteo.domains.people.queries_push import subscriptions_of


@dataclass(frozen=True, slots=True)
class FamilyPhones:
    """How many phones of the family there are, how many are there just now, and how many ring with screens off."""

    bound: int
    heard: int
    woken: int = 0


def plan_of(stall_id: int) -> Plan:
    """What the stall has decided, or the usual plan."""
    return plans_of([stall_id]).get(stall_id, Plan())


def plans_of(stall_ids: Collection[int]) -> dict[int, Plan]:
    """Plans by stall; stalls that have decided nothing are absent."""
    covers = Cover.objects.filter(stall_id__in=stall_ids)
    return {cover.stall_id: Plan(cover.minutes, Family(cover.family)) for cover in covers}


def family_phones(stall_id: int, now: datetime) -> FamilyPhones:
    """Three queries at most, for the stall's settings."""
    bound = Device.objects.filter(stall_id=stall_id, role=Role.FAMILY, revoked_at__isnull=True).count()
    seen = _seen([stall_id], now).filter(device__role=Role.FAMILY).count()
    sends = push_senders.current() is not None
    woken = [one for one in subscriptions_of([stall_id]) if one.device.role == Role.FAMILY] if sends else []
    return FamilyPhones(bound, seen, len(woken))


def parts_to_pass_on(now: datetime) -> list[tuple[StallPart, Told]]:
    """New parts in scope whose turn is over, each with who is to be told; oldest first. Three queries at most."""
    waiting = StallPart.objects.filter(state=PartState.NEW).exclude(told=StallPart.Told.OFFICE)
    parts = list(waiting.select_related("market").order_by("pk"))
    if not parts:
        return []
    stall_ids = {part.stall_id for part in parts}
    plans, heard = plans_of(stall_ids), _heard(stall_ids, now)
    due = [
        (part, told(plans.get(part.stall_id, Plan()), heard[part.stall_id], now - part.changed_at)) for part in parts
    ]
    return [(part, whom) for part, whom in due if whom not in (Told.NOBODY, part.told)]


def _heard(stall_ids: Collection[int], now: datetime) -> dict[int, Heard]:
    roles: dict[int, set[str]] = defaultdict(set)
    for stall_id, role in _seen(stall_ids, now).values_list("stall_id", "device__role"):
        roles[stall_id].add(role)
    return {pk: Heard(owner=Role.OWNER in roles[pk], family=Role.FAMILY in roles[pk]) for pk in stall_ids}


def _seen(stall_ids: Collection[int], now: datetime) -> QuerySet[PhoneSeen]:
    seen = PhoneSeen.objects.filter(stall_id__in=stall_ids, at__gt=now - SILENT_AFTER)
    return seen.filter(device__revoked_at__isnull=True)
