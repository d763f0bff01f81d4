"""Stalls answer and weigh, some close without a word; a picker walks past them."""

from __future__ import annotations

from functools import partial

from jangteo.domains.hub.actions.answer_missing import answer_missing
from jangteo.domains.hub.actions.note_boxes import note_boxes
from jangteo.domains.hub.actions.note_missing import note_missing
from jangteo.domains.hub.actions.put_off import put_off
from jangteo.domains.hub.actions.receive_part import receive_part
from jangteo.domains.hub.models import Missing, Pick
from jangteo.domains.hub.queries import missing_by_id, open_tours, parcel_of, stand_ins, stops_of
from jangteo.domains.hub.told import Boxes
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.errors import Refused
from tests.week.stage import Stage

MOST_ROUNDS = 10
Reason = StallPart.RefuseReason


def answer(stage: Stage, order_id: int) -> None:
    """Each stall takes its part, or cannot."""
    for part in StallPart.objects.filter(order_id=order_id, state=PartState.NEW).order_by("pk"):
        if part.stall_id in stage.closed:
            stage.later(40, partial(_refuse, stage, part.pk, Reason.CLOSING))
        elif stage.happens(50):
            _refuse(stage, part.pk, stage.chance.choice((Reason.SOLD_OUT, Reason.TOO_BUSY)))
        else:
            accept_part(market=stage.town.market, actor=SYSTEM, part_id=part.pk)
            stage.later(stage.chance.randint(8, 40), partial(_get_ready, stage, part.pk))


def _refuse(stage: Stage, part_id: int, reason: Reason) -> None:
    refuse_part(market=stage.town.market, actor=SYSTEM, part_id=part_id, reason=reason)
    stage.seen[f"refused by a stall: {reason.value}"] += 1


def _get_ready(stage: Stage, part_id: int) -> None:
    part = StallPart.objects.get(pk=part_id)
    if part.state != PartState.ACCEPTED:
        return
    if part.stall_id in stage.closed:
        _refuse(stage, part_id, Reason.CLOSING)
        return
    weigh(stage, part_id)
    ready_part(market=stage.town.market, actor=SYSTEM, part_id=part_id)


def weigh(stage: Stage, part_id: int) -> None:
    """What the scale says, lighter or heavier than was thought; too heavy is given."""
    for line in Line.objects.filter(part_id=part_id, price_grams__isnull=False).order_by("pk"):
        grams = (line.unit_grams or 0) * line.quantity * stage.chance.randint(80, 125) // 100
        weigh_line(market=stage.town.market, actor=SYSTEM, line_id=line.pk, grams=grams, cap=True)
        stage.seen["weighed"] += 1


def close_some(stage: Stage, number: int) -> None:
    """So many shut for today without telling anybody."""
    ids = sorted({good.stall_id for good in stage.town.goods})
    stage.closed = set(stage.chance.sample(ids, number))
    stage.seen["closed stalls"] += number


def walk_new_tours(stage: Stage) -> None:
    """A picker sets out on every tour that has been made."""
    for tour in open_tours():
        if tour.pk not in stage.toured:
            stage.toured.add(tour.pk)
            stage.seen["tours"] += 1
            stage.later(2, partial(_walk, stage, tour.pk, MOST_ROUNDS))


def _walk(stage: Stage, tour_id: int, rounds: int) -> None:
    """Two minutes a stall; what is not ready is come back for."""
    stops = stops_of(tour_id)
    if not stops or not rounds:
        return
    picks = [pick.pk for pick in stops[0].picks]
    is_again = stops[0].picks[0].state == Pick.State.LATER
    for pick_id in picks:
        stage.later(0, partial(_pick, stage, pick_id))
    stage.later(6 if is_again else 2, partial(_walk, stage, tour_id, rounds - is_again))


def _pick(stage: Stage, pick_id: int) -> None:
    pick = Pick.objects.select_related("part").get(pk=pick_id)
    line = Line.objects.filter(part_id=pick.part_id).order_by("pk").first()
    if line is not None and stage.happens(40):
        missing = note_missing(market=stage.town.market, actor=SYSTEM, line_id=line.pk)
        stage.seen[f"missing: {missing.wish}"] += 1
        if missing.wish != Order.Substitute.REFUND:
            stage.later(stage.chance.randint(3, 10), partial(_decide, stage, missing.pk))
    elif pick.part.state != PartState.READY and stage.chance.random() < 0.8:
        put_off(market=stage.town.market, actor=SYSTEM, pick_id=pick_id)
    else:
        try:
            receive_part(market=stage.town.market, actor=SYSTEM, part_id=pick.part_id)
        except Refused:
            put_off(market=stage.town.market, actor=SYSTEM, pick_id=pick_id)
            raise
        _pack(stage, pick.order_id)


def _decide(stage: Stage, missing_id: int) -> None:
    """On the telephone, or by who stands at the stall."""
    missing = missing_by_id(missing_id)
    fitting = stand_ins(missing)
    good = fitting[0].pk if fitting and stage.chance.random() < 0.7 else None
    answer_missing(market=stage.town.market, actor=SYSTEM, missing_id=missing_id, good_id=good)
    stage.seen["missing: another good" if good else "missing: paid back"] += 1


def _pack(stage: Stage, order_id: int) -> None:
    parcel = parcel_of(order_id)
    if parcel is not None and parcel.ready_at is not None:
        told = Boxes(stage.chance.randint(1, 3), is_cold=stage.happens(3), is_fragile=stage.happens(8))
        note_boxes(market=stage.town.market, actor=SYSTEM, order_id=order_id, told=told)


def undecided() -> int:
    """Missing goods nobody has decided about."""
    return Missing.objects.filter(outcome=None).count()
