"""Sends a deed as a caller, about somebody's thing."""

from __future__ import annotations

import itertools
import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest
from django.test import Client, client
from django.urls import URLPattern, URLResolver, get_resolver

from jangteo.adapters.paper.printer import TypstPress
from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.payouts import TossPayouts
from jangteo.domains.counter import papers
from jangteo.domains.payments import gateways, payout_gateways
from tests.security.callers import Caller, Whose
from tests.security.policies import Deed
from tests.security.stage import NOBODYS_ID, NOBODYS_TOKEN, Stage

NOWHERE = "http://127.0.0.1:9"
FIELD = re.compile(r"<(?:\w+:)?(\w+)>")
ABOUT_NOBODYS_THINGS = {"slug", "name"}


@contextmanager
def equipped() -> Iterator[None]:
    """With a press, and a gateway for cards and pay-outs that nothing here calls."""
    papers.use(TypstPress())
    gateways.use({"toss": TossGateway(base_url=NOWHERE, sdk_url=NOWHERE, secret_key="sk", client_key="ck")})
    payout_gateways.use({"toss": TossPayouts(base_url=NOWHERE, secret_key="sk", security_key="0" * 64)})
    with pytest.MonkeyPatch.context() as patch:
        # Nobody here asks which templates a page was made of, and copying all that they knew takes long.
        patch.setattr(client, "store_rendered_templates", lambda *_, **__: None)
        yield
    payout_gateways.use({})
    gateways.use({})


def routes() -> list[str]:
    """Every address of the program as its resolver has it."""
    return list(dict.fromkeys(_walk(get_resolver().url_patterns, "")))


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route


def names_a_thing(route: str) -> bool:
    return bool(set(FIELD.findall(route)) - ABOUT_NOBODYS_THINGS)


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` by their usual names; `text` of anything that is text."""

    status: int
    headers: Mapping[str, str]
    text: str


class Asking:
    """`strict`: with the checks that keep other sites' forms out."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.client = Client(raise_request_exception=False)
        self.strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
        self._addresses = itertools.count(1)

    def ask(self, route: str, method: str, deed: Deed, caller: Caller, whose: Whose | None) -> Answer:
        """For those who may do it the thing is in the state that it takes; for all others it only exists."""
        if caller.acts:
            self.stage.let_act()
        may = deed.policy(caller, whose) is None
        fresh = may and (method != "GET" or deed.needs != "new")
        return self.send(method, self.target(route, deed, whose, fresh=fresh), deed, caller)

    def target(self, route: str, deed: Deed, whose: Whose | None, *, fresh: bool) -> str:
        """The route with its names filled in, and the query of the deed."""
        found: dict[str, object] = {"slug": "jangteo", "name": "toss", **deed.query}
        if whose is Whose.NOBODYS:
            found |= {name: NOBODYS_ID if name.endswith("_id") else NOBODYS_TOKEN for name in FIELD.findall(route)}
            found |= {"slug": "jangteo", "code": "000000"}
        elif whose is not None:
            found |= self._fresh(route, whose, deed.needs) if fresh else self.stage.standing[whose].fields(route)
        query = {name: found[name] for name in deed.query}
        return f"/{FIELD.sub(lambda name: str(found[name[1]]), route)}" + (f"?{urlencode(query)}" if query else "")

    def send(self, method: str, path: str, deed: Deed, caller: Caller, *, strict: bool = False) -> Answer:
        """Everyone calls from an address of their own, so that no limit of tries is met."""
        client = self.strict if strict else self.client
        client.cookies = SimpleCookie(dict(caller.cookies))
        number = next(self._addresses)
        headers = {"Idempotency-Key": f"key-{number:08}"}
        if caller.bearer:
            headers["Authorization"] = f"Bearer {caller.bearer}"
        body = {} if method == "GET" else deed.sends(self.stage)
        is_json = path.startswith(("/api/", "/hooks/"))
        content = "" if not body else json.dumps(body) if is_json else urlencode(body)
        media = "application/json" if is_json else "application/x-www-form-urlencoded"
        host = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        response = client.generic(method, path, content, media, headers=headers, REMOTE_ADDR=host)
        return Answer(response.status_code, response.headers, response.content.decode(errors="replace"))

    def _fresh(self, route: str, whose: Whose, needs: str) -> dict[str, object]:
        """Things that are used up by what is done with them."""
        stage, names = self.stage, set(FIELD.findall(route))
        if needs in ("unpaid", "begun", "linked"):
            return dict(stage.window_back(whose, needs))
        if names & {"part_id", "line_id"}:
            part = stage.part(whose, needs)
            line_id = stage.weighed_line(whose, part).pk
            return {"part_id": part.pk, "line_id": line_id, "token": part.order.token}
        made: dict[str, Callable[[], object]] = {
            "good_id": lambda: stage.good(whose, str(uuid.uuid4())).pk,
            "shortfall_id": lambda: stage.short(whose),
            "device_id": lambda: stage.device(whose),
            "token_id": lambda: stage.program(whose),
            "leg_id": lambda: stage.leg(whose),
            "policy_id": lambda: stage.policy(whose),
            "sale_id": lambda: stage.sale_id(whose, needs),
            "refund_id": lambda: stage.refund(whose),
            "call_id": lambda: stage.call(whose),
            "inquiry_id": lambda: stage.claim(whose).pk,
            "review_id": lambda: stage.review(whose).pk,
            "screen_id": lambda: stage.screen(whose),
            "token": lambda: stage.token(whose, route),
        }
        standing = stage.standing[whose].fields(route)
        return {name: made[name]() if name in made else standing[name] for name in names - {"slug", "name"}}
