"""Stamps as people look at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from jangteo.domains.stamps import rules
from jangteo.domains.stamps.models import Card, Code, Programme, Stamp
from jangteo.domains.stamps.purchases import VISIT
from jangteo.domains.stamps.rules import Mark, Standing
from jangteo.kernel import clock

Kind = Stamp.Kind
ON_PURCHASE = (Kind.PUT, Kind.PAPER, Kind.SMALL)


def whose(stall_id: int | None) -> Q:
    """Programmes of a stall; None: those over the whole market."""
    return Q(stall=None) if stall_id is None else Q(stall_id=stall_id)


def running_at(stall_id: int | None) -> list[Programme]:
    """What is stamped at this stall now: its own programme, then the market's. None: only the market's."""
    here = whose(None) | whose(stall_id)
    running = Programme.objects.filter(here, stopped_at=None).select_related("stall")
    return list(running.order_by("stall_id", "pk"))


def running_now(most: int = 40) -> list[Programme]:
    """What can be collected in the market now: the market's own first, then by stall. One query."""
    running = Programme.objects.filter(stopped_at=None).select_related("stall")
    return list(running.order_by(F("stall_id").asc(nulls_first=True))[:most])


def stalls_that_stamp() -> set[int | None]:
    """Those with a programme of their own; None in it: every stall stamps the market's. One query."""
    return set(Programme.objects.filter(stopped_at=None).values_list("stall_id", flat=True))


def marks_of(cards: Collection[int]) -> dict[int, list[Mark]]:
    """What counts on these cards; what was taken back is as if it had never been. One query."""
    rows = _counting().filter(card_id__in=cards).order_by("pk").values_list("card_id", "count", "at")
    found: dict[int, list[Mark]] = defaultdict(list)
    for card_id, count, at in rows:
        found[card_id].append(Mark(count, at))
    return found


def standing_of(card: Card, programme: Programme, now: datetime) -> Standing:
    """One query."""
    return rules.standing(marks_of([card.pk]).get(card.pk, []), now, programme.valid_days)


def turn_of(programme_id: int, ref: str) -> int | None:
    """Which turn a stamp for this purchase would be; None while it has a living one."""
    rows = Stamp.objects.filter(programme_id=programme_id, purchase=ref, kind__in=ON_PURCHASE)
    undone = list(rows.order_by("turn").values_list("undone_by", flat=True))
    return None if None in undone else len(undone)


@dataclass(frozen=True, slots=True)
class Today:
    """What a card has had on this trading day; `visits` are those without a sale."""

    stamps: int
    visits: int


def today_of(card: Card, now: datetime) -> Today:
    """One query."""
    since, _until = clock.day_bounds(clock.business_day(now))
    rows = _counting().filter(card=card, kind=Kind.PUT, at__gte=since)
    visits = Count("pk", filter=Q(purchase__startswith=f"{VISIT}:"))
    found = rows.aggregate(stamps=Sum("count"), visits=visits)
    return Today(found["stamps"] or 0, found["visits"])


def last_visit_of(card: Card, stall_id: int) -> datetime | None:
    """When the person was last stamped at this stall without a sale."""
    rows = _counting().filter(card=card, stall_id=stall_id, kind=Kind.PUT, purchase__startswith=f"{VISIT}:")
    return rows.order_by("-at").values_list("at", flat=True).first()


def was_stamped_here(user_id: int, stall_id: int, now: datetime) -> bool:
    """Whether the stall has stamped the person by hand for the visit that is going on."""
    rows = _counting().filter(card__user_id=user_id, stall_id=stall_id, kind=Kind.PUT)
    return rows.filter(purchase__startswith=f"{VISIT}:", at__gt=now - rules.VISIT_GAP).exists()


@dataclass(frozen=True, slots=True)
class CardView:
    """A card with what is on it. `marks` are the moments of its living stamps, oldest first."""

    card: Card
    programme: Programme
    standing: Standing
    rewards: int

    @property
    def live(self) -> int:
        return self.standing.live

    @property
    def missing(self) -> int:
        return max(0, self.programme.need - self.live)

    @property
    def is_stopped(self) -> bool:
        return self.programme.stopped_at is not None


def cards_of(user_id: int) -> list[CardView]:
    """Everything a person collects in this market, the stalls of the last stamp first. Two queries."""
    cards = list(Card.objects.filter(user_id=user_id).select_related("programme__stall").order_by("-pk"))
    return _viewed(cards)


def _viewed(cards: list[Card]) -> list[CardView]:
    marks, now = marks_of([card.pk for card in cards]), clock.now()
    views = []
    for card in cards:
        held = marks.get(card.pk, [])
        spent = sum(-mark.count for mark in held if mark.count < 0)
        found = rules.standing(held, now, card.programme.valid_days)
        views.append(CardView(card, card.programme, found, spent // max(1, card.programme.need)))
    return [view for view in views if view.live or not view.is_stopped]


@dataclass(frozen=True, slots=True)
class AtStall:
    """What a stall's screen says: stamps of today, people who collect, regulars among them, rewards given."""

    today: int
    people: int
    regulars: int
    rewards: int


def stamps_at(stall_id: int, now: datetime) -> AtStall:
    """Two queries."""
    since, _until = clock.day_bounds(clock.business_day(now))
    here = _counting().filter(stall_id=stall_id, kind__in=(Kind.PUT, Kind.PAPER))
    own = Stamp.objects.filter(programme__stall_id=stall_id, kind=Kind.REWARD)
    told = here.aggregate(today=Sum("count", filter=Q(at__gte=since)), people=Count("card__user", distinct=True))
    return AtStall(told["today"] or 0, told["people"], len(regulars_of(stall_id, now)), own.count())


def regulars_of(stall_id: int, now: datetime) -> list[int]:
    """Who was stamped at this stall on enough days lately: numbers of accounts. One query."""
    rows = _counting().filter(stall_id=stall_id, kind=Kind.PUT, at__gte=now - rules.REGULAR_WITHIN)
    days = rows.values("card__user").annotate(days=Count(TruncDate("at", tzinfo=clock.KST), distinct=True))
    return [row["card__user"] for row in days.filter(days__gte=rules.REGULAR_DAYS).order_by("card__user")]


@dataclass(frozen=True, slots=True)
class PutView:
    """One putting as the stall's list shows it."""

    at: datetime
    count: int
    phone: str
    kind: str
    programme_id: int


def today_at(stall_id: int, now: datetime, most: int = 30) -> list[PutView]:
    """What was stamped at a stall today, newest first. One query."""
    since, _until = clock.day_bounds(clock.business_day(now))
    rows = _counting().filter(stall_id=stall_id, kind__in=(Kind.PUT, Kind.PAPER), at__gte=since)
    rows = rows.select_related("card__user").order_by("-pk")[:most]
    return [PutView(row.at, row.count, row.card.user.phone or "", row.kind, row.programme_id) for row in rows]


def put_for(ref: str, stall_id: int) -> list[Stamp]:
    """Living stamps for a purchase at a stall, with their cards and people."""
    rows = Stamp.objects.filter(purchase=ref, stall_id=stall_id, kind__in=(Kind.PUT, Kind.PAPER), undone_by=None)
    return list(rows.select_related("card__user", "programme__stall").order_by("pk"))


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme with what came of it, for the office."""

    programme: Programme
    people: int
    stamps: int
    rewards: int


def all_programmes() -> list[ProgrammeView]:
    """Every programme of the market, running ones first. Two queries."""
    programmes = list(Programme.objects.select_related("stall").order_by("stopped_at", "pk"))
    programmes.sort(key=lambda one: (one.stopped_at is not None, one.stall_id is not None, one.pk))
    counted = _sums()
    return [ProgrammeView(one, *counted.get(one.pk, (0, 0, 0))) for one in programmes]


def _sums() -> dict[int, tuple[int, int, int]]:
    people, stamps = Count("card", distinct=True), Sum("count", filter=Q(count__gt=0))
    given = Count("pk", filter=Q(kind=Kind.REWARD))
    rows = _counting().values("programme_id").annotate(people=people, stamps=stamps, given=given)
    return {row["programme_id"]: (row["people"], row["stamps"] or 0, row["given"]) for row in rows}


def living_code(token: str) -> Code | None:
    """The code of a stall behind a scanned address, with its stall; None when used up or too old."""
    live = Code.objects.filter(token=token, used_at=None, expires_at__gt=clock.now(), stall__isnull=False)
    return live.select_related("stall").first()


def code_by_digits(digits: str) -> Code | None:
    """The same by the number beside it."""
    live = Code.objects.filter(digits=digits, used_at=None, expires_at__gt=clock.now(), stall__isnull=False)
    return live.select_related("stall").first()


def shown_by_stall(code_id: int, stall_id: int) -> Code:
    """A code that the stall holds out, used or not. Raises Code.DoesNotExist."""
    return Code.objects.get(pk=code_id, stall_id=stall_id)


def shown_code(user_id: int) -> Code | None:
    """The digits that a customer's page shows now."""
    return Code.objects.filter(user_id=user_id, used_at=None, expires_at__gt=clock.now()).order_by("-pk").first()


def _counting() -> QuerySet[Stamp]:
    return Stamp.objects.filter(undone_by=None).exclude(kind__in=(Kind.BACK, Kind.SMALL))
