"""What is to be gathered, what is here, what is still missing, in the market in scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from jangteo.domains.catalog.models import Good
from jangteo.domains.delivery.models import Seat, Wave
from jangteo.domains.hub.models import HubPlan, KeepRule, Missing, Outcome, Parcel, Pick, Tour
from jangteo.domains.hub.rules import digits_of
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.states import PART_IS_AT_WORK, OrderState, PartState
from jangteo.kernel import clock

# So long before a wave leaves, and before a customer comes, their goods are fetched.
WAVE_LEAD = timedelta(hours=2)
SHELF_LEAD = timedelta(minutes=90)
USUAL_HOURS = 4
MOST_PARTS = 400
MOST_FOUND = 20
DIGITS = 6


@dataclass(frozen=True, slots=True)
class AtHub:
    """An order that is gathered: its parcel (None as long as nothing is here) and the stalls that are missing."""

    order: Order
    parcel: Parcel | None
    missing: list[Stall]
    seat: Seat | None = None

    @property
    def is_ready(self) -> bool:
        return self.parcel is not None and self.parcel.ready_at is not None


@dataclass(frozen=True, slots=True)
class Stop:
    """One stall of a tour with its parts in scope; LATER ones came round again."""

    stall: Stall
    picks: list[Pick]


def plan_now() -> HubPlan | None:
    """How the market gathers, None where it does not."""
    return HubPlan.objects.select_related("street").filter(is_on=True).first()


def any_plan() -> HubPlan | None:
    """The same, also switched off."""
    return HubPlan.objects.select_related("street").first()


def gathers(plan: HubPlan, order: Order) -> bool:
    """Whether the order comes to the hub: brought by a wave, or of several stalls, paid ahead and fetched here."""
    return gathered(plan).filter(pk=order.pk).exists()


def gathered(plan: HubPlan) -> QuerySet[Order]:
    """Orders under way that come to the hub."""
    seats = Seat.objects.filter(freed_at=None).values("order_id")
    brought = Q(fulfil=Order.Fulfil.DELIVER, pk__in=seats)
    # Stalls that dropped out count: their customer was told of the shelf.
    counts = Count("parts", filter=Q(parts__is_fee=False))
    orders = Order.objects.filter(state=OrderState.PLACED).alias(stalls=counts)
    if not plan.shelves:
        return orders.filter(brought)
    fetched = Q(fulfil=Order.Fulfil.PICKUP, tender=Order.Tender.CARD, stalls__gt=1)
    return orders.filter(brought | fetched)


def gathered_of(order_ids: Collection[int]) -> tuple[str, set[int]]:
    """Who brings orders to the hub ("" where nothing is gathered), and which of these come there."""
    plan = plan_now() if order_ids else None
    if plan is None:
        return "", set()
    return plan.brings, set(gathered(plan).filter(pk__in=order_ids).values_list("pk", flat=True))


def soon(plan: HubPlan, now: datetime) -> QuerySet[Order]:
    """Those of them whose wave leaves, or whose customer comes, before long."""
    waves = Wave.objects.filter(Q(starts_at__lte=now + WAVE_LEAD) | Q(cut_off_at__lte=now), ends_at__gt=now)
    seats = Seat.objects.filter(freed_at=None, wave__in=waves).values("order_id")
    fetched = Q(fulfil=Order.Fulfil.PICKUP, wanted_at__lte=now + SHELF_LEAD)
    return gathered(plan).filter(Q(pk__in=seats) | fetched)


def due_parts(plan: HubPlan, now: datetime) -> list[StallPart]:
    """Parts ready or soon ready that nobody is on the way for, with their stalls and streets. One statement."""
    asked = StallPart.objects.filter(order__in=soon(plan, now), state__in=[PartState.ACCEPTED, PartState.READY])
    left = asked.exclude(pk__in=Pick.objects.values("part_id"))
    return list(left.select_related("stall__street").order_by("pk")[:MOST_PARTS])


def is_complete(order: Order) -> bool:
    """Every part that is still to be had is here, and no missing good waits for an answer."""
    return not missing_stalls([order.pk]).get(order.pk)


def missing_stalls(order_ids: Collection[int]) -> dict[int, list[Stall]]:
    """Stalls of which something is still to come, by order. Two statements."""
    got = Pick.objects.filter(state=Pick.State.GOT).values("part_id")
    parts = StallPart.objects.filter(order_id__in=order_ids, state__in=PART_IS_AT_WORK).exclude(pk__in=got)
    asked = Missing.objects.filter(order_id__in=order_ids, outcome=None).values_list("line__part_id", flat=True)
    more = StallPart.objects.filter(order_id__in=order_ids, pk__in=asked, state__in=PART_IS_AT_WORK)
    found: dict[int, dict[int, Stall]] = defaultdict(dict)
    for part in (parts | more).distinct().select_related("stall").order_by("stall__street__position", "stall__slot"):
        found[part.order_id][part.stall_id] = part.stall
    return {order_id: list(stalls.values()) for order_id, stalls in found.items()}


def next_wave(now: datetime) -> Wave | None:
    """The one that leaves next, or is out."""
    return Wave.objects.filter(ends_at__gt=now, taken__gt=0).order_by("starts_at", "pk").first()


def orders_of_wave(wave_id: int) -> list[AtHub]:
    """By order number; those that are over are left out. Four statements."""
    seats = {seat.order_id: seat for seat in Seat.objects.filter(wave_id=wave_id, freed_at=None)}
    orders = Order.objects.filter(pk__in=seats, state=OrderState.PLACED).order_by("day", "number")
    return _at_hub(orders, seats)


def shelf_orders(plan: HubPlan, now: datetime) -> list[AtHub]:
    """What is fetched here today and not yet. Three statements, none without a shelf."""
    if not plan.shelves:
        return []
    return _at_hub(soon(plan, now).filter(fulfil=Order.Fulfil.PICKUP).order_by("day", "number"), {})


def order_at_hub(order_id: int) -> AtHub:
    """Raises Order.DoesNotExist."""
    seats = {seat.order_id: seat for seat in Seat.objects.filter(order_id=order_id, freed_at=None)}
    return _at_hub(Order.objects.filter(pk=order_id), seats, must=order_id)[0]


def _at_hub(rows: Iterable[Order], seats: dict[int, Seat], must: int | None = None) -> list[AtHub]:
    orders = list(rows)
    if must is not None and not orders:
        raise Order.DoesNotExist
    parcels = {parcel.order_id: parcel for parcel in Parcel.objects.filter(order__in=orders)}
    missing = missing_stalls([order.pk for order in orders])
    return [AtHub(one, parcels.get(one.pk), missing.get(one.pk, []), seats.get(one.pk)) for one in orders]


def parts_at_hub(order_id: int) -> list[tuple[StallPart, Pick | None]]:
    """Along the streets, what has been got and what has not."""
    picks = {pick.part_id: pick for pick in Pick.objects.filter(order_id=order_id)}
    rows = StallPart.objects.filter(order_id=order_id).exclude(state=PartState.CANCELLED).select_related("stall")
    parts = rows.prefetch_related("lines").order_by("stall__street__position", "stall__slot")
    return [(part, picks.get(part.pk)) for part in parts]


def open_tours() -> list[Tour]:
    """Those with something still to fetch, the oldest first."""
    left = Pick.objects.exclude(state=Pick.State.GOT).filter(part__state__in=PART_IS_AT_WORK)
    return list(Tour.objects.filter(pk__in=left.values("tour_id")).order_by("pk"))


def stops_of(tour_id: int) -> list[Stop]:
    """What is left of a tour in walking order, a stall at a time; what is over is left out. Two statements."""
    left = Pick.objects.filter(tour_id=tour_id, part__state__in=PART_IS_AT_WORK).exclude(state=Pick.State.GOT)
    rows = left.select_related("stall__street", "order", "part").prefetch_related("part__lines")
    stops: list[Stop] = []
    for pick in rows.order_by("position", "pk"):
        if stops and stops[-1].stall.pk == pick.stall_id:
            stops[-1].picks.append(pick)
        else:
            stops.append(Stop(pick.stall, [pick]))
    return stops


def tour_counts(tour_id: int) -> tuple[int, int]:
    """Parts got, and parts in all that were not called off."""
    rows = Pick.objects.filter(tour_id=tour_id)
    got = rows.filter(state=Pick.State.GOT).count()
    return got, got + rows.exclude(state=Pick.State.GOT).filter(part__state__in=PART_IS_AT_WORK).count()


def last_tour_at() -> datetime | None:
    """When the newest was made."""
    tour = Tour.objects.order_by("-pk").first()
    return None if tour is None else tour.made_at


def last_got(tour_id: int) -> Pick | None:
    """What was got last, to be taken back."""
    rows = Pick.objects.filter(tour_id=tour_id, state=Pick.State.GOT, part__state__in=PART_IS_AT_WORK)
    return rows.select_related("stall", "order").order_by("-changed_at", "-pk").first()


def unanswered() -> list[Missing]:
    """Missing goods that wait for somebody to decide, the oldest first."""
    rows = Missing.objects.filter(outcome=None, line__part__state__in=PART_IS_AT_WORK)
    return list(rows.select_related("order", "stall", "line").order_by("pk"))


def missing_by_id(missing_id: int) -> Missing:
    """Raises Missing.DoesNotExist."""
    return Missing.objects.select_related("order", "stall", "line__good", "outcome").get(pk=missing_id)


def missing_of(order_id: int) -> list[Missing]:
    """Of one order, each with its outcome or none, as they were noted. One statement."""
    return list(Missing.objects.filter(order_id=order_id).select_related("outcome", "stall").order_by("pk"))


def missing_on(line_ids: Collection[int]) -> dict[int, Missing]:
    """By line, each with its outcome or none. One statement."""
    rows = Missing.objects.filter(line_id__in=line_ids).select_related("outcome")
    return {missing.line_id: missing for missing in rows}


def stand_ins(missing: Missing) -> list[Good]:
    """Goods of the stall that may take the place, the nearest in price first."""
    line = missing.line
    goods = Good.objects.filter(stall_id=missing.stall_id, kind_id=line.good.kind_id, state=Good.State.ON_SALE)
    fitting = [good for good in goods if may_stand_in(good, line)]
    each = missing.won // line.quantity
    return sorted(fitting, key=lambda good: (abs(good.price_won - each), good.pk))[:MOST_FOUND]


def may_stand_in(good: Good, line: Line) -> bool:
    """By the piece, on sale, of the same stall, kind and tax: what money may pay for does not change with it."""
    return (
        good.pk != line.good_id
        and (good.stall_id, good.kind_id, good.tax) == (line.stall_id, line.good.kind_id, line.tax)
        and good.state == Good.State.ON_SALE
        and not good.is_weighed
        and not good.asks_price
        and not good.price_ended(clock.now())
    )


def parcel_of(order_id: int) -> Parcel | None:
    """One statement."""
    return Parcel.objects.filter(order_id=order_id).first()


def parcels_of(order_ids: Collection[int]) -> dict[int, Parcel]:
    """By order: boxes, cold, fragile, ready or not. One statement."""
    return {parcel.order_id: parcel for parcel in Parcel.objects.filter(order_id__in=order_ids)}


def find_waiting(text: str) -> list[Parcel]:
    """Parcels on the shelf by the order's number, its shelf number, the last digits of the phone, or the six digits."""
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    if not digits or len(digits) > 11:
        return []
    fits = Q(order__phone__endswith=digits) if len(digits) > 3 else Q(order__number=int(digits)) | Q(shelf=int(digits))
    return _waiting(fits | Q(pk__in=_with_digits(digits)))


def _with_digits(digits: str) -> list[int]:
    """Parcels on the shelf whose customers say these six digits."""
    if len(digits) != DIGITS:
        return []
    rows = Parcel.objects.filter(given_at=None, order__state=OrderState.PLACED, order__fulfil=Order.Fulfil.PICKUP)
    tokens = rows.values_list("pk", "order__token").order_by("-pk")[:MOST_PARTS]
    return [pk for pk, token in tokens if digits_of(token) == digits]


def waiting_of_user(user_id: int) -> list[Parcel]:
    """Parcels on the shelf of an account."""
    return _waiting(Q(order__user_id=user_id))


def _waiting(fits: Q) -> list[Parcel]:
    rows = Parcel.objects.filter(fits, given_at=None, order__fulfil=Order.Fulfil.PICKUP, order__state=OrderState.PLACED)
    return list(rows.select_related("order").order_by("-pk")[:MOST_FOUND])


def keep_rule() -> KeepRule | None:
    """The one in force today."""
    rows = KeepRule.objects.filter(starts__lte=clock.calendar_day())
    return rows.order_by("-starts", "-pk").first()


def keep_hours() -> int:
    """How long the shelf keeps things."""
    rule = keep_rule()
    return USUAL_HOURS if rule is None else rule.hours


def keep_rules() -> list[KeepRule]:
    """All that was written, the newest first; the one in force is the first that has begun."""
    return list(KeepRule.objects.order_by("-starts", "-pk"))


def hands_of_hub(now: datetime) -> tuple[list[Missing], list[Parcel]]:
    """What waits for somebody to decide, and what has waited too long on the shelf. One statement without a hub."""
    return ([], []) if plan_now() is None else (unanswered(), unclaimed(now))


def unclaimed(now: datetime) -> list[Parcel]:
    """What has waited on the shelf longer than it is kept, the longest first. Two statements."""
    if plan_now() is None:
        return []
    since = now - timedelta(hours=keep_hours())
    rows = Parcel.objects.filter(given_at=None, ready_at__lt=since, order__fulfil=Order.Fulfil.PICKUP)
    return list(rows.filter(order__state=OrderState.PLACED).select_related("order").order_by("ready_at", "pk"))


def swapped(missing: Missing) -> bool:
    """Whether another good took its place."""
    outcome = getattr(missing, "outcome", None)
    return outcome is not None and outcome.what == Outcome.What.SWAP
