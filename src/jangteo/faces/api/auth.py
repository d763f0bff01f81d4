"""Bearer tokens: of a stall's own program, or of a customer. A token is shown once and stored as a digest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.http import HttpRequest
from ninja.security import HttpBearer

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.models import ApiToken
from jangteo.domains.people.queries import token_by_secret
from jangteo.faces.api import limits
from jangteo.faces.api.refusals import TokenOther, TokenUnknown
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.tenancy import in_stall


@dataclass(frozen=True, slots=True)
class Seat:
    """A program that acts for one stall."""

    market: Market
    stall: Stall
    actor: Actor


@dataclass(frozen=True, slots=True)
class Customer:
    """A program that acts for a customer's account, in the market that gave out its token."""

    market: Market
    user_id: int
    actor: Actor


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without a token."""

    actor: Actor
    user_id: None = None


GUEST = Guest(Actor(ActorKind.CUSTOMER, "guest"))


class SeatRequest(HttpRequest):
    auth: Seat


class CustomerRequest(HttpRequest):
    auth: Customer


class BuyerRequest(HttpRequest):
    auth: Customer | Guest


class StallToken(HttpBearer):
    """A token made for a stall. It opens what is that stall's, and nothing else."""

    openapi_description = "Token of a stall's program, made by the association. It acts for that stall only."

    def authenticate(self, request: HttpRequest, token: str) -> Seat:
        found = _token(request, token)
        if found.stall is None:
            raise TokenOther
        return Seat(found.market, found.stall, Actor(ActorKind.PROGRAM, f"token:{found.pk}"))


class CustomerToken(HttpBearer):
    """A token made for a customer's account."""

    openapi_description = "Token of a customer. Orders placed with it are the customer's own."

    def authenticate(self, request: HttpRequest, token: str) -> Customer:
        found = _token(request, token)
        if found.user_id is None or found.stall_id is not None:
            raise TokenOther
        return Customer(found.market, found.user_id, Actor(ActorKind.CUSTOMER, f"user:{found.user_id}"))


def guest(request: HttpRequest) -> Guest | None:
    """Asked after CustomerToken: a caller without any token may go on as a guest."""
    return None if "Authorization" in request.headers else GUEST


def _token(request: HttpRequest, secret: str) -> ApiToken:
    """The live token. A wrong one is counted against the caller's address, a right one never is."""
    found = token_by_secret(secret)
    if found is None:
        limits.WRONG_SECRETS.count(limits.address(request))
        raise TokenUnknown
    return found


@contextmanager
def seated(request: SeatRequest) -> Iterator[Seat]:
    """Everything inside sees the stall of the token only."""
    seat = request.auth
    with in_stall(seat.market.pk, seat.stall.pk):
        yield seat
