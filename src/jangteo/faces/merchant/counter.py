"""Money at the counter as the stall's phone shows and says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.queries import at_counter, is_over
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market
from jangteo.faces.merchant import spoken
from jangteo.kernel import clock


@dataclass(frozen=True, slots=True)
class Told:
    """A sale with what the phone says aloud of it."""

    sale: CounterSale
    say: str


@dataclass(frozen=True, slots=True)
class News:
    """What the phone rings for until it is touched, and what it says once."""

    claims: tuple[Told, ...]
    received: tuple[Told, ...]


def counter_news(stall_id: int, now: datetime) -> News:
    """Claims that wait for an answer, and money that has just come by card."""
    found = at_counter(stall_id, now)
    return News(
        tuple(Told(sale, spoken.claimed(sale)) for sale in found.claims),
        tuple(Told(sale, spoken.received(sale)) for sale in found.received),
    )


def how_it_stands(sale: CounterSale, now: datetime) -> str:
    """One word for the screen with the code: open, paying, claimed, paid, refunded, denied or over."""
    if is_over(sale, now):
        return "over"
    return "paying" if sale.state == SaleState.AWAITING_PAYMENT else sale.state


def seconds_left(sale: CounterSale) -> int:
    """How long the code is good, not below zero."""
    return max(0, int((sale.expires_at - clock.now()).total_seconds()))


def sale_address(request: HttpRequest, market: Market, sale: CounterSale) -> str:
    """Where the code on the phone leads."""
    return request.build_absolute_uri(reverse("sale", args=[market.slug, sale.token]))
