"""What comes from outside in a bad shape: hosts, addresses to go on to, forged cookies, failures of our own."""

from __future__ import annotations

import logging

import pytest
from django.core import signing
from django.test import Client

from jangteo.faces._parts.devices import STALL_COOKIE
from jangteo.faces.shop import basket as baskets
from jangteo.faces.shop import my_orders
from jangteo.faces.shop.views import browse
from jangteo.kernel.live import channels_of
from tests.world import World, device_of, make_world, order

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "http:///evil.example/",
    "javascript:alert(1)",
    "\thttps://evil.example/",
    " //evil.example/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
)
SECRET = "010-9999-8888 비밀"


@pytest.fixture
def fearless() -> Client:
    """Shows what a browser would be shown when the program fails."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example", "evil_"])
@pytest.mark.parametrize("path", ["/jangteo/", "/stall/", "/api/v1/markets/"])
def test_an_unknown_host_is_turned_away_and_logged(
    world: World, fearless: Client, caplog: pytest.LogCaptureFixture, host: str, path: str
) -> None:
    fearless.cookies[STALL_COOKIE] = device_of(world, world.fish)

    response = fearless.get(path, headers={"host": host})

    assert response.status_code == 400
    assert host not in response.content.decode()
    assert not response.cookies
    assert [record.name for record in caplog.records if record.levelno >= logging.ERROR] == [
        "django.security.DisallowedHost"
    ]


def test_a_forwarded_host_is_not_believed(world: World, client: Client) -> None:
    page = client.get("/api/v1/markets/", headers={"x-forwarded-host": "evil.example"})

    assert page.status_code == 200
    assert "evil.example" not in page.content.decode()


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_sent_to_another_site(world: World, client: Client, wanted: str) -> None:
    looked = client.post("/look/", {"mode": "easy", "next": wanted})
    put_in = client.post("/jangteo/basket/set/", {"good_id": world.tofu.pk, "quantity": 1, "next": wanted})

    assert looked["Location"] == "/"
    assert put_in["Location"] == "/jangteo/basket/"


@pytest.mark.parametrize("path", ["/jangteo/../stall/", "/jangteo//evil.example/", "//evil.example/", "/jangteo/map"])
def test_no_odd_path_leads_elsewhere(world: World, client: Client, path: str) -> None:
    response = client.get(path)

    assert response.headers.get("Location", "/").startswith("/")
    assert not response.headers.get("Location", "/").startswith("//")


def test_a_forged_basket_is_an_empty_one(world: World, client: Client) -> None:
    other = make_world("namdong", "2")
    wishes = {str(world.tofu.pk): [1, 1_500]}
    for forged in (
        "{}",
        signing.dumps(wishes, salt="jangteo.basket"),
        signing.dumps(wishes, salt=f"jangteo.basket.{other.market.pk}"),
        signing.dumps({"1": "many"}, salt=f"jangteo.basket.{world.market.pk}"),
        signing.dumps([1, 2], salt=f"jangteo.basket.{world.market.pk}"),
    ):
        client.cookies[baskets.COOKIE] = forged
        assert "바구니가 비었어요" in client.get("/jangteo/basket/").content.decode()


def test_a_good_of_another_market_does_not_get_into_the_basket(world: World, client: Client) -> None:
    other = make_world("namdong", "2")

    response = client.post("/jangteo/basket/set/", {"good_id": other.tofu.pk, "quantity": 1})

    assert response.status_code == 400
    assert baskets.COOKIE not in response.cookies


def test_a_forged_list_of_orders_shows_none(world: World, client: Client) -> None:
    placed = order(world, (world.tofu, 1))
    client.cookies[my_orders.COOKIE] = signing.dumps([placed.token], salt="jangteo.orders")

    assert "아직 주문이 없어요" in client.get("/jangteo/orders/").content.decode()


def test_a_page_hears_of_nothing_but_its_own(world: World, client: Client) -> None:
    placed = order(world, (world.tofu, 1))
    client.cookies[STALL_COOKIE] = device_of(world, world.fish)

    assert channels_of(ticket_in(client, f"/jangteo/order/{placed.token}/")) == {f"order:{placed.order_id}"}
    assert channels_of(ticket_in(client, "/stall/")) == {f"stall:{world.fish.pk}"}


def ticket_in(client: Client, path: str) -> str:
    return client.get(path).content.decode().partition('data-live-ticket="')[2].partition('"')[0]


@pytest.mark.parametrize("debug_in_the_address", ["", "?debug=1"])
def test_a_failure_of_ours_shows_no_trace(
    world: World,
    fearless: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    debug_in_the_address: str,
) -> None:
    monkeypatch.setattr(browse, "shown", broken)

    response = fearless.get(f"/jangteo/help/{debug_in_the_address}")

    text = response.content.decode()
    assert response.status_code == 500
    for hint in (SECRET, "Traceback", "RuntimeError", "jangteo/faces", "Django"):
        assert hint not in text
    assert any("Internal Server Error" in record.getMessage() for record in caplog.records)


def broken(*_: object, **__: object) -> None:
    raise RuntimeError(SECRET)


@pytest.mark.parametrize(
    "path", ["/jangteo/goods/1%00/", "/jangteo/search/?q=%00%ff", "/jangteo/stall/%00/", "/in/%00/"]
)
@pytest.mark.parametrize("query", ["", "?page=99999999999999999999", "?removed=-1", "?stall=%27%22%3Cscript%3E"])
def test_odd_characters_are_no_failure(world: World, client: Client, path: str, query: str) -> None:
    response = client.get(path + query.replace("?", "&" if "?" in path else "?"))

    assert response.status_code in (200, 400, 404, 410)
    assert "<script>" not in response.content.decode().partition("<main")[2]


def test_what_people_write_is_never_markup(world: World, client: Client) -> None:
    attack = "<img src=x onerror=alert(1)>"
    client.post("/jangteo/basket/set/", {"good_id": world.tofu.pk, "quantity": 1})

    for page in (
        client.get("/jangteo/search/", {"q": attack}),
        client.get("/jangteo/search/", {"q": attack}, headers={"x-fragment": "suggest"}),
        client.get("/jangteo/goods/", {"kind": attack, "stall": attack, "sort": attack}),
        client.post("/jangteo/checkout/", {"name": attack, "phone": attack, "note": attack, "address": attack}),
        client.post("/jangteo/enter/", {"phone": attack}),
    ):
        assert "<img src=x" not in page.content.decode()
