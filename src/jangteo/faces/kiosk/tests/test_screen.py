from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.templatetags.static import static
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.devices.models import Screen
from jangteo.domains.helping.actions.take_call import take_call
from jangteo.domains.helping.models import HelpCall
from jangteo.domains.people.models import Device, Role
from jangteo.faces._parts.devices import OFFICE_COOKIE
from jangteo.faces.kiosk.shell import OWN
from jangteo.faces.kiosk.tests.kiosk import Kiosk, seen
from jangteo.faces.kiosk.tests.kiosk import kiosk as new_kiosk
from jangteo.faces.kiosk.views.screen import LASTING
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, device_of


def the_screen(world: World) -> Screen:
    with in_market(world.market.pk):
        return Screen.objects.latest("pk")


def data(client: Client) -> dict[str, str]:
    """The data attributes of the page's body."""
    html = client.get("/k/").content.decode()
    (body,) = re.findall(r"<body([^>]*)>", html)
    return dict(re.findall(r'data-([a-z-]+)="([^"]*)"', body))


def test_the_page_knows_its_screen_its_series_and_its_outbox(world: World, kiosk: Kiosk) -> None:
    second = new_kiosk()
    second.pair(world.market)

    first, other = data(kiosk.client), data(second.client)
    assert (first["series"], other["series"]) == ("K1", "K2")
    assert first["outbox"] == other["outbox"] == f"kiosk-{world.market.code}"
    assert (first["orders-url"], first["help-url"], first["worker-url"]) == ("/k/orders/", "/k/help/", "/k/worker.js")
    assert (first["mm"], other["screen"]) == ("", str(the_screen(world).pk))


def test_a_series_is_never_given_again(world: World, kiosk: Kiosk) -> None:
    kiosk.pair(world.market)

    assert data(kiosk.client)["series"] == "K2"


def test_the_catalogue_is_sent_again_only_when_something_changed(world: World, kiosk: Kiosk) -> None:
    first = kiosk.client.get("/k/catalogue/", headers={"Accept-Encoding": "gzip"})
    assert first["ETag"].startswith("W/")
    first = kiosk.client.get("/k/catalogue/")
    again = kiosk.client.get("/k/catalogue/", headers={"If-None-Match": f"W/{first['ETag']}"})
    set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=7_000)
    changed = kiosk.client.get("/k/catalogue/", headers={"If-None-Match": first["ETag"]})

    assert first.json()["market"] == {"name": "장터시장", "phone": "010-0000-0001"}
    assert (first.json()["screen"], bool(first.json()["live_ticket"])) == ({"name": "북문", "place": "북문 앞"}, True)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert (changed.status_code, changed.json()["version"] != first.json()["version"]) == (200, True)


def test_another_browser_is_shown_digits_and_gets_nothing(world: World, client: Client) -> None:
    assert client.get("/k/").status_code == 200
    assert [client.get("/k/catalogue/").status_code, client.post("/k/help/").status_code] == [403, 403]


def call(kiosk: Kiosk, **more: str) -> dict[str, str]:
    answer: dict[str, str] = kiosk.client.post("/k/help/", json.dumps(more), content_type="application/json").json()
    return answer


def test_help_comes_to_the_place_of_the_kiosk_and_is_called_once(world: World, kiosk: Kiosk) -> None:
    told = call(kiosk)
    assert call(kiosk) == told

    assert told == {"say": "도우미를 불렀어요. 여기서 잠깐 기다려 주세요.", "phone": "010-0000-0001"}
    with in_market(world.market.pk):
        made = HelpCall.objects.get()
    assert (made.face, made.place, made.what) == ("kiosk", "북문 앞", "other")

    desk = Client()
    desk.cookies[OFFICE_COOKIE] = device_of(world, None, Role.HELPER)
    assert "북문 앞" in desk.get("/h/").content.decode()


def test_who_is_on_the_way_is_said_when_help_is_called_again(world: World, kiosk: Kiosk) -> None:
    call(kiosk, what="paying")
    device_of(world, None, Role.HELPER)
    with in_market(world.market.pk):
        made, helper = HelpCall.objects.get(), Device.objects.latest("pk")
    take_call(market=world.market, actor=SYSTEM, call_id=made.pk, helper_id=helper.pk)

    assert call(kiosk, what="paying")["say"].endswith("오고 있어요. 여기서 잠깐 기다려 주세요.")


def test_a_child_at_the_help_button_does_not_flood_the_helpers(world: World, kiosk: Kiosk) -> None:
    answers = [kiosk.client.post("/k/help/") for _ in range(9)]

    assert [answer.status_code for answer in answers] == [200] * 8 + [429]
    assert answers[-1].json()["phone"] == "010-0000-0001"
    with in_market(world.market.pk):
        assert HelpCall.objects.count() == 1


def test_real_millimetres_are_kept_with_the_screen(world: World, kiosk: Kiosk) -> None:
    answer = kiosk.client.post("/k/setting/", json.dumps({"mm": 378}), content_type="application/json")

    assert (answer.status_code, the_screen(world).setting) == (200, {"mm": 378})
    assert data(kiosk.client)["mm"] == "3.78"
    kiosk.client.post("/k/setting/", json.dumps({"mm": 0}), content_type="application/json")
    assert the_screen(world).setting == {}


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"mm": "3"}', '{"mm": 1}', '{"mm": -5}', '{"mm": 99999}'])
def test_a_millimetre_that_cannot_be_is_refused(world: World, kiosk: Kiosk, body: str) -> None:
    assert kiosk.client.post("/k/setting/", body, content_type="application/json").status_code == 422
    assert the_screen(world).setting == {}


def test_the_office_sees_what_a_kiosk_has_not_sent(world: World, kiosk: Kiosk) -> None:
    desk = Client()
    desk.cookies[OFFICE_COOKIE] = device_of(world, None, Role.MANAGER)
    with clock.at(NOON + timedelta(minutes=1)):
        kiosk.client.post("/k/seen/", {"unsent": "3"})
        assert the_screen(world).unsent == 3
        assert "아직 못 보낸 주문 3개" in desk.get("/office/screens/").content.decode()
        kiosk.client.post("/k/seen/", {"unsent": "0"})
        assert "아직 못 보낸 주문" not in desk.get("/office/screens/").content.decode()


def test_the_page_is_no_other_screen_s(world: World, kiosk: Kiosk) -> None:
    assert kiosk.client.get("/k/")["X-Owner"] == str(the_screen(world).pk)


def test_the_worker_keeps_the_page_and_everything_that_opens_it(client: Client) -> None:
    text = client.get("/k/worker.js").content.decode()
    kept = json.loads(re.findall(r"self\.KEPT = (.*);", text)[0])

    assert (kept["name"], kept["pages"], kept["fallback"], kept["lasting"]) == ("kiosk", ["/k/"], "/k/", LASTING)
    own = {static(path.relative_to(OWN).as_posix()) for path in OWN.rglob("*") if path.is_file()}
    assert own | {static("css/tokens.css"), static("icons.svg")} <= set(kept["files"])


def test_an_order_at_a_kiosk_takes_few_queries(
    world: World, kiosk: Kiosk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    kept = kiosk.order(seen(world.mackerel), seen(world.tofu))
    with django_assert_max_num_queries(25):
        kiosk.send(kept)
