"""Rebate events as desks, customers, boards and the association look at them, in the market in scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import CharField, Count, F, QuerySet, Value

from jangteo.domains.rebates.models import (
    CountedReceipt,
    HandOver,
    PaperMove,
    Payout,
    PayoutShare,
    RebateEvent,
    RebateVisit,
)
from jangteo.kernel import clock

S = RebateVisit.State
MOST_CALLED = 6
MOST_ROWS = 40
MOST_EVENTS = 30


@dataclass(frozen=True, slots=True)
class Queue:
    """Numbers of today: `called` the latest first, `waiting` and `missed` in their order; how many were `served`."""

    called: Sequence[RebateVisit]
    waiting: Sequence[RebateVisit]
    missed: Sequence[RebateVisit]
    served: int


def current_rebate(*, ahead: timedelta = timedelta(0)) -> RebateEvent | None:
    """The event of today, or with `ahead` the next within that time; with its pots."""
    today = clock.business_day(clock.now())
    rows = RebateEvent.objects.filter(ends_on__gte=today, starts_on__lte=today + ahead)
    return rows.prefetch_related("pots").order_by("starts_on", "pk").first()


def rebate_runs() -> bool:
    """Whether there is an event today. One query."""
    today = clock.business_day(clock.now())
    return RebateEvent.objects.filter(starts_on__lte=today, ends_on__gte=today).exists()


def rebate_by_id(event_id: int) -> RebateEvent:
    """With its pots. Raises RebateEvent.DoesNotExist."""
    return RebateEvent.objects.prefetch_related("pots").get(pk=event_id)


def rebates() -> list[RebateEvent]:
    """All events, the latest first."""
    return list(RebateEvent.objects.prefetch_related("pots").order_by("-starts_on", "-pk")[:MOST_EVENTS])


def queue_of(event: RebateEvent, day: date) -> Queue:
    """Two queries."""
    rows = RebateVisit.objects.filter(event=event, day=day).select_related("person")
    alive = list(rows.filter(state__in=[S.WAITING, S.CALLED, S.MISSED]).order_by("number"))
    called = sorted((row for row in alive if row.state == S.CALLED), key=lambda row: row.called_at or row.taken_at)
    return Queue(
        called=called[::-1],
        waiting=[row for row in alive if row.state == S.WAITING],
        missed=[row for row in alive if row.state == S.MISSED],
        served=rows.filter(state=S.DONE).count(),
    )


def visit_of(visit_id: int) -> RebateVisit:
    """With its event, pots and person. Raises RebateVisit.DoesNotExist."""
    return RebateVisit.objects.select_related("event", "person").prefetch_related("event__pots").get(pk=visit_id)


def visit_by_token(token: str) -> RebateVisit:
    """The same for whoever has the number. Raises RebateVisit.DoesNotExist."""
    return RebateVisit.objects.select_related("event", "person").prefetch_related("event__pots").get(token=token)


def ahead_of(visit: RebateVisit) -> int:
    """How many wait before this number."""
    if visit.state != S.WAITING:
        return 0
    rows = RebateVisit.objects.filter(event_id=visit.event_id, day=visit.day, state=S.WAITING)
    return rows.filter(number__lt=visit.number).count()


def last_payout(visit_id: int) -> Payout | None:
    """What was handed over for this number, if it was not undone."""
    rows = Payout.objects.filter(visit_id=visit_id, undoes=None, undone=None)
    return rows.prefetch_related("shares").order_by("-pk").first()


def paper_moves(event_id: int, most: int | None = MOST_ROWS) -> list[PaperMove]:
    """What went into the drawer and out of it, newest first; `most` None for all of it."""
    return list(PaperMove.objects.filter(event_id=event_id).order_by("-pk")[:most])


def hand_overs(event_id: int) -> list[HandOver]:
    """Shifts, newest first."""
    return list(HandOver.objects.filter(event_id=event_id).order_by("-pk")[:MOST_ROWS])


def soon_rows(now: datetime) -> QuerySet[RebateEvent, tuple[str, int, str, datetime, datetime, str]]:
    """(kind, id, title, starts, ends, more) of events that run now or within a week, to be united with others' rows."""
    today = clock.business_day(now)
    rows = RebateEvent.objects.filter(ends_on__gte=today, starts_on__lte=today + timedelta(days=7), stopped_at=None)
    what = Value("rebate", output_field=CharField())
    start, end = (Value(moment) for moment in clock.day_bounds(today))
    return rows.order_by().values_list(what, "pk", "name", start, end, F("place"))


def payouts_between(event_id: int, start: datetime, end: datetime) -> QuerySet[Payout]:
    """Payouts and what undid them, in their order."""
    rows = Payout.objects.filter(event_id=event_id, at__gte=start, at__lt=end)
    return rows.select_related("person", "visit").prefetch_related("shares").order_by("pk")


def people_between(event_id: int, start: datetime, end: datetime) -> dict[str, int]:
    """How many people got something that they kept, by kind, and "" for all."""
    kept = PayoutShare.objects.filter(
        payout__event_id=event_id, payout__at__gte=start, payout__at__lt=end, payout__undoes=None, payout__undone=None
    ).order_by()
    counted = dict(kept.values_list("kind").annotate(n=Count("person", distinct=True)))
    return {**counted, "": kept.aggregate(n=Count("person", distinct=True))["n"]}


def receipts_between(event_id: int, start: datetime, end: datetime) -> QuerySet[CountedReceipt]:
    """Receipts that were counted, with those that were freed again, in their order."""
    rows = CountedReceipt.objects.filter(event_id=event_id).filter(at__gte=start, at__lt=end)
    return rows.select_related("stall", "payout__person").order_by("pk")
