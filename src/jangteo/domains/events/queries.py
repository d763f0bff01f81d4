"""Events and flash sales as people look at them, in the market in scope."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Count, F, Q, QuerySet, Sum, Value

from jangteo.domains.catalog.models import Good
from jangteo.domains.events.models import Event, FlashSale, SignUp, SignUpNotice
from jangteo.domains.events.notices import is_reminded_now
from jangteo.kernel import clock

MOST_SHOWN = 60
MOST_SIGN_UPS = 500
# So long an event that is over can still be found.
SEEN_AFTER = timedelta(days=14)
ALIVE = (FlashSale.State.COMING, FlashSale.State.ON)


@dataclass(frozen=True, slots=True)
class Counted:
    """People with a place, people who wait."""

    coming: int
    waiting: int


def events_ahead() -> list[Event]:
    """What customers may know of that is not over, the next first; called off ones as well, so that nobody comes."""
    rows = Event.objects.exclude(state=Event.State.DRAFT).filter(ends_at__gt=clock.now())
    return list(rows.order_by("starts_at", "pk")[:MOST_SHOWN])


def shown_event(event_id: int) -> Event:
    """One that customers may see, with its stalls. Raises Event.DoesNotExist."""
    rows = Event.objects.exclude(state=Event.State.DRAFT).filter(ends_at__gt=clock.now() - SEEN_AFTER)
    return rows.prefetch_related("stalls__street").get(pk=event_id)


def office_events() -> list[Event]:
    """All of them, drafts too, the latest first."""
    return list(Event.objects.order_by("-starts_at", "-pk")[:MOST_SHOWN])


def office_event(event_id: int) -> Event:
    """Raises Event.DoesNotExist."""
    return Event.objects.prefetch_related("stalls").get(pk=event_id)


def event_titles(event_ids: Collection[int]) -> dict[int, str]:
    """One query, none for none."""
    return dict(Event.objects.filter(pk__in=event_ids).values_list("pk", "title")) if event_ids else {}


def sign_ups_of(event_id: int) -> list[SignUp]:
    """Those who come and those who wait, in their order."""
    rows = SignUp.objects.filter(event_id=event_id).exclude(state=SignUp.State.CANCELLED)
    return list(rows.order_by("state", "pk")[:MOST_SIGN_UPS])


def counted(event_id: int) -> Counted:
    """How many people, not how many sign-ups."""
    sums = SignUp.objects.filter(event_id=event_id).aggregate(
        coming=Sum("people", filter=Q(state=SignUp.State.IN)),
        waiting=Sum("people", filter=Q(state=SignUp.State.WAITING)),
    )
    return Counted(sums["coming"] or 0, sums["waiting"] or 0)


def events_to_remind_of() -> list[Event]:
    """Those of the scope that are tomorrow, once it is time to say so."""
    now = clock.now()
    rows = Event.objects.filter(state=Event.State.SHOWN, starts_at__gt=now, starts_at__lt=now + timedelta(days=2))
    return [event for event in rows.select_related("market").order_by("pk") if is_reminded_now(event, now)]


def not_reached(event_id: int) -> dict[int, str]:
    """By sign-up, what people could not be told last: they are to be called."""
    rows = SignUpNotice.objects.filter(sign_up__event_id=event_id, state=SignUpNotice.State.LOST)
    return dict(rows.order_by("pk").values_list("sign_up_id", "about"))


def sign_up_by_token(token: str) -> SignUp:
    """With its event. Raises SignUp.DoesNotExist."""
    return SignUp.objects.select_related("event").get(token=token)


def place_in_line(row: SignUp) -> int:
    """1 for whoever waits longest, 0 for whoever does not wait."""
    if row.state != SignUp.State.WAITING:
        return 0
    ahead = SignUp.objects.filter(event_id=row.event_id, state=SignUp.State.WAITING, pk__lt=row.pk)
    return int(ahead.aggregate(n=Count("pk"))["n"]) + 1


def due_flashes() -> list[int]:
    """Those that begin or end now, or whose goods are sold out."""
    now = clock.now()
    begins = Q(state=FlashSale.State.COMING, starts_at__lte=now)
    sold_out = Q(state=FlashSale.State.ON) & ~Q(good__state=Good.State.ON_SALE)
    rows = FlashSale.objects.filter(Q(state__in=ALIVE, ends_at__lte=now) | begins | sold_out)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def flashes(stall_id: int | None = None) -> list[FlashSale]:
    """Those that are on or come, with goods and stalls, by their time."""
    rows = FlashSale.objects.filter(state__in=ALIVE, ends_at__gt=clock.now())
    if stall_id is not None:
        rows = rows.filter(stall_id=stall_id)
    return list(rows.select_related("good", "stall").order_by("starts_at", "pk")[:MOST_SHOWN])


def flash_of_batch(batch: str) -> list[FlashSale]:
    """Every row of it, whatever became of them."""
    return list(FlashSale.objects.filter(batch=batch).select_related("good").order_by("pk"))


def sellable_goods(stall_id: int) -> list[Good]:
    """What a stall can let go for less: on sale at a price, and not in a flash sale already."""
    busy = FlashSale.objects.filter(state__in=ALIVE, stall_id=stall_id)
    rows = Good.objects.filter(stall_id=stall_id, state=Good.State.ON_SALE).exclude(price_life=Good.PriceLife.ASKED)
    holds = Q(price_until=None) | Q(price_until__gt=clock.now())
    return list(rows.filter(holds).exclude(pk__in=busy.values("good_id")).order_by("position", "pk"))


def soon_rows(now: datetime) -> QuerySet[Event, tuple[str, int, str, datetime, datetime, str]]:
    """(kind, id, title, starts, ends, more) of what goes on today or within a week, to be united with others' rows."""
    rows = Event.objects.filter(state=Event.State.SHOWN, ends_at__gt=now, starts_at__lt=now + timedelta(days=7))
    what = Value("event", output_field=CharField())
    return rows.order_by().values_list(what, "pk", "title", "starts_at", "ends_at", F("place"))


def flash_rows(now: datetime) -> QuerySet[FlashSale, tuple[str, int, str, datetime, datetime, str]]:
    """The same of flash sales that are on or begin today."""
    rows = FlashSale.objects.filter(state__in=ALIVE, ends_at__gt=now, starts_at__lt=clock.day_bounds(clock.today())[1])
    what = Value("flash", output_field=CharField())
    return rows.order_by().values_list(what, "good_id", "good__name", "starts_at", "ends_at", F("stall__name"))


def flash_goods(good_ids: Collection[int]) -> dict[int, FlashSale]:
    """Flash sales that are on, by good."""
    rows = FlashSale.objects.filter(state=FlashSale.State.ON, good_id__in=good_ids) if good_ids else ()
    return {row.good_id: row for row in rows}
