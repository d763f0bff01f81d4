"""A program that speaks to the API over HTTP, and what it gets back."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from functools import cache
from threading import get_ident
from typing import cast

from django.test import Client

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.actions.make_api_token import make_api_token
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.kernel.audit import SYSTEM
from tests.world import World, ceiling_of

Json = dict[str, object]
V1 = "/api/v1"
ORDERS = f"{V1}/markets/jangteo/orders/"


@cache
def _client(_thread: int) -> Client:
    """One for each thread: a new one would load every middleware anew."""
    return Client(enforce_csrf_checks=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is the parsed JSON whatever the status."""

    status: int
    headers: dict[str, str]
    body: Json

    @property
    def code(self) -> str:
        return str(self.body["code"])

    @property
    def items(self) -> list[Json]:
        return cast(list[Json], self.body["items"])


@dataclass(frozen=True, slots=True)
class Caller:
    """`token` "" calls without one."""

    token: str = ""

    def get(self, path: str, **query: str | int) -> Answer:
        response = _client(get_ident()).get(path, query, headers=self._headers({}))
        return Answer(response.status_code, dict(response.headers), json.loads(response.content))

    def post(self, path: str, body: object = None, **headers: str) -> Answer:
        return self.send("POST", path, "" if body is None else json.dumps(body), **headers)

    def patch(self, path: str, body: object) -> Answer:
        return self.send("PATCH", path, json.dumps(body))

    def send(self, method: str, path: str, text: str | bytes, **headers: str) -> Answer:
        """`headers` in capitals as in CGI lose nothing: Idempotency_Key is Idempotency-Key."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        media = named.pop("Content-Type", "application/json")
        response = _client(get_ident()).generic(method, path, text, media, headers=self._headers(named))
        return Answer(response.status_code, dict(response.headers), json.loads(response.content))

    def order(self, body: Json, key: str | None = None) -> Answer:
        """Place an order with a key of its own, or this one."""
        return self.post(ORDERS, body, Idempotency_Key=key or str(uuid.uuid4()))

    def _headers(self, named: dict[str, str]) -> dict[str, str]:
        return {**named, **({"Authorization": f"Bearer {self.token}"} if self.token else {})}


def program_of(market: Market, stall: Stall) -> Caller:
    """A program with a stall's token."""
    return Caller(make_api_token(market=market, actor=SYSTEM, label="till", stall=stall))


def customer(market: Market, phone: str = "01000003000") -> Caller:
    """A program with the token of a customer's account."""
    user = register_customer(market=market, actor=SYSTEM, phone=phone)
    return Caller(make_api_token(market=market, actor=SYSTEM, label="app", user=user))


def wish(*lines: tuple[Good, int], **changed: object) -> Json:
    """The body of an order of these goods as soon as possible; weighed goods with the ceiling offered first."""
    asked: list[Json] = [
        {"good_id": good.pk, "quantity": quantity}
        | ({"ceiling_won": ceiling_of(good, quantity)} if good.is_weighed else {})
        for good, quantity in lines
    ]
    return {
        "lines": asked,
        "name": "김하나",
        "phone": "010-0000-2000",
        "fulfil": "pickup",
        "tender": "at_stall",
        **changed,
    }


def five_lines(world: World) -> Json:
    """Five lines over three stalls."""
    counted = (world.mackerel, 1), (world.hairtail, 2), (world.cabbage, 1), (world.tofu, 3), (world.kimchi, 1)
    return wish(*counted)
