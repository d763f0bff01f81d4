"""A courier's day: what to load, which door comes next, what it earned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jangteo.domains.hub.models import Parcel
from jangteo.domains.hub.queries import parcels_of
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.states import PART_IS_OVER, PartState
from jangteo.domains.regulars.actions.note_look import Seen
from jangteo.domains.rounds.models import Stop
from jangteo.domains.rounds.queries import pay_by_day, stops_for
from jangteo.domains.rounds.states import STOP_IS_ABOARD, STOP_IS_OPEN, StopState
from jangteo.faces._parts.devices import AtOffice
from jangteo.faces._parts.looking import seen
from jangteo.faces._parts.offline import OWNER_HEADER
from jangteo.faces._parts.words.counting import counted
from jangteo.faces._parts.words.delivery_words import window_words
from jangteo.kernel import clock, live
from jangteo.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Thing:
    """One good of an order; `lacks` once the courier has said that it is not aboard."""

    line: Line
    lacks: bool

    @property
    def words(self) -> str:
        return counted(self.line.name, self.line.unit, self.line.quantity)


@dataclass(frozen=True, slots=True)
class Door:
    """One stop as the courier reads it. `due_at` is when they are to be there; `next_id` the door after it, or 0."""

    stop: Stop
    parcel: Parcel | None
    things: list[Thing]
    next_id: int = 0

    @property
    def is_gathered(self) -> bool:
        """Whether every stall is done; only then it goes out."""
        at_work = [part for part in _parts(self.stop) if part.state not in PART_IS_OVER]
        return all(part.state == PartState.READY for part in at_work)

    @property
    def is_open(self) -> bool:
        return self.stop.state in STOP_IS_OPEN

    @property
    def is_aboard(self) -> bool:
        return self.stop.state in STOP_IS_ABOARD

    @property
    def due_at(self) -> datetime:
        return self.stop.due_at


@dataclass(frozen=True, slots=True)
class Round:
    """The doors of one wave in their sequence."""

    hours: str
    doors: list[Door]

    @property
    def to_load(self) -> list[Door]:
        return [door for door in self.doors if door.stop.state == StopState.PLANNED]

    @property
    def over(self) -> int:
        return sum(not door.is_open for door in self.doors)


def rounds_of(courier_id: int) -> list[Round]:
    """Today's, the next wave first. Six statements."""
    stops = stops_for(courier_id)
    packed = parcels_of([stop.order_id for stop in stops])
    by_round: dict[int, list[Stop]] = {}
    for stop in stops:
        by_round.setdefault(stop.round_id, []).append(stop)
    return [_round(row, packed) for row in by_round.values()]


def _round(stops: list[Stop], packed: dict[int, Parcel]) -> Round:
    wave = stops[0].round.wave
    followers = [stop.pk for stop in stops if stop.state in STOP_IS_OPEN]
    doors = [
        Door(stop, packed.get(stop.order_id), _things(stop), next((pk for pk in followers if pk != stop.pk), 0))
        for stop in stops
    ]
    return Round(window_words(wave.starts_at, wave.ends_at), doors)


def _things(stop: Stop) -> list[Thing]:
    lacking = {lack.line_id for lack in stop.lacks.all()}
    parts = [part for part in _parts(stop) if part.state not in (PartState.REFUSED, PartState.CANCELLED)]
    return [Thing(line, line.pk in lacking) for part in parts for line in part.lines.all()]


def _parts(stop: Stop) -> list[StallPart]:
    return list(stop.order.parts.all())


def day_page(request: HttpRequest, at: AtOffice, refused: Refused | None = None) -> HttpResponse:
    """All of today on one page, which the phone keeps: every door opens without a network."""
    rounds = rounds_of(at.device.pk)
    doors = [door for one in rounds for door in one.doors if door.is_open]
    if doors:
        seen(request, at, Seen("wave", f"courier:{at.device.pk}", people=len(doors)))
    today = clock.calendar_day()
    earned = next((day for day in pay_by_day(at.device.pk) if day.day == today), None)
    facts = {"rounds": rounds, "doors": doors, "earned": earned, "refused": refused}
    return page(request, at, "today", status=409 if refused else 200, **facts)


def page(request: HttpRequest, at: AtOffice, template: str, *, status: int = 200, **more: object) -> HttpResponse:
    """Render a page. It says whose it is, so that the phone shows it to nobody else."""
    ticket = live.ticket([f"courier:{at.device.pk}"])
    facts = {"market": at.market, "courier": at.device, "live_ticket": ticket, **more}
    response = render(request, f"courier/{template}.html", facts, status=status)
    response[OWNER_HEADER] = f"{at.market.pk}:{at.device.pk}"
    return response
