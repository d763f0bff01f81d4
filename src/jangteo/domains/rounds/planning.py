"""Plans the rounds of a wave: reads outside of any transaction, asks the planner, and gives plain values back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from jangteo.domains.delivery.models import Place, Seat, Wave, Zone
from jangteo.domains.delivery.ports import BadSpot, DistancesUnknown, Spot
from jangteo.domains.delivery.queries import seats_of_wave, wave_by_id
from jangteo.domains.delivery.routing import wave as routing
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.rounds.errors import NoCouriers, NothingToBring, WayUnknown
from jangteo.domains.rounds.models import Stop
from jangteo.domains.rounds.rules import LOADING, MOST_GRAMS, OVERTIME, building_of, fills, grams_of
from jangteo.domains.rounds.states import STOP_IS_ABOARD, StopState
from jangteo.domains.rounds.ways import current
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market

ALL_DAY = 3 * 86_400
# Where nobody has written a point down, all doors lie on one: only buildings decide then.
NOWHERE = Spot(37_566_500, 126_978_000)


@dataclass(frozen=True, slots=True)
class Planned:
    """One order in a courier's round. `courier` is a device; `due_at` when they are to be at the door."""

    order_id: int
    courier: int
    building: str
    position: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """The rounds of a wave. `left` are orders that nobody can take, `late` those after their window.

    `ends_at` is when somebody is at the last door; `unmapped` counts orders without a point on the map.
    """

    wave_id: int
    couriers: tuple[int, ...]
    stops: tuple[Planned, ...]
    left: tuple[int, ...]
    late: tuple[int, ...]
    ends_at: datetime
    unmapped: int


def plan(market: Market, wave_id: int, couriers: Collection[int]) -> Plan:
    """Plan what still lies at the hub for these couriers; what is aboard counts as work they have.

    Raises NoCouriers, NothingToBring, WayUnknown, Wave.DoesNotExist.
    """
    with in_market(market.pk):
        row = wave_by_id(wave_id)
        seats, aboard = _seats(wave_id)
    if not seats:
        raise NothingToBring
    hands = set(couriers)
    if not hands:
        raise NoCouriers
    # Who dropped out brings what they have aboard, and that is all.
    seats = [seat for seat in seats if aboard.get(seat.order_id, seat.order_id) in hands or seat.order_id not in aboard]
    with in_market(market.pk):
        asked, unmapped = _wave(market, row, seats, (sorted(hands), aboard))
    found = _planned(asked)
    return _plain(row, asked, found, unmapped)


def _planned(asked: routing.Wave) -> routing.WavePlan:
    """Within the windows, and where somebody is left over then late rather than not at all."""
    ways = current()
    closes = {one.order: one.closes for one in asked.parcels}
    try:
        found = routing.plan_wave(asked, router=ways.router, distances=ways.distances, effort=ways.effort)
        if found.left:
            parcels = [replace(one, closes=ALL_DAY) for one in asked.parcels]
            hands = [replace(one, until=ALL_DAY) for one in asked.couriers]
            open_ended = replace(asked, parcels=parcels, couriers=hands)
            found = routing.plan_wave(open_ended, router=ways.router, distances=ways.distances, effort=ways.effort)
    except DistancesUnknown as unknown:
        raise WayUnknown from unknown
    stops = [stop for stops in found.rounds.values() for stop in stops]
    late = sorted(order for stop in stops for order in stop.orders if stop.at > closes[order])
    return replace(found, late=tuple(late))


def _seats(wave_id: int) -> tuple[list[Seat], dict[int, int]]:
    """Orders that still have to go out, and which courier has which of them aboard."""
    taken = seats_of_wave(wave_id)
    placed = Order.objects.filter(pk__in=[seat.order_id for seat in taken], state=OrderState.PLACED)
    alive = set(placed.values_list("pk", flat=True))
    seats = [seat for seat in taken if seat.order_id in alive]
    known = Stop.objects.filter(order_id__in=[seat.order_id for seat in seats]).select_related("round")
    over: set[int] = set()
    aboard: dict[int, int] = {}
    for stop in known.order_by("pk"):
        if stop.state == StopState.DONE or (stop.state == StopState.FAILED and not stop.again):
            over.add(stop.order_id)
        elif stop.state in STOP_IS_ABOARD:
            aboard[stop.order_id] = stop.round.courier_id
    return [seat for seat in seats if seat.order_id not in over], aboard


def _wave(
    market: Market, row: Wave, seats: Sequence[Seat], hands: tuple[Sequence[int], Mapping[int, int]]
) -> tuple[routing.Wave, int]:
    couriers, aboard = hands
    midnight, now = _midnight(row), clock.now()
    hub = _hub(market)
    spots, buildings = _spots(seats, hub)
    grams = _grams([seat.order_id for seat in seats])
    parcels = [
        routing.Parcel(
            order=seat.order_id,
            building=buildings[seat.order_id],
            spot=spots[seat.order_id] or hub,
            grams=fills(grams.get(seat.order_id, 0)),
            opens=_seconds(row.starts_at, midnight),
            closes=_seconds(row.ends_at, midnight),
            loaded_by=aboard.get(seat.order_id),
        )
        for seat in seats
    ]
    begins = max(now + LOADING, row.starts_at - timedelta(minutes=30))
    ends = max(row.ends_at, now) + OVERTIME
    free, until = _seconds(begins, midnight), _seconds(ends, midnight)
    workers = [routing.Courier(one, hub, free, until, MOST_GRAMS) for one in couriers]
    return routing.Wave(hub, parcels, workers), sum(1 for spot in spots.values() if spot is None)


def _plain(row: Wave, asked: routing.Wave, found: routing.WavePlan, unmapped: int) -> Plan:
    midnight = _midnight(row)
    stops: list[Planned] = []
    for courier, doors in found.rounds.items():
        orders = [(order, door) for door in doors for order in door.orders]
        stops += [
            Planned(order, courier, door.building, position, midnight + timedelta(seconds=door.at))
            for position, (order, door) in enumerate(orders, 1)
        ]
    ends_at = max((one.due_at for one in stops), default=row.ends_at)
    couriers = tuple(one.courier for one in asked.couriers)
    return Plan(row.pk, couriers, tuple(stops), found.left, found.late, ends_at, unmapped)


def _hub(market: Market) -> Spot:
    """The market's own point, else the centre of a zone of it."""
    if market.latitude is not None and market.longitude is not None:
        found = _spot(int(market.latitude * 1_000_000), int(market.longitude * 1_000_000))
        if found is not None:
            return found
    zone = Zone.objects.filter(lat_e6__isnull=False, is_on=True).order_by("pk").first()
    return (None if zone is None else _spot(zone.lat_e6, zone.lon_e6)) or NOWHERE


def _spots(seats: Sequence[Seat], hub: Spot) -> tuple[dict[int, Spot | None], dict[int, str]]:
    places = Place.objects.in_bulk({seat.place_id for seat in seats if seat.place_id is not None})
    spots: dict[int, Spot | None] = {}
    buildings: dict[int, str] = {}
    for seat in seats:
        place = places.get(seat.place_id) if seat.place_id is not None else None
        known = _spot(seat.lat_e6, seat.lon_e6)
        spots[seat.order_id] = known or (None if place is None else _spot(place.lat_e6, place.lon_e6))
        is_building = place is not None and place.kind == Place.Kind.BUILDING
        buildings[seat.order_id] = building_of(seat.place_id, is_building, seat.address)
    return spots, buildings


def _spot(lat: int | None, lon: int | None) -> Spot | None:
    try:
        return None if lat is None or lon is None else Spot(lat, lon)
    except BadSpot:
        return None


def _grams(order_ids: Collection[int]) -> dict[int, int]:
    lines = Line.objects.filter(part__order_id__in=order_ids, part__is_fee=False)
    lines = lines.exclude(part__state__in=[PartState.REFUSED, PartState.CANCELLED])
    found: dict[int, int] = {}
    for order, quantity, unit, final in lines.values_list("part__order_id", "quantity", "unit_grams", "final_grams"):
        found[order] = found.get(order, 0) + grams_of(quantity, unit, final)
    return found


def _midnight(row: Wave) -> datetime:
    return row.starts_at.astimezone(clock.KST).replace(hour=0, minute=0, second=0, microsecond=0)


def _seconds(at: datetime, midnight: datetime) -> int:
    return max(0, int((at - midnight).total_seconds()))
