"""What a stall's own program may do: its tickets, its goods, its door. Other stalls' things are not there for it."""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router

from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.price_list import stall_row, stall_rows_after
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.actions.undo_part import undo_part
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.pages import parts_after
from jangteo.domains.ordering.queries import part_of_stall
from jangteo.domains.ordering.states import PartState
from jangteo.domains.stock.queries import left_of
from jangteo.faces.api import shapes, telling
from jangteo.faces.api.asked import DoorAsked, GoodAsked, Id, RefuseAsked, WeighAsked
from jangteo.faces.api.auth import SeatRequest, StallToken, seated
from jangteo.faces.api.cursors import DEFAULT_LIMIT, Cursor, Limit, encode, place_of
from jangteo.faces.api.documented import errors
from jangteo.faces.api.refusals import NothingHere
from jangteo.faces.api.telling import told

router = Router(tags=["stall"], auth=StallToken())
NOT_FOUND, CONFLICT, INVALID = HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY
NOT_JSON_TYPE = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
# A ticket whose card payment is not through yet is none of the stall's business.
SHOWN = frozenset(PartState) - {PartState.AWAITING_PAYMENT}
StateFilter = Annotated[
    shapes.ShownPartState | None, Query(description="Tickets in this state only; left out for every state")
]


@router.get(
    "/parts/",
    response=shapes.Page[shapes.TicketShape],
    operation_id="list_parts",
    summary="The stall's tickets, oldest first",
    openapi_extra=errors(INVALID, token=True),
)
def parts(
    request: SeatRequest, state: StateFilter = None, cursor: Cursor = "", limit: Limit = DEFAULT_LIMIT
) -> HttpResponse:
    states: Collection[PartState] = SHOWN if state is None else {PartState(state)}
    with seated(request):
        found = parts_after(states, after=place_of(cursor), most=limit + 1)
    page = found[:limit]
    following = encode(page[-1][1].id) if len(found) > limit else None
    return told({"items": [telling.ticket_shape(*ticket) for ticket in page], "next_cursor": following})


@router.get(
    "/parts/{int:part_id}/",
    response=shapes.TicketShape,
    operation_id="read_part",
    summary="One ticket",
    openapi_extra=errors(NOT_FOUND, token=True),
)
def part(request: SeatRequest, part_id: Id) -> HttpResponse:
    with seated(request):
        return _ticket(part_id)


@router.post(
    "/parts/{int:part_id}/accept/",
    response=shapes.TicketShape,
    operation_id="accept_part",
    summary="Take the order",
    openapi_extra=errors(NOT_FOUND, CONFLICT, NOT_JSON_TYPE, token=True),
)
def accept(request: SeatRequest, part_id: Id) -> HttpResponse:
    with seated(request) as seat:
        accept_part(market=seat.market, actor=seat.actor, part_id=part_id)
        return _ticket(part_id)


@router.post(
    "/parts/{int:part_id}/refuse/",
    response=shapes.TicketShape,
    operation_id="refuse_part",
    summary="Refuse the order: goods go back in stock, card money goes back",
    openapi_extra=errors(NOT_FOUND, CONFLICT, token=True, body=True),
)
def refuse(request: SeatRequest, part_id: Id, asked: RefuseAsked) -> HttpResponse:
    reason = StallPart.RefuseReason(asked.reason)
    with seated(request) as seat:
        refuse_part(market=seat.market, actor=seat.actor, part_id=part_id, reason=reason)
        return _ticket(part_id)


@router.post(
    "/parts/{int:part_id}/ready/",
    response=shapes.TicketShape,
    operation_id="ready_part",
    summary="Packed and waiting for the customer; everything is weighed by now",
    openapi_extra=errors(NOT_FOUND, CONFLICT, NOT_JSON_TYPE, token=True),
)
def ready(request: SeatRequest, part_id: Id) -> HttpResponse:
    with seated(request) as seat:
        ready_part(market=seat.market, actor=seat.actor, part_id=part_id)
        return _ticket(part_id)


@router.post(
    "/parts/{int:part_id}/hand-over/",
    response=shapes.TicketShape,
    operation_id="hand_over_part",
    summary="The customer has the goods",
    openapi_extra=errors(NOT_FOUND, CONFLICT, NOT_JSON_TYPE, token=True),
)
def hand_over(request: SeatRequest, part_id: Id) -> HttpResponse:
    with seated(request) as seat:
        hand_over_part(market=seat.market, actor=seat.actor, part_id=part_id)
        return _ticket(part_id)


@router.post(
    "/parts/{int:part_id}/undo/",
    response=shapes.TicketShape,
    operation_id="undo_part",
    summary="Take back an acceptance, or a ready that came too early",
    openapi_extra=errors(NOT_FOUND, CONFLICT, NOT_JSON_TYPE, token=True),
)
def undo(request: SeatRequest, part_id: Id) -> HttpResponse:
    with seated(request) as seat:
        undo_part(market=seat.market, actor=seat.actor, part_id=part_id)
        return _ticket(part_id)


@router.post(
    "/lines/{int:line_id}/weigh/",
    response=shapes.TicketShape,
    operation_id="weigh_line",
    summary="Set the final weight of a line; weighing again replaces it",
    openapi_extra=errors(NOT_FOUND, CONFLICT, token=True, body=True),
)
def weigh(request: SeatRequest, line_id: Id, asked: WeighAsked) -> HttpResponse:
    with seated(request) as seat:
        line = weigh_line(market=seat.market, actor=seat.actor, line_id=line_id, grams=asked.grams, cap=asked.cap)
        return _ticket(line.part_id)


@router.get(
    "/goods/",
    response=shapes.Page[shapes.GoodShape],
    operation_id="list_own_goods",
    summary="Everything the stall has put up, hidden goods too",
    openapi_extra=errors(INVALID, token=True),
)
def goods(request: SeatRequest, cursor: Cursor = "", limit: Limit = DEFAULT_LIMIT) -> HttpResponse:
    with seated(request):
        rows = stall_rows_after(place_of(cursor), limit + 1)
        page = rows[:limit]
        left = left_of([row.id for row in page]) if page else {}
    following = encode(page[-1].id) if len(rows) > limit else None
    return told({"items": [telling.good_shape(row, left.get(row.id)) for row in page], "next_cursor": following})


@router.patch(
    "/goods/{int:good_id}/",
    response=shapes.GoodShape,
    operation_id="change_good",
    summary="Today's price, or sold out, back on sale, put away",
    openapi_extra=errors(NOT_FOUND, token=True, body=True),
)
def change(request: SeatRequest, good_id: Id, asked: GoodAsked) -> HttpResponse:
    with seated(request) as seat:
        if asked.state is not None:
            set_sale_state(market=seat.market, actor=seat.actor, good_id=good_id, state=Good.State(asked.state))
        if asked.price_won is not None:
            set_price(market=seat.market, actor=seat.actor, good_id=good_id, price_won=asked.price_won)
        row = stall_row(good_id)
        return told(telling.good_shape(row, left_of([good_id]).get(good_id)))


@router.post(
    "/door/",
    response=shapes.StallBriefShape,
    operation_id="set_door",
    summary="Open, pause or close the stall for orders",
    openapi_extra=errors(token=True, body=True),
)
def door(request: SeatRequest, asked: DoorAsked) -> HttpResponse:
    with seated(request) as seat:
        stall = set_door(market=seat.market, actor=seat.actor, stall_id=seat.stall.pk, door=Stall.Door(asked.door))
    return told(telling.stall_brief_shape(stall))


def _ticket(part_id: int) -> HttpResponse:
    """The stall's ticket as it stands now. Raises StallPart.DoesNotExist, NothingHere for one that is not shown yet."""
    order, part = part_of_stall(part_id)
    if part.state not in SHOWN:
        raise NothingHere
    return told(telling.ticket_shape(order, part))
