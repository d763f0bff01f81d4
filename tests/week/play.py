"""A week from a seed: what happens when, and what came of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from django.db.models import F

from jangteo.domains.delivery.jobs import mark_late_waves
from jangteo.domains.delivery.models import Promise, Seat, Wave
from jangteo.domains.hub.jobs import make_due_tours
from jangteo.domains.hub.queries import parcel_of
from jangteo.domains.ledger.closing import book_hash
from jangteo.domains.ordering.models import Move, Order
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.rounds.jobs import tell_late_rounds
from jangteo.domains.rounds.models import Stop, StopMove
from jangteo.domains.rounds.states import StopState
from jangteo.kernel import clock
from tests.week import couriers, customers, stalls
from tests.week.checks import Found, found_wrong
from tests.week.stage import Stage, staged
from tests.week.town import OPENING, WAVES, Town

DAY = timedelta(days=1)
ORDERING_MINUTES = 7 * 60 + 30
CLOSES_AFTER = timedelta(hours=12, minutes=30)
EVERY = timedelta(minutes=5)
SWEEPS_EVERY = 4
CLOSED_STALLS = 2


@dataclass(slots=True)
class Outcome:
    """What came of a week. Permille of the orders brought: `on_time` within the first promise, `kept` within the last
    one said, `pooled` in a round with others, `same_door` together with another of the building.

    The same seed, days and orders give the same `digest`, which is over the book and every step of order and stop.
    """

    seed: int
    days: int
    orders: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    brought: int = 0
    on_time: int = 0
    kept: int = 0
    pooled: int = 0
    same_door: int = 0
    said_anew: int = 0
    digest: str = ""
    wrong: list[Found] = field(default_factory=list)


def play(seed: int, town: Town, *, days: int = 7, orders: int = 150) -> Outcome:
    """Play it in the database that is connected, then look at all of it."""
    outcome = Outcome(seed, days)
    with staged(seed, town) as stage:
        for day in range(days):
            _day(stage, day, orders)
        # What was ordered late for the next day is still brought.
        _day(stage, days, 0)
        stage.play()
        with stage.scoped():
            _measure(stage, outcome)
            outcome.wrong = found_wrong(stage)
        outcome.seen = stage.seen
    return outcome


def _day(stage: Stage, day: int, orders: int) -> None:
    opens = OPENING + day * DAY
    stage.at(opens, partial(stalls.close_some, stage, CLOSED_STALLS))
    for _ in range(orders):
        moment = opens + timedelta(minutes=stage.chance.uniform(0, ORDERING_MINUTES))
        stage.at(moment, partial(customers.order, stage))
    for starts, _ends, _cut_off in WAVES:
        starts_at = clock.korean(opens.date(), starts)
        stage.at(starts_at - timedelta(minutes=couriers.BEFORE), partial(couriers.send_out, stage, starts_at))
    at, number = opens, 0
    while at < opens + CLOSES_AFTER:
        stage.at(at, partial(_jobs, stage, number))
        at, number = at + EVERY, number + 1
    stage.at(opens + CLOSES_AFTER, partial(_evening, stage))


def _jobs(stage: Stage, number: int) -> None:
    """What comes round by itself; the worker after it."""
    make_due_tours()
    mark_late_waves()
    tell_late_rounds()
    stalls.walk_new_tours(stage)
    if number % SWEEPS_EVERY == 0:
        stage.sweep()
    stage.work()


def _evening(stage: Stage) -> None:
    """The association ends what nobody could be given, and what waits for no later wave."""
    later = Seat.objects.filter(freed_at=None, wave__starts_at__gt=stage.now).values("order_id")
    for order in Order.objects.filter(state=OrderState.PLACED).exclude(pk__in=later).order_by("pk"):
        parcel = parcel_of(order.pk)
        waits = parcel is not None and parcel.ready_at is not None and order.tender == Order.Tender.CARD
        stage.later(0, partial(couriers.end, stage, order.pk, money_back=not waits))
    for minutes in (1, 40):
        stage.later(minutes, partial(_rest, stage))


def _rest(stage: Stage) -> None:
    stage.sweep()
    stage.work()


def _measure(stage: Stage, outcome: Outcome) -> None:
    outcome.orders = Order.objects.count()
    outcome.ended = Counter(Order.objects.values_list("state", flat=True))
    done = list(Stop.objects.filter(state=StopState.DONE).select_related("round").order_by("pk"))
    outcome.brought = len(done)
    promises = list(Promise.objects.order_by("pk").values_list("order_id", "until_at"))
    first, last = dict(reversed(promises)), dict(promises)
    in_round, at_door = Counter(stop.round_id for stop in done), Counter((s.round_id, s.building) for s in done)
    outcome.on_time = _permille(done, lambda stop: stop.changed_at <= first[stop.order_id])
    outcome.kept = _permille(done, lambda stop: stop.changed_at <= last[stop.order_id])
    outcome.pooled = _permille(done, lambda stop: in_round[stop.round_id] > 1)
    outcome.same_door = _permille(done, lambda stop: at_door[stop.round_id, stop.building] > 1)
    outcome.said_anew = len(promises) - len(first)
    outcome.digest = _digest(stage)


def _permille(stops: list[Stop], fits: Callable[[Stop], bool]) -> int:
    return 1_000 * sum(fits(stop) for stop in stops) // max(1, len(stops))


def _digest(stage: Stage) -> str:
    told = hashlib.sha256(book_hash(stage.town.market.pk, stage.now + DAY).encode())
    for rows in (
        Move.objects.order_by("pk").values_list("order_id", "part_id", "became", "at"),
        StopMove.objects.order_by("pk").values_list("stop__order_id", "became", "at"),
        Wave.objects.order_by("pk").values_list("pk", "taken", "expected_at", F("is_late")),
    ):
        told.update(repr(list(rows)).encode())
    return told.hexdigest()
