"""What a courier does with a thumb: load, come to a door, leave it there, say what is wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from jangteo.domains.regulars.actions.note_look import Seen
from jangteo.domains.rounds.actions.press_stop import press_stop
from jangteo.domains.rounds.models import Stop
from jangteo.domains.rounds.queries import pay_by_day
from jangteo.domains.rounds.states import STOP_IS_OPEN
from jangteo.faces._parts.devices import AtOffice, for_courier
from jangteo.faces._parts.looking import seen
from jangteo.faces.courier.pages import Door, day_page, page, rounds_of
from jangteo.faces.courier.told import typed_press
from jangteo.kernel.errors import Refused


@require_safe
@for_courier
def today(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Everything of today."""
    return day_page(request, at)


@require_safe
@for_courier
def stop(request: HttpRequest, at: AtOffice, stop_id: int) -> HttpResponse:
    """One door on a page of its own, for phones without scripts."""
    return _door_page(request, at, stop_id)


@require_POST
@for_courier
def press(request: HttpRequest, at: AtOffice, stop_id: int) -> HttpResponse:
    """A button of a door; afterwards the next thing to do."""
    try:
        photo = request.FILES.get("photo")
        told = typed_press(stop_id, request.POST, None if photo is None else photo.read())
        row = press_stop(market=at.market, actor=at.actor, courier_id=at.device.pk, press=told)
    except Refused as no:
        return _door_page(request, at, stop_id, no)
    if told.what == "loaded":
        return redirect("courier:today")
    if row.state in STOP_IS_OPEN:
        return redirect("courier:stop", stop_id)
    return _next(at, stop_id)


@require_safe
@for_courier
def pay(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Day by day."""
    return page(request, at, "pay", days=pay_by_day(at.device.pk))


def _next(at: AtOffice, stop_id: int) -> HttpResponse:
    door = _door(at, stop_id)
    return redirect("courier:stop", door.next_id) if door.next_id else redirect("courier:today")


def _door(at: AtOffice, stop_id: int) -> Door:
    """Raises Stop.DoesNotExist."""
    doors = [door for one in rounds_of(at.device.pk) for door in one.doors]
    for door in doors:
        if door.stop.pk == stop_id:
            return door
    raise Stop.DoesNotExist


def _door_page(request: HttpRequest, at: AtOffice, stop_id: int, refused: Refused | None = None) -> HttpResponse:
    door = _door(at, stop_id)
    seen(request, at, Seen("order", f"order:{door.stop.order_id}"))
    return page(request, at, "stop", door=door, refused=refused, status=409 if refused else 200)
