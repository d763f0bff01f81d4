"""What a shopper does, by plain forms: the tests never run a script."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from django.test import Client

from jangteo.domains.catalog.models import Good

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Page


def put_in(shopper: Client, good: Good, quantity: int = 1, **more: str) -> Page:
    """Press 담기."""
    return shopper.post("/jangteo/basket/set/", {"good_id": good.pk, "quantity": quantity, **more})


def text_of(response: Page) -> str:
    """The words of a page, single-spaced."""
    words = re.sub(r"<(style|script)[^>]*>.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(words).split())


def field(response: Page, name: str) -> str:
    """The value that a form of the page has in the field."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', response.content.decode())
    assert tag, name
    value = re.search(r'value="([^"]*)"', tag[0])
    return unescape(value[1]) if value else ""


def filled(shopper: Client, **changes: str) -> dict[str, str]:
    """The checkout form as the page gives it, filled in properly but for `changes`."""
    page = shopper.get("/jangteo/checkout/")
    times = re.findall(r'<option value="([^"]+)"', page.content.decode())
    return {
        "key": field(page, "key"),
        "seen_won": field(page, "seen_won"),
        "fulfil": "pickup",
        "wanted_at": times[0],
        "name": "김하나",
        "phone": "010-0000-2000",
        "tender": "at_stall",
        **changes,
    }


def checked_out(shopper: Client, **changes: str) -> Page:
    """Fill the checkout form in and press 주문하기."""
    return shopper.post("/jangteo/checkout/", filled(shopper, **changes))
