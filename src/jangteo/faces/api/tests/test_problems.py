from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import cast

import pytest
from django.db import OperationalError, connection
from django.test import Client
from structlog.testing import capture_logs

from jangteo.domains.catalog import errors as catalog
from jangteo.domains.delivery import errors as delivery
from jangteo.domains.ledger import errors as ledger
from jangteo.domains.ordering import errors as ordering
from jangteo.domains.payments import errors as payments
from jangteo.domains.payments.rules import refusals as money
from jangteo.domains.stock import errors as stock
from jangteo.faces._parts.words.sentences import SENTENCES
from jangteo.faces.api import limits, problems, refusals
from jangteo.faces.api.edge import MOST_BYTES
from jangteo.faces.api.tests.callers import ORDERS, V1, Caller, Json, program_of, wish
from jangteo.kernel import idempotency, ids
from jangteo.kernel import limits as kernel_limits
from jangteo.kernel.errors import Refused
from tests.world import World

MODULES = (catalog, delivery, idempotency, kernel_limits, ledger, money, ordering, payments, refusals, stock)


def every_refusal() -> Iterator[type[Refused]]:
    for module in MODULES:
        kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Refused)]
        yield from (kind for kind in kinds if kind.__module__ == module.__name__ and not kind.__subclasses__())


def test_every_refusal_has_its_status() -> None:
    """A new refusal goes into the table of faces/api/problems.py."""
    kinds = list(every_refusal())

    assert len(kinds) > 40
    assert sorted({kind.code for kind in kinds} - set(problems.STATUS)) == []
    assert sorted(set(problems.STATUS) - {kind.code for kind in kinds}) == []


def test_every_refusal_that_a_caller_can_meet_has_its_own_sentence() -> None:
    met = {code for code, status in problems.STATUS.items() if status != HTTPStatus.INTERNAL_SERVER_ERROR}

    assert sorted(code for code in met if not code.startswith("api.") and code not in SENTENCES) == []
    own = [kind for kind in every_refusal() if kind.__module__ == refusals.__name__]
    sentences = {str(cast(type[refusals.ApiRefused], kind).says) for kind in own}
    assert len(sentences) == len(own)


def test_a_problem_says_what_to_do_in_korean(world: World) -> None:
    answer = Caller().order(wish((world.mackerel, 6)))

    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body == {
        "type": "urn:jangteo:problem:ordering.not_enough",
        "title": "Not enough",
        "status": 409,
        "detail": "고등어, 5개만 남았어요. 개수를 줄여 주세요.",
        "code": "ordering.not_enough",
        "facts": {"name": "고등어", "good_id": world.mackerel.pk, "left": 5},
    }


@pytest.mark.parametrize(
    "path", ["", "nothing/", "markets", "markets/a b/", "stall/parts/x/", f"stall/parts/{2**63}/", "%00/"]
)
def test_an_address_that_does_not_exist_is_a_problem_too(world: World, path: str) -> None:
    answer = program_of(world.market, world.fish).get(f"{V1}/{path}")

    assert (answer.status, answer.code) == (404, "api.not_found")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "markets/", "GET"),
        ("GET", "markets/jangteo/orders/", "POST"),
        ("PUT", "stall/goods/1/", "PATCH"),
        ("TRACE", "me/orders/", "GET"),
        ("POST", "openapi.json", "GET"),
    ],
)
def test_another_method_names_the_allowed_one(world: World, method: str, path: str, allowed: str) -> None:
    answer = Caller().send(method, f"{V1}/{path}", "")

    assert (answer.status, answer.code, answer.headers["Allow"]) == (405, "api.method_not_allowed", allowed)


@pytest.mark.parametrize(
    "text", ["{", "\x00", "[" * 60_000, "9" * 5_000, "{'a': 1}"], ids=["cut", "nul", "deep", "long", "quotes"]
)
def test_a_body_that_is_no_json_is_told_apart(world: World, text: str) -> None:
    answer = Caller().send("POST", ORDERS, text, Idempotency_Key="12345678")

    assert (answer.status, answer.code) == (400, "api.not_json")


def test_bytes_that_are_no_text_are_no_json(world: World) -> None:
    assert Caller().send("POST", ORDERS, b'{"name": "\xff"}', Idempotency_Key="12345678").code == "api.not_json"


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_read(world: World, media: str) -> None:
    answer = Caller().send("POST", ORDERS, json.dumps(wish((world.tofu, 1))), Content_Type=media)

    assert (answer.status, answer.code) == (415, "api.wrong_media_type")


def test_a_body_that_is_too_large_is_not_read(world: World) -> None:
    answer = Caller().send("POST", ORDERS, " " * (MOST_BYTES + 1))

    assert (answer.status, answer.code, answer.body["facts"]) == (413, "api.too_large", {"most_bytes": MOST_BYTES})


def test_nothing_is_kept_by_caches_but_the_document(world: World) -> None:
    placed = Caller().order(wish((world.tofu, 1)))
    kept = [placed, Caller().get(f"{ORDERS}{placed.body['token']}/"), Caller().get(f"{V1}/nothing/")]

    assert [answer.headers["Cache-Control"] for answer in kept] == ["no-store"] * 3
    assert Caller().get(f"{V1}/openapi.json").headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"limit": "0"}, "/limit"),
        ({"limit": "101"}, "/limit"),
        ({"limit": "many"}, "/limit"),
        ({"cursor": "12"}, "/cursor"),
        ({"cursor": "c" + "f" * 16}, "/cursor"),
        ({"q": "\x00"}, "/q"),
        ({"kind": "생선"}, "/kind"),
        ({"stall": "1"}, "/stall"),
    ],
)
def test_a_query_that_does_not_fit_is_pointed_at(world: World, query: dict[str, str], pointer: str) -> None:
    answer = Caller().get(f"{V1}/markets/jangteo/goods/", **query)

    assert (answer.status, answer.code) == (422, "api.invalid")
    assert [(f["where"], f["pointer"]) for f in cast(list[Json], answer.body["errors"])] == [("query", pointer)]


def test_what_came_in_is_not_sent_back(world: World) -> None:
    secret = "주민번호 900101"
    answer = Caller().order({**wish((world.tofu, 1)), "fulfil": secret, "tender": secret})

    assert secret not in json.dumps(answer.body, ensure_ascii=False)


def test_a_field_name_with_a_slash_is_escaped(world: World) -> None:
    answer = Caller().order({**wish((world.tofu, 1)), "a/b~c": 1})

    assert [fault["pointer"] for fault in cast(list[Json], answer.body["errors"])] == ["/a~1b~0c"]


def test_ordering_too_often_from_one_phone_has_to_wait(world: World) -> None:
    answers = [Caller().order(wish((world.tofu, 1))) for _ in range(limits.ORDERS_OF_PHONE.most + 1)]

    assert {answer.status for answer in answers[:-1]} == {201}
    assert (answers[-1].status, answers[-1].code, answers[-1].headers["Retry-After"]) == (
        429,
        "limits.too_often",
        "600",
    )
    assert Caller().order(wish((world.tofu, 1), phone="010-0000-2001")).status == 201


def test_an_unknown_host_is_turned_away(world: World) -> None:
    response = Client().get(f"{V1}/markets/", headers={"Host": "evil.example"})

    assert response.status_code == 400


def test_a_missing_database_is_a_moments_wait(world: World) -> None:
    def away(*_: object) -> None:
        raise OperationalError

    with connection.execute_wrapper(away), capture_logs() as logged:
        answer = Caller().get(f"{V1}/markets/")

    assert (answer.status, answer.code, answer.headers["Retry-After"]) == (503, "api.busy", "1")
    assert [line["event"] for line in logged] == ["api_database_away", "api_refused"]


def test_our_own_fault_is_a_problem_without_details(world: World) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    with connection.execute_wrapper(broken), capture_logs() as logged:
        answer = Caller().get(f"{V1}/markets/")

    assert (answer.status, answer.code) == (500, "api.broken")
    assert "secret detail" not in str(answer.body)
    assert logged[0]["event"] == "api_broken"
    assert str(logged[0]["exc_info"]) == "secret detail"


def test_english_is_spoken_to_those_who_ask(world: World) -> None:
    response = Client().get(f"{V1}/nothing/", headers={"Accept-Language": "en"})

    assert response.headers["Content-Language"] == "en"


def test_logs_hold_routes_and_never_the_secret_of_an_order(world: World, caplog: pytest.LogCaptureFixture) -> None:
    token = ids.new_token()
    caplog.set_level("INFO")

    assert Caller().get(f"{ORDERS}{token}/").status == 404

    assert "api/v1/markets/<slug:slug>/orders/<slug:token>/" in caplog.text
    assert token not in caplog.text
