"""A pay link as the one who pays sees it: who asks by first name, what for, how much. Nothing else of the asker."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from django.http import HttpRequest
from django.urls import reverse

from jangteo.domains.counter.models import PayLink
from jangteo.domains.counter.queries import WhatFor, is_payable, is_paying, what_for
from jangteo.domains.markets.models import Market
from jangteo.faces.shop.counter_window import Wanted, Window, window_for


class Asking(TypedDict):
    """`stands` is waiting, paid or over."""

    link: PayLink
    stands: str
    what: WhatFor


def asking(link: PayLink, stands: str) -> Asking:
    """What the page says."""
    return {"link": link, "stands": stands, "what": what_for(link.order)}


def how_it_stands(link: PayLink, now: datetime) -> str:
    """In one word of ours."""
    if is_paying(link.payment):
        return "paid"
    alive = link.ended_at is None and link.expires_at > now and is_payable(link.order, link.payment)
    return "waiting" if alive else "over"


def window_of(request: HttpRequest, market: Market, link: PayLink) -> Window:
    """The gateway's window; it leads back to the payer's page, never to the order."""
    here = [market.slug, link.token]
    done, failed = reverse("pay_link_done", args=here), reverse("pay_link_failed", args=here)
    return window_for(request, Wanted(link.payment, market.name, done, failed))
