"""Customers with nothing but HTTP: a program that orders in one call, and a person who goes through the pages."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from urllib.parse import urljoin

import httpx

from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.rules import default_ceiling, line_amount
from tests.bench.shop import Shop

_HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|key|seen_won)"[^>]*? value="([^"]*)"')
_TIME = re.compile(r'<option value="(\d{4}-[^"]+)"')
_ADDRESSES = 200


class NotPlaced(RuntimeError):
    """An order that the bench needs was not taken."""


class Buyer:
    """One guest, with an address of this machine's own so that limits per address see many people."""

    def __init__(self, shop: Shop, number: int) -> None:
        address = f"127.0.{1 + number // _ADDRESSES}.{1 + number % _ADDRESSES}"
        transport = httpx.HTTPTransport(local_address=address)
        self._http = httpx.Client(transport=transport, timeout=60)
        self._shop = shop
        self._phone = f"010{number:08}"
        self._csrf_token = ""

    def close(self) -> None:
        self._http.close()

    def look(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """A page, its address relative to the market's."""
        return self._http.get(urljoin(self._shop.url, path), headers=headers)

    def look_around(self) -> None:
        """Open a page before anything is in the basket; its forms carry the token that the next presses need."""
        self._csrf_token = dict(_HIDDEN.findall(self.look("goods/").text))["csrfmiddlewaretoken"]

    def try_to_order(self, goods: Sequence[Good]) -> int:
        """Ask for an order through the API; the status."""
        body = {
            "lines": [{"good_id": good.pk, "quantity": 1, "ceiling_won": _ceiling(good)} for good in goods],
            "name": "김하나",
            "phone": self._phone,
            "fulfil": "pickup",
            "tender": "at_stall",
        }
        address = f"/api/v1/markets/{self._shop.market.slug}/orders/"
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        return self._http.post(urljoin(self._shop.url, address), json=body, headers=headers).status_code

    def order_in_one_call(self, goods: Sequence[Good]) -> None:
        """Place an order through the API. Raises NotPlaced."""
        status = self.try_to_order(goods)
        if status != 201:
            raise NotPlaced(f"the API answered {status}")

    def order_through_the_pages(self, goods: Sequence[Good]) -> None:
        """Add each good as the page's script does, go to the checkout, place, and see the order. Raises NotPlaced."""
        for good in goods:
            wish = {"good_id": good.pk, "quantity": 1, "csrfmiddlewaretoken": self._csrf_token}
            address = urljoin(self._shop.url, "basket/set/")
            self._http.post(address, data=wish, headers={"X-Fragment": "card"}).raise_for_status()
        page = self.look("checkout/").text
        time = _TIME.search(page)
        if time is None:
            raise NotPlaced("the checkout offers no time")
        form = {
            **dict(_HIDDEN.findall(page)),
            "fulfil": "pickup",
            "tender": "at_stall",
            "wanted_at": time[1],
            "name": "김하나",
            "phone": self._phone,
        }
        placed = self._http.post(urljoin(self._shop.url, "checkout/"), data=form)
        if placed.status_code != 302:
            raise NotPlaced(f"the checkout answered {placed.status_code}")
        self.look(placed.headers["Location"]).raise_for_status()


def _ceiling(good: Good) -> int | None:
    if good.price_grams is None:
        return None
    estimate = line_amount(price_won=good.price_won, price_grams=good.price_grams, quantity=1, grams=good.unit_grams)
    return default_ceiling(estimate)
