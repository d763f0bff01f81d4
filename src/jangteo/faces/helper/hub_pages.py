"""The walk past the stalls and the hub's table, as a helper sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse

from jangteo.domains.hub.models import HubPlan, Missing, Pick, Tour
from jangteo.domains.hub.queries import (
    AtHub,
    any_plan,
    due_parts,
    find_waiting,
    last_got,
    last_tour_at,
    missing_on,
    next_wave,
    open_tours,
    order_at_hub,
    orders_of_wave,
    parts_at_hub,
    plan_now,
    shelf_orders,
    stops_of,
    tour_counts,
    unanswered,
)
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.states import PART_IS_AT_WORK
from jangteo.domains.regulars.actions.note_look import Seen
from jangteo.faces._parts.devices import AtOffice
from jangteo.faces._parts.looking import seen
from jangteo.faces._parts.words.counting import counted
from jangteo.faces.helper.pages import page
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused

LONGEST_SEARCH = 20


@dataclass(frozen=True, slots=True)
class LineRow:
    """`missing` where the stall turned out not to have it."""

    line: Line
    missing: Missing | None

    @property
    def words(self) -> str:
        return counted(self.line.name, self.line.unit, self.line.quantity)

    @property
    def needs_scale(self) -> bool:
        return self.missing is None and self.line.price_grams is not None and self.line.final_grams is None

    @property
    def waits_for_answer(self) -> bool:
        return self.missing is not None and not hasattr(self.missing, "outcome")


@dataclass(frozen=True, slots=True)
class PartRow:
    """A stall's part; `can_get` says whether it is still to be had."""

    part: StallPart
    pick: Pick | None
    lines: list[LineRow]

    @property
    def is_here(self) -> bool:
        return self.pick is not None and self.pick.state == Pick.State.GOT

    @property
    def can_get(self) -> bool:
        return not self.is_here and self.part.state in PART_IS_AT_WORK


def part_rows(parts: Iterable[tuple[StallPart, Pick | None]]) -> list[PartRow]:
    """With what is known of missing goods. One statement."""
    known = list(parts)
    lines = [line for part, _pick in known for line in part.lines.all()]
    missing = missing_on([line.pk for line in lines])
    return [
        PartRow(part, pick, [LineRow(line, missing.get(line.pk)) for line in part.lines.all()]) for part, pick in known
    ]


def tour_page(request: HttpRequest, at: AtOffice, refused: Refused | None = None, status: int = 409) -> HttpResponse:
    """The next stall, or how to begin."""
    plan, tours = plan_now(), open_tours()
    facts: dict[str, object] = {"plan": plan, "refused": refused}
    if tours:
        facts |= _walk(tours[0])
    elif plan is not None:
        facts |= {"due": len(due_parts(plan, clock.now())), "next_at": _next_at(plan)}
    return page(request, at, "tour", status=status if refused else 200, **facts)


def _walk(tour: Tour) -> dict[str, object]:
    stops, (got, every) = stops_of(tour.pk), tour_counts(tour.pk)
    first = stops[0]
    rows = part_rows((pick.part, pick) for pick in first.picks)
    return {
        "stop": first,
        "again": first.picks[0].state == Pick.State.LATER,
        "rows": rows,
        "got": got,
        "every": every,
        "coming": [stop.stall for stop in stops[1:4]],
        "last": last_got(tour.pk),
    }


def _next_at(plan: HubPlan) -> datetime | None:
    """When the program makes the next tour by itself, None where it does so as soon as something is due."""
    made = last_tour_at()
    if made is None:
        return None
    at = made + timedelta(minutes=plan.tour_minutes)
    return at if at > clock.now() else None


def hub_page(request: HttpRequest, at: AtOffice, refused: Refused | None = None) -> HttpResponse:
    """The next wave, the shelf, what waits for an answer; or who comes to fetch something."""
    said = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    plan, now = plan_now(), clock.now()
    wave = None if plan is None else next_wave(now)
    facts = {
        "plan": plan,
        "known": any_plan(),
        "refused": refused,
        "said": said,
        "found": find_waiting(said) if said else [],
        "wave": wave,
        "brought": [] if wave is None else orders_of_wave(wave.pk),
        "fetched": [] if plan is None else shelf_orders(plan, now),
        "asks": unanswered(),
    }
    return page(request, at, "hub", status=409 if refused else 200, **facts)


def order_page(request: HttpRequest, at: AtOffice, order_id: int, refused: Refused | None = None) -> HttpResponse:
    """One order on the table: what is here, what is not, and what it is packed in. Raises Order.DoesNotExist."""
    row = order_at_hub(order_id)
    seen(request, at, Seen("order", f"order:{order_id}"))
    facts = {"row": row, "parts": part_rows(parts_at_hub(order_id)), "refused": refused, "can_give": _can_give(row)}
    return page(request, at, "hub_order", status=409 if refused else 200, plan=any_plan(), **facts)


def _can_give(row: AtHub) -> bool:
    return row.is_ready and row.order.fulfil == "pickup" and row.parcel is not None and row.parcel.given_at is None
