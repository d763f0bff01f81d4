"""A customer's own orders."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from ninja import Router

from jangteo.domains.ordering.pages import orders_of_user_before
from jangteo.faces.api import shapes, telling
from jangteo.faces.api.auth import CustomerRequest, CustomerToken
from jangteo.faces.api.cursors import DEFAULT_LIMIT, Cursor, Limit, encode, place_of
from jangteo.faces.api.documented import errors
from jangteo.faces.api.telling import told
from jangteo.kernel.tenancy import in_market

router = Router(tags=["me"], auth=CustomerToken())


@router.get(
    "/orders/",
    response=shapes.Page[shapes.OrderBriefShape],
    operation_id="list_my_orders",
    summary="The customer's orders in the market that gave out the token, newest first",
    openapi_extra=errors(HTTPStatus.UNPROCESSABLE_ENTITY, token=True),
)
def orders(request: CustomerRequest, cursor: Cursor = "", limit: Limit = DEFAULT_LIMIT) -> HttpResponse:
    market = request.auth.market
    with in_market(market.pk):
        found = orders_of_user_before(request.auth.user_id, before=place_of(cursor), most=limit + 1)
    page = found[:limit]
    following = encode(page[-1].order.pk) if len(found) > limit else None
    items = [telling.order_brief_shape(request, str(market.slug), view) for view in page]
    return told({"items": items, "next_cursor": following})
