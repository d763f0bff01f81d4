"""One wave: who brings which orders in which sequence, and what becomes of the plan when something happens.

Orders for one building are one stop, as long as their windows meet and one courier can carry them. What a courier has
aboard stays with that courier; what is still at the hub stays with whom it was planned, unless moving it pays. Who is
on the way comes back to the hub for more, and what somebody who dropped out has aboard is fetched from there.
Distances in metres, times in seconds of the day of the wave, loads in grams.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from jangteo.domains.delivery.ports import Distances, Effort, Router, Spot, Ways
from jangteo.domains.delivery.routing.checker import check
from jangteo.domains.delivery.routing.problem import FOREVER, Job, Place, Problem, Vehicle

EACH_MORE_S = 60
NOBODY = -1
MOVE_COST_M = 1_500  # a job changes hands only where that saves so much way


@dataclass(frozen=True, slots=True)
class Parcel:
    """One order of the wave. `building` is what shares a door; `loaded_by` the courier who has it aboard.

    `fetch_from` is where it lies when it is neither aboard nor at the hub."""

    order: int
    building: str
    spot: Spot
    grams: int
    opens: int
    closes: int
    loaded_by: int | None = None
    planned_for: int | None = None
    fetch_from: Spot | None = None


@dataclass(frozen=True, slots=True)
class Courier:
    """Somebody who brings orders. `at` is where they are now, `free_at` when; they end at the hub by `until`.

    `away` is True once they have left the hub: for more they come back."""

    courier: int
    at: Spot
    free_at: int
    until: int
    most_grams: int
    away: bool = False


@dataclass(frozen=True, slots=True)
class Wave:
    """What is to be planned. `door_s` is the time at a door for one order."""

    hub: Spot
    parcels: Sequence[Parcel]
    couriers: Sequence[Courier]
    door_s: int = 180


@dataclass(frozen=True, slots=True)
class Stop:
    """One door: its orders, and when somebody will be there."""

    building: str
    orders: tuple[int, ...]
    at: int


@dataclass(frozen=True, slots=True)
class WavePlan:
    """Stops by courier; `left` are orders that fit nobody, for a person to decide, `late` those after their window."""

    rounds: dict[int, tuple[Stop, ...]]
    left: tuple[int, ...]
    metres: int
    back_at: dict[int, int] = field(default_factory=dict)
    late: tuple[int, ...] = ()

    def courier_of(self) -> dict[int, int]:
        """Order to courier."""
        return {order: who for who, stops in self.rounds.items() for stop in stops for order in stop.orders}


@dataclass(frozen=True, slots=True)
class News:
    """What happened since a plan was made, until `now`. `loaded` says who has an order aboard, `places` where those are
    who have left the hub, `gone` where those left what they carried who dropped out."""

    now: int
    done: frozenset[int] = frozenset()
    cancelled: frozenset[int] = frozenset()
    loaded: Mapping[int, int] = field(default_factory=dict)
    places: Mapping[int, Spot] = field(default_factory=dict)
    gone: Mapping[int, Spot] = field(default_factory=dict)


@dataclass(slots=True)
class Door:
    """Parcels that become one stop."""

    parcels: list[Parcel]
    opens: int
    closes: int

    @property
    def grams(self) -> int:
        return sum(one.grams for one in self.parcels)


def plan_wave(wave: Wave, *, router: Router, distances: Distances, effort: Effort) -> WavePlan:
    """The plan, checked stop by stop. Raises DistancesUnknown and nothing else for what does not fit.

    What is aboard is brought even when its window can no longer be kept; such orders are in `late`.
    """
    plan = _plan_once(wave, router=router, distances=distances, effort=effort)
    stuck = {one.order for one in wave.parcels if one.loaded_by is not None} & set(plan.left)
    if stuck:
        seconds = None if effort.seconds is None else effort.seconds / 4
        quicker = replace(effort, seconds=seconds)
        plan = _plan_once(_late_allowed(wave, stuck), router=router, distances=distances, effort=quicker)
    closes = {one.order: one.closes for one in wave.parcels}
    stops = (stop for stops in plan.rounds.values() for stop in stops)
    late = sorted(order for stop in stops for order in stop.orders if stop.at > closes[order])
    return replace(plan, late=tuple(late))


def _late_allowed(wave: Wave, stuck: set[int]) -> Wave:
    """The wave with open ends for these orders and for who carries them."""
    parcels = [replace(one, closes=FOREVER) if one.order in stuck else one for one in wave.parcels]
    carrying = {one.loaded_by for one in parcels if one.order in stuck}
    couriers = [replace(one, until=FOREVER) if one.courier in carrying else one for one in wave.couriers]
    return replace(wave, parcels=parcels, couriers=couriers)


def _plan_once(wave: Wave, *, router: Router, distances: Distances, effort: Effort) -> WavePlan:
    couriers = wave.couriers
    doors = pooled(wave.parcels, max((one.most_grams for one in couriers), default=0))
    sources = [_source(wave, door) for door in doors]
    spots = [door.parcels[0].spot for door in doors] + [one for one in sources if one is not None]
    ways = distances.between([wave.hub, *(one.at for one in couriers), *spots])
    problem = _problem(wave, doors, sources, ways)
    found = router.solve(problem, effort)
    checked = check(problem, found)
    first, last = 1 + len(couriers), 1 + len(couriers) + len(doors)
    rounds = {
        courier.courier: tuple(
            _stop(doors[one.place - first], one.at) for one in checked.arrivals[number] if one.place < last
        )
        for number, courier in enumerate(couriers)
    }
    left = sorted(parcel.order for number in found.skipped for parcel in doors[number].parcels)
    back = {courier.courier: checked.back_at[number] for number, courier in enumerate(couriers)}
    return WavePlan(rounds, tuple(left), checked.distance, back)


def after(wave: Wave, plan: WavePlan, news: News) -> Wave:
    """The wave as it stands now, to be planned again. Nobody is promised away from what they carry."""
    planned = plan.courier_of()
    over = news.done | news.cancelled
    parcels = [_parcel_now(one, planned, news) for one in wave.parcels if one.order not in over]
    couriers = [_courier_now(one, news) for one in wave.couriers if one.courier not in news.gone]
    return replace(wave, parcels=parcels, couriers=couriers)


def _courier_now(courier: Courier, news: News) -> Courier:
    here = news.places.get(courier.courier)
    free_at = max(courier.free_at, news.now)
    return replace(courier, at=here or courier.at, free_at=free_at, away=courier.away or here is not None)


def _parcel_now(parcel: Parcel, planned: Mapping[int, int], news: News) -> Parcel:
    carrier = news.loaded.get(parcel.order, parcel.loaded_by)
    if carrier is not None and carrier in news.gone:
        return replace(parcel, loaded_by=None, planned_for=None, fetch_from=news.gone[carrier])
    return replace(parcel, loaded_by=carrier, planned_for=planned.get(parcel.order))


def changed_hands(before: WavePlan, now: WavePlan, gone: int | None = None) -> int:
    """How many orders go with somebody else than planned before, those of `gone` left out."""
    old = before.courier_of()
    return sum(1 for order, who in now.courier_of().items() if old.get(order) not in (None, gone, who))


def pooled(parcels: Sequence[Parcel], most_grams: int) -> list[Door]:
    """One stop for each building, hand and common window, and never more than one courier can carry."""
    doors: dict[tuple[str, int | None, Spot | None], list[Door]] = {}
    for parcel in sorted(parcels, key=lambda one: (one.closes, one.opens, one.order)):
        known = doors.setdefault((parcel.building, parcel.loaded_by, parcel.fetch_from), [])
        fitting = next((door for door in known if _fits(door, parcel, most_grams)), None)
        if fitting is None:
            known.append(Door([parcel], parcel.opens, parcel.closes))
            continue
        fitting.parcels.append(parcel)
        fitting.opens, fitting.closes = max(fitting.opens, parcel.opens), min(fitting.closes, parcel.closes)
    return [door for known in doors.values() for door in known]


def _source(wave: Wave, door: Door) -> Spot | None:
    """Where the stop's orders are picked up on the way; None where they are aboard when the courier sets out."""
    first = door.parcels[0]
    if first.loaded_by is not None:
        return None
    if first.fetch_from is not None:
        return first.fetch_from
    return wave.hub if any(one.away for one in wave.couriers) else None


def _fits(door: Door, parcel: Parcel, most_grams: int) -> bool:
    meets = max(door.opens, parcel.opens) <= min(door.closes, parcel.closes)
    return meets and door.grams + parcel.grams <= most_grams


def _problem(wave: Wave, doors: Sequence[Door], sources: Sequence[Spot | None], ways: Ways) -> Problem:
    """Row 0 is the hub, then where the couriers are, then the doors, then where something is picked up."""
    couriers = wave.couriers
    number_of = {courier.courier: number for number, courier in enumerate(couriers)}
    places = [Place()] * (1 + len(couriers)) + [
        Place(door.opens, door.closes, wave.door_s + EACH_MORE_S * (len(door.parcels) - 1)) for door in doors
    ]
    pickups = iter(range(len(places), len(ways.metres)))
    places += [Place()] * (len(ways.metres) - len(places))
    jobs = [
        _job(door, (1 + len(couriers) + number, None if source is None else next(pickups)), number_of)
        for number, (door, source) in enumerate(zip(doors, sources, strict=True))
    ]
    vehicles = [
        Vehicle(1 + number, 0, courier.most_grams, courier.free_at, courier.until)
        for number, courier in enumerate(couriers)
    ]
    return Problem(places, jobs, vehicles, ways.metres, ways.seconds, move_cost=MOVE_COST_M)


def _job(door: Door, places: tuple[int, int | None], number_of: dict[int, int]) -> Job:
    first = door.parcels[0]
    only = frozenset() if first.loaded_by is None else frozenset({number_of.get(first.loaded_by, NOBODY)})
    wished = next((one.planned_for for one in door.parcels if one.planned_for in number_of), None)
    return Job(places[0], door.grams, places[1], only, None if wished is None else number_of[wished])


def _stop(door: Door, at: int) -> Stop:
    return Stop(door.parcels[0].building, tuple(one.order for one in door.parcels), at)
