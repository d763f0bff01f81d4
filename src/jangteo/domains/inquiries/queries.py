"""Inquiries as their customers, stalls and the association look at them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, QuerySet

from jangteo.domains.inquiries.models import ClaimLine, Inquiry, Said
from jangteo.domains.inquiries.rules import Verdict, Why, strictest, verdict
from jangteo.domains.inquiries.states import InquiryState
from jangteo.kernel import clock
from jangteo.kernel.tenancy import whole_market


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many a stall has to answer; the newest is `newest` (0 for none), so that each is told once."""

    count: int
    newest: int


def waiting_at(stall_id: int) -> Waiting:
    """One statement."""
    rows = Inquiry.objects.filter(stall_id=stall_id, state=InquiryState.WAITING).order_by("-changed_at")
    newest = list(rows.values_list("pk", flat=True)[:100])
    return Waiting(len(newest), newest[0] if newest else 0)


def inquiry_by_token(token: str) -> Inquiry | None:
    """With everything that was said."""
    return _full().filter(token=token).first()


def inquiries_by_tokens(tokens: Collection[str], user_id: int | None) -> list[Inquiry]:
    """A customer's own, latest word first: of this browser, and of the account. Three statements at most."""
    found = {row.pk: row for row in _listed().filter(token__in=tokens)} if tokens else {}
    if user_id is not None:
        found |= {row.pk: row for row in _listed().filter(user_id=user_id).order_by("-pk")[:50]}
    return sorted(found.values(), key=lambda row: row.changed_at, reverse=True)


def inquiry_at(inquiry_id: int) -> Inquiry:
    """One of those in scope, with everything that was said. Raises Inquiry.DoesNotExist."""
    return _full().get(pk=inquiry_id)


def inquiries_at(stall_id: int, most: int = 60) -> list[Inquiry]:
    """The stall's inbox: what waits first, the longest first; then the rest, latest first. Two statements."""
    rows = _listed().filter(stall_id=stall_id)
    waiting = rows.filter(state=InquiryState.WAITING).order_by("due_at", "pk")[:most]
    return [*waiting, *rows.exclude(state=InquiryState.WAITING).order_by("-changed_at")[:most]]


def inquiries_late(now: datetime, most: int = 30) -> list[Inquiry]:
    """What waits too long for its stall, the longest first. Two statements."""
    return list(_listed().filter(state=InquiryState.WAITING, due_at__lt=now).order_by("due_at", "pk")[:most])


def inquiries_of_market(*, open_only: bool, before: int = 0, most: int = 50) -> list[Inquiry]:
    """For the association: what waits, most urgent first, or all of them, newest first."""
    if open_only:
        return list(_listed().filter(state=InquiryState.WAITING).order_by("due_at", "pk")[:most])
    rows = _listed().filter(pk__lt=before) if before else _listed()
    return list(rows.order_by("-pk")[:most])


def verdict_on(inquiry: Inquiry) -> Verdict:
    """Whether the stall owes the money of a claim back, by the goods, the reason and the time."""
    if inquiry.part is None:
        return Verdict.MAY_FRESH
    with whole_market():
        kinds = ClaimLine.objects.filter(inquiry=inquiry).values_list("line__good__kind__key", flat=True)
        why, handed_at, now = Why(inquiry.why), inquiry.part.changed_at, clock.now()
        return strictest([verdict(why, kind, handed_at, now) for kind in kinds] or [Verdict.MAY_FRESH])


def open_claims_of_parts(parts: Collection[int]) -> list[Inquiry]:
    """Everything that was asked about these parts of an order. Two statements."""
    return list(_listed().filter(part_id__in=parts).order_by("-pk"))


def counts_by_state() -> dict[str, int]:
    rows = Inquiry.objects.order_by().values_list("state").annotate(Count("pk"))
    return {state: count for state, count in rows}


def _listed() -> QuerySet[Inquiry]:
    first = Prefetch("said", Said.objects.order_by("pk"))
    return Inquiry.objects.select_related("stall", "good", "part__order").prefetch_related(first)


def _full() -> QuerySet[Inquiry]:
    said = Prefetch("said", Said.objects.order_by("pk").prefetch_related("photos"))
    claimed = Prefetch("claimed", ClaimLine.objects.select_related("line"))
    return Inquiry.objects.select_related("stall", "good", "part__order").prefetch_related(said, claimed)
