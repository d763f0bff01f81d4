"""A helper walks past the stalls, and hands out at the hub."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jangteo.adapters.paper.printer import TypstPress
from jangteo.domains.carriers import outside
from jangteo.domains.carriers.outside import Outside
from jangteo.domains.hub.models import Missing, Pick
from jangteo.faces._parts.tests.unmarked import unmarked_korean
from jangteo.faces.shop.tests.pressing import text_of
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.brought import order_row
from tests.gathering import gathers, goods_parts, lines_of, parcel, receive, to_be_brought, to_be_fetched, tour
from tests.world import NOON, World, delivers

pytestmark = pytest.mark.usefixtures("takes_card")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def said(client: Client, address: str) -> str:
    return text_of(client.get(address))


def test_without_a_plan_it_says_where_to_begin(world: World, hana: Client) -> None:
    assert "모음터를 쓰지 않는 시장이에요" in said(hana, "/h/tour/")
    assert "모음터를 쓰지 않는 시장이에요" in said(hana, "/h/hub/")
    assert "/h/tour/" not in hana.get("/h/").content.decode()


def test_a_walk_is_begun_and_pressed_stall_by_stall(world: World, hana: Client) -> None:
    gathers(world)
    assert "지금 받으러 갈 것이 없어요" in said(hana, "/h/tour/")
    placed = to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1))
    assert "/h/tour/" in hana.get("/h/").content.decode()
    assert "받으러 갈 물건이 2건 있어요" in said(hana, "/h/tour/")

    hana.post("/h/tour/start/")
    assert "2건 가운데 0건" in said(hana, "/h/tour/")
    for part in goods_parts(world, placed):
        assert hana.post(f"/h/hub/parts/{part.pk}/got/")["Location"] == "/h/tour/"

    assert parcel(world, placed).ready_at == NOON
    assert "다 모였어요" in said(hana, f"/h/hub/orders/{placed.order_id}/")


def test_a_press_can_be_taken_back(world: World, hana: Client) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1))
    tour(world)
    part = goods_parts(world, placed)[0]
    hana.post(f"/h/hub/parts/{part.pk}/got/")
    assert "받은 것 되돌리기" in said(hana, "/h/tour/")

    hana.post(f"/h/hub/parts/{part.pk}/back/")

    assert "2건 가운데 0건" in said(hana, "/h/tour/")


def test_a_stall_that_is_not_ready_comes_again_at_the_end(world: World, hana: Client) -> None:
    gathers(world)
    to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1))
    tour(world)
    with in_market(world.market.pk):
        first, second = Pick.objects.order_by("position")

    hana.post(f"/h/tour/picks/{first.pk}/later/")
    assert second.stall.name in said(hana, "/h/tour/")
    hana.post(f"/h/hub/parts/{second.part_id}/got/")
    assert "다시 들를 가게" in said(hana, "/h/tour/")


def test_what_is_sold_by_weight_is_weighed_on_the_walk(world: World, hana: Client) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.hairtail, 1), (world.cabbage, 1))
    tour(world)
    part = next(one for one in goods_parts(world, placed) if one.stall_id == world.fish.pk)
    [line] = lines_of(world, part)

    unweighed = hana.post(f"/h/hub/parts/{part.pk}/got/")
    assert (unweighed.status_code, "무게부터 적어" in text_of(unweighed)) == (409, True)
    assert hana.post(f"/h/hub/lines/{line.pk}/weigh/", {"grams": "많이"}).status_code == 409
    assert hana.post(f"/h/hub/lines/{line.pk}/weigh/", {"grams": "380"}).status_code == 302
    assert hana.post(f"/h/hub/parts/{part.pk}/got/").status_code == 302

    assert lines_of(world, part)[0].final_grams == 380


def test_a_missing_good_is_asked_about_and_changed_for_another(world: World, hana: Client) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1))
    part = next(one for one in goods_parts(world, placed) if one.stall_id == world.fish.pk)
    [line] = lines_of(world, part)

    there = hana.post(f"/h/hub/lines/{line.pk}/gone/")["Location"]
    page = hana.get(there).content.decode()
    assert "전화로 물어봐 달라고" in page
    assert 'href="tel:01000002000"' in page
    refused = hana.post(f"/h/hub/parts/{part.pk}/got/")
    assert (refused.status_code, "먼저 정해 주세요" in text_of(refused)) == (409, True)
    assert "없는 물건, 정해 주세요" in said(hana, "/h/hub/")

    assert hana.post(there, {"good": str(world.hairtail.pk)}).status_code == 409
    hana.post(there, {"good": ""})

    assert "8,000원을 돌려드려요" in said(hana, there)
    with in_market(world.market.pk):
        assert Missing.objects.get().outcome.what == "refund"


def test_who_comes_is_found_and_given_everything_at_once(world: World, hana: Client) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1))
    here = f"/h/hub/orders/{placed.order_id}/"
    receive(world, placed)

    assert here in hana.get("/h/hub/?q=2000").content.decode()
    assert "선반에 그런 주문이 없어요" in said(hana, "/h/hub/?q=2001")
    assert hana.post(f"{here}boxes/", {"count": "0"}).status_code == 409
    assert hana.post(f"{here}boxes/", {"count": "2", "is_cold": "on"}).status_code == 302
    assert hana.post(f"{here}give/").status_code == 302

    assert (parcel(world, placed).boxes, parcel(world, placed).is_cold) == (2, True)
    assert order_row(world, placed).state == "closed"
    assert "선반에 그런 주문이 없어요" in said(hana, "/h/hub/?q=2000")


def test_nothing_is_given_as_long_as_something_is_missing(world: World, hana: Client) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1))
    hana.post(f"/h/hub/parts/{goods_parts(world, placed)[0].pk}/got/", {"on": "table"})

    refused = hana.post(f"/h/hub/orders/{placed.order_id}/give/")

    assert (refused.status_code, "아직 안 왔어요" in text_of(refused)) == (409, True)
    assert order_row(world, placed).state == "placed"


def test_every_box_of_the_wave_gets_a_label(world: World, hana: Client) -> None:
    assert hana.get("/h/hub/labels.pdf").status_code == 302
    delivers(world)
    gathers(world)
    placed = to_be_brought(world, (world.mackerel, 1), (world.cabbage, 1))
    receive(world, placed)
    hana.post(f"/h/hub/orders/{placed.order_id}/boxes/", {"count": "3", "is_fragile": "on"})

    outside.use(Outside(press=TypstPress()))
    sheet = hana.get("/h/hub/labels.pdf")
    outside.use(Outside())

    assert (sheet.status_code, sheet["Content-Type"], sheet.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_another_markets_order_is_not_there(world: World, hana: Client) -> None:
    assert hana.get("/h/hub/orders/987654321/").status_code == 404
    assert hana.post("/h/hub/parts/987654321/got/").status_code == 404


def test_english_pages_mark_what_is_korean(world: World, hana: Client) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1))
    tour(world)
    hana.cookies["django_language"] = "en"

    addresses = ["/h/tour/", "/h/hub/", f"/h/hub/orders/{placed.order_id}/"]
    assert {at: unmarked_korean(hana.get(at).content.decode()) for at in addresses} == {at: [] for at in addresses}


def test_lists_ask_the_database_no_more_for_more_orders(world: World, hana: Client) -> None:
    gathers(world)

    def statements(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert hana.get(address).status_code == 200
        return len(asked)

    counts = []
    for many in (2, 4):
        for _ in range(many):
            to_be_fetched(world, (world.tofu, 1), (world.cabbage, 1))
        tour(world)
        counts.append((statements("/h/tour/"), statements("/h/hub/")))

    assert counts[0] == counts[1]
