"""Waves are planned, couriers ride, some drop out; who was not at home is tried again or given the money back."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from jangteo.domains.delivery.models import Wave
from jangteo.domains.ordering.actions.end_ungiven import end_ungiven
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.rounds.actions.press_stop import press_stop
from jangteo.domains.rounds.actions.try_again import try_again
from jangteo.domains.rounds.actions.write_rounds import write_rounds
from jangteo.domains.rounds.models import Stop
from jangteo.domains.rounds.planning import plan
from jangteo.domains.rounds.pressed import Press
from jangteo.domains.rounds.rules import FAIL_STEPS
from jangteo.domains.rounds.states import STOP_IS_ABOARD, StopState
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.errors import Refused
from tests.week import customers
from tests.week.stage import Stage

BEFORE = 15
DROPS_OUT_ONE_IN = 5
MOST_TRIES = 20


def send_out(stage: Stage, starts_at: datetime) -> None:
    """The wave of this moment, where it has orders; now and then somebody drops out half an hour later."""
    wave = Wave.objects.filter(starts_at=starts_at, taken__gt=0).first()
    if wave is None:
        return
    there = list(stage.town.couriers)
    stage.seen["waves"] += 1
    _plan(stage, wave.pk, there)
    if stage.happens(DROPS_OUT_ONE_IN):
        gone = stage.chance.choice(there)
        there.remove(gone)
        stage.seen["dropped out"] += 1
        stage.later(BEFORE + 30, partial(_plan, stage, wave.pk, there))


def _plan(stage: Stage, wave_id: int, there: list[int]) -> None:
    found = plan(stage.town.market, wave_id, there)
    # The press is a moment after the plan, and orders may be cancelled in between.
    stage.seen["left over by a plan"] += len(found.left)
    write_rounds(market=stage.town.market, actor=SYSTEM, plan=found)
    stage.seen["plans"] += 1
    for courier in there:
        if courier not in stage.riding:
            stage.riding.add(courier)
            stage.later(10, partial(_load, stage, courier, MOST_TRIES))


def _open(courier: int, *states: str) -> list[Stop]:
    stops = Stop.objects.filter(round__courier_id=courier, state__in=states)
    return list(stops.order_by("round__wave__starts_at", "position", "pk"))


def _load(stage: Stage, courier: int, tries: int) -> None:
    """What is gathered by now; the rest is come back for."""
    for stop in _open(courier, StopState.PLANNED):
        try:
            _press(stage, courier, stop, "loaded")
        except Refused as no:
            stage.seen[f"refused: {no.code}"] += 1
    if _open(courier, *STOP_IS_ABOARD):
        stage.later(3, partial(_ride, stage, courier))
    elif tries and _open(courier, StopState.PLANNED):
        stage.later(10, partial(_load, stage, courier, tries - 1))
    else:
        stage.riding.discard(courier)


def _ride(stage: Stage, courier: int) -> None:
    """The next door; after the last one back to the hub."""
    aboard = _open(courier, *STOP_IS_ABOARD)
    if not aboard:
        _load(stage, courier, MOST_TRIES)
        return
    stop = aboard[0]
    if stop.due_at - timedelta(minutes=8) > stage.now:
        # Ahead of the plan: nobody rings before the window opens.
        stage.at(stop.due_at - timedelta(minutes=8), partial(_ride, stage, courier))
        return
    if len(aboard) > 1:
        minutes = max(2.0, (aboard[1].due_at - stop.due_at).total_seconds() / 60)
        stage.later(minutes * stage.chance.uniform(0.7, 1.3), partial(_ride, stage, courier))
    else:
        stage.later(8, partial(_ride, stage, courier))
    _door(stage, courier, stop)


def _door(stage: Stage, courier: int, stop: Stop) -> None:
    _press(stage, courier, stop, "here")
    if stage.happens(100):
        line = Line.objects.filter(part__order_id=stop.order_id, part__is_fee=False).order_by("pk").first()
        if line is not None:
            _press(stage, courier, stop, "lack", line_id=line.pk)
            stage.seen["lack at the door"] += 1
    if stage.happens(33):
        why = stage.chance.choice((Stop.Why.NOBODY, Stop.Why.NOBODY, Stop.Why.ADDRESS, Stop.Why.REFUSED))
        _press(stage, courier, stop, "failed", why=why)
        stage.seen[f"failed: {why.value}"] += 1
        stage.later(20, partial(_decide, stage, stop.pk))
        return
    _press(stage, courier, stop, "done")
    if stage.happens(20):
        _press(stage, courier, stop, "done")
        stage.seen["pressed twice"] += 1
    customers.done(stage, stop.order_id)


def _press(stage: Stage, courier: int, stop: Stop, what: str, *, why: str = "", line_id: int = 0) -> None:
    told = Press(stop.pk, what, stage.now, None, why, FAIL_STEPS if why else (), line_id)
    press_stop(market=stage.town.market, actor=SYSTEM, courier_id=courier, press=told)


def _decide(stage: Stage, stop_id: int) -> None:
    """The association sends it out once more, or ends it."""
    stop = Stop.objects.select_related("round__wave", "order").get(pk=stop_id)
    is_first = Stop.objects.filter(order_id=stop.order_id).count() == 1
    if is_first and stop.why == Stop.Why.NOBODY and stage.now < stop.round.wave.ends_at:
        try_again(market=stage.town.market, actor=SYSTEM, stop_id=stop_id)
        stage.seen["sent out again"] += 1
        _plan(stage, stop.round.wave_id, list(stage.town.couriers))
        return
    paid = stop.order.tender == Order.Tender.CARD
    end(stage, stop.order_id, money_back=not (paid and stop.why == Stop.Why.NOBODY))


def end(stage: Stage, order_id: int, *, money_back: bool) -> None:
    """Nobody could be given it."""
    end_ungiven(market=stage.town.market, actor=SYSTEM, order_id=order_id, money_back=money_back)
    stage.seen["ended with money back" if money_back else "ended, paid"] += 1
