"""A visit to an installation behind a TLS proxy, with the settings that it has there. Prints what came as JSON."""

from __future__ import annotations

import json
import re
import sys

import django
from django.test import Client

django.setup()
PROXY = {"host": "market.example", "x-forwarded-proto": "https"}


def main(entry_token: str, good_id: str) -> None:
    """Large letters, a basket, a stall's phone, an order, the begin of a sign-in; the last visit is without TLS."""
    client = Client()
    answers = [
        client.get("/jangteo/", headers=PROXY),
        client.post("/look/", {"mode": "easy", "contrast": "high", "language": "en"}, headers=PROXY),
        client.post("/jangteo/basket/set/", {"good_id": good_id, "quantity": 1}, headers=PROXY),
        client.get("/jangteo/checkout/", headers=PROXY),
        client.post(f"/in/{entry_token}/", headers=PROXY),
    ]
    page = answers[3].content.decode()
    order = {
        "key": _value(page, "key"),
        "seen_won": _value(page, "seen_won"),
        "fulfil": "pickup",
        "wanted_at": re.findall(r'<option value="([^"]+)"', page)[0],
        "name": "김하나",
        "phone": "010-0000-2000",
        "tender": "at_stall",
    }
    answers += [
        client.post("/jangteo/checkout/", order, headers=PROXY),
        client.get("/jangteo/enter/", headers=PROXY),
        client.get("/jangteo/", headers={"host": PROXY["host"]}),
    ]
    json.dump(
        {
            "statuses": [answer.status_code for answer in answers],
            "headers": [dict(answer.headers) for answer in answers],
            "cookies": {name: cookie.OutputString() for answer in answers for name, cookie in answer.cookies.items()},
        },
        sys.stdout,
    )


def _value(page: str, name: str) -> str:
    return str(re.findall(rf'name="{name}" value="([^"]*)"', page)[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
