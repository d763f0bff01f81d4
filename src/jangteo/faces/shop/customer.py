"""Who is buying: a signed-in customer, or a guest with a browser that remembers."""

from __future__ import annotations

from django.http import HttpRequest

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.queries import OrderView, orders_by_tokens, orders_of_user
from jangteo.domains.people.models import User
from jangteo.faces.shop import my_orders
from jangteo.kernel.audit import Actor, ActorKind

GUEST = Actor(ActorKind.CUSTOMER, "guest")


def signed_in(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def user_id_of(request: HttpRequest) -> int | None:
    user = signed_in(request)
    return None if user is None else user.pk


def actor_of(request: HttpRequest) -> Actor:
    user = signed_in(request)
    return GUEST if user is None else Actor(ActorKind.CUSTOMER, f"user:{user.pk}")


def orders_of(request: HttpRequest, market: Market) -> list[OrderView]:
    """This person's orders here, newest first: of the account, and of this browser as a guest."""
    user_id = user_id_of(request)
    views = [*orders_by_tokens(my_orders.tokens(request, market))]
    if user_id is not None:
        known = {view.order.pk for view in views}
        views += [view for view in orders_of_user(user_id) if view.order.pk not in known]
    return sorted(views, key=lambda view: -view.order.pk)


def last_person(request: HttpRequest, market: Market) -> dict[str, str]:
    """Name, phone and address to begin the checkout with, so that nobody types them twice."""
    last = next(iter(orders_by_tokens(my_orders.tokens(request, market)[:1])), None)
    if last is not None:
        return {"name": last.order.name, "phone": last.order.phone, "address": last.order.address}
    user = signed_in(request)
    return {} if user is None else {"name": user.name, "phone": user.phone or ""}
