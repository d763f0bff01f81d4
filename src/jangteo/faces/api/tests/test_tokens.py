from __future__ import annotations

from typing import cast

import pytest
from django.test import Client
from structlog.testing import capture_logs

from jangteo.domains.markets.models import Stall
from jangteo.domains.people.actions.make_api_token import make_api_token
from jangteo.domains.people.actions.revoke_api_token import revoke_api_token
from jangteo.domains.people.models import ApiToken
from jangteo.faces.api import limits
from jangteo.faces.api.openapi import document
from jangteo.faces.api.tests.callers import ORDERS, V1, Caller, Json, customer, program_of, wish
from jangteo.faces.api.tests.footprint import footprint
from jangteo.kernel import ids
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, device_of, make_world


def closed() -> list[tuple[str, str]]:
    """Every operation that needs a token, as the document has it."""
    paths = cast(dict[str, dict[str, Json]], document()["paths"])
    return [
        (method.upper(), path.format(part_id=1, line_id=1, good_id=1))
        for path, methods in paths.items()
        for method, each in methods.items()
        if "security" in each and {} not in cast(list[Json], each["security"])
    ]


CLOSED = closed()


def test_most_addresses_are_closed() -> None:
    assert len(CLOSED) == 12


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_without_a_token_nothing_is_told(world: World, method: str, path: str) -> None:
    answer = Caller().send(method, path, "{}")

    assert (answer.status, answer.code) == (401, "api.token_missing")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "path"), [*CLOSED, ("POST", ORDERS)])
def test_a_forged_token_is_refused_and_logged(world: World, method: str, path: str) -> None:
    before = footprint()

    with capture_logs() as logged:
        answer = Caller("forged-token-forged-to").send(method, path, "{}")

    assert (answer.status, answer.code) == (401, "api.token_unknown")
    assert [(line["event"], line["log_level"], line["code"]) for line in logged] == [
        ("api_refused", "warning", "api.token_unknown")
    ]
    assert "forged" not in str(logged)
    assert footprint() == before


def test_other_schemes_than_bearer_are_no_token(world: World) -> None:
    for scheme in ("Basic dXNlcjpwYXNz", "Bearer", "token"):
        response = Client().get(f"{V1}/stall/parts/", headers={"Authorization": scheme})
        assert response.status_code == 401, scheme
        assert Client().post(ORDERS, "{}", "application/json", headers={"Authorization": scheme}).status_code == 401


def test_a_revoked_token_opens_nothing_from_then_on(world: World) -> None:
    fish, buyer = program_of(world.market, world.fish), customer(world.market)
    assert (fish.get(f"{V1}/stall/parts/").status, buyer.get(f"{V1}/me/orders/").status) == (200, 200)
    with in_market(world.market.pk):
        for token_id in ApiToken.objects.values_list("pk", flat=True):
            revoke_api_token(market=world.market, actor=SYSTEM, token_id=token_id)
    before = footprint()

    assert fish.get(f"{V1}/stall/parts/").code == "api.token_unknown"
    assert fish.post(f"{V1}/stall/door/", {"door": "closed"}).code == "api.token_unknown"
    assert buyer.get(f"{V1}/me/orders/").code == "api.token_unknown"
    assert buyer.order(wish((world.tofu, 1))).code == "api.token_unknown"
    assert footprint() == before


def test_tokens_are_good_for_their_own_kind_only(world: World) -> None:
    fish, buyer = program_of(world.market, world.fish), customer(world.market)
    association = Caller(make_api_token(market=world.market, actor=SYSTEM, label="office"))
    before = footprint()

    denied = [
        fish.get(f"{V1}/me/orders/"),
        fish.order(wish((world.tofu, 1))),
        buyer.get(f"{V1}/stall/parts/"),
        buyer.post(f"{V1}/stall/door/", {"door": "closed"}),
        association.get(f"{V1}/stall/parts/"),
        association.get(f"{V1}/me/orders/"),
    ]

    assert [(answer.status, answer.code) for answer in denied] == [(403, "api.token_other")] * 6
    assert footprint() == before


def test_the_secret_of_a_device_is_no_token(world: World) -> None:
    secret = device_of(world, world.fish)

    assert Caller(secret).get(f"{V1}/stall/parts/").code == "api.token_unknown"


def test_a_customers_token_orders_in_its_own_market_only(world: World) -> None:
    other = make_world("other", digit="2")
    elsewhere = customer(other.market)
    before = footprint()

    answer = elsewhere.order(wish((world.tofu, 1)))

    assert (answer.status, answer.code) == (403, "api.token_other")
    assert footprint() == before


def test_a_stall_of_another_market_sees_only_its_own(world: World) -> None:
    other = make_world("other", digit="2")
    Caller().order(wish((world.mackerel, 1)))

    assert program_of(other.market, other.fish).get(f"{V1}/stall/parts/").items == []


def test_guessing_tokens_ends_soon_and_locks_out_nobody_else(world: World) -> None:
    fish = program_of(world.market, world.fish)
    tries = [Caller(ids.new_token()).get(f"{V1}/stall/parts/") for _ in range(limits.WRONG_SECRETS.most + 1)]

    assert {answer.code for answer in tries[:-1]} == {"api.token_unknown"}
    assert (tries[-1].status, tries[-1].code, tries[-1].headers["Retry-After"]) == (429, "limits.too_often", "600")
    assert fish.get(f"{V1}/stall/parts/").status == 200


def test_guessing_order_tokens_ends_soon(world: World) -> None:
    placed = Caller().order(wish((world.tofu, 1)))
    tries = [Caller().get(f"{ORDERS}{ids.new_token()}/") for _ in range(limits.WRONG_SECRETS.most + 1)]

    assert {answer.status for answer in tries[:-1]} == {404}
    assert tries[-1].status == 429
    assert Caller().get(f"{ORDERS}{placed.body['token']}/").status == 200


def test_a_closed_stall_still_has_its_token(world: World) -> None:
    fish = program_of(world.market, world.fish)
    fish.post(f"{V1}/stall/door/", {"door": "closed"})

    assert fish.post(f"{V1}/stall/door/", {"door": "open"}).body["door"] == Stall.Door.OPEN


def test_tokens_are_stored_as_digests(world: World) -> None:
    fish = program_of(world.market, world.fish)

    with in_market(world.market.pk):
        stored = ApiToken.objects.get()
    assert stored.token_digest == ids.token_digest(fish.token)
    assert fish.token not in str(vars(stored))
