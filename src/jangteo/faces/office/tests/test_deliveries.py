from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.carriers import outside
from jangteo.domains.carriers.models import Parcel, QuickCall
from jangteo.domains.carriers.outside import Outside
from jangteo.domains.carriers.tests.roads import Roads, roads, to_be_brought
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market
from tests.world import World

TOLD = {"point": "37.57, 126.99", "detail": "3층", "note": "찬 것"}


@pytest.fixture
def road(monkeypatch: pytest.MonkeyPatch) -> Iterator[Roads]:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with roads() as opened:
        yield opened


def words(text: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", text.decode()).split())


def test_the_price_is_shown_before_a_courier_is_called(world: World, desk: Client, road: Roads) -> None:
    order = to_be_brought(world)
    page = f"/office/deliveries/{order.pk}/"

    shown = desk.post(f"{page}quick/", TOLD)
    assert "6,000원에 퀵 부르기" in words(shown.content)
    assert road.kakaot.orders() == []
    key = re.search(r'name="key" value="([^"]+)"', shown.content.decode())
    assert key is not None
    sent = {**TOLD, "won": "6000", "key": key[1]}
    assert desk.post(f"{page}quick/", sent)["Location"] == f"{page}?done=quick"
    assert desk.post(f"{page}quick/", sent)["Location"] == f"{page}?done=quick"
    deliver_due(road.handlers)

    assert len(road.kakaot.orders()) == 1
    assert "기사님을 찾고 있어요" in words(desk.get(page).content)
    assert "기사님을 찾고 있어요" in words(Client().get(f"/jangteo/order/{order.token}/").content)


@pytest.mark.parametrize(
    ("point", "says"),
    [
        ("", "붙여 넣어 주세요"),
        ("장터동 101호", "읽지 못했어요"),
        ("126.99, 37.57", "앞뒤가 바뀌었어요"),
        ("35.1, 129.0", "너무 먼 곳이에요"),
        ("0, 0", "읽지 못했어요"),
    ],
)
def test_a_point_that_cannot_be_is_said_beside_its_field(
    world: World, desk: Client, road: Roads, point: str, says: str
) -> None:
    answer = desk.post(f"/office/deliveries/{to_be_brought(world).pk}/quick/", TOLD | {"point": point})

    assert (answer.status_code, says in words(answer.content)) == (422, True)


@pytest.mark.parametrize("fault", ["server_error", "too_many", "garbage"])
def test_a_company_without_an_answer_is_said_and_nothing_was_called(
    world: World, desk: Client, road: Roads, fault: str
) -> None:
    road.kakaot.dial.next_up("price", fault)

    answer = desk.post(f"/office/deliveries/{to_be_brought(world).pk}/quick/", TOLD)

    assert (answer.status_code, "아직 부른 것은 없어요" in words(answer.content)) == (409, True)
    with in_market(world.market.pk):
        assert not QuickCall.objects.exists()


def test_a_parcel_number_is_put_in_shown_to_the_customer_and_taken_back(
    world: World, desk: Client, road: Roads
) -> None:
    order = to_be_brought(world)
    page = f"/office/deliveries/{order.pk}/"

    wrong = desk.post(page, {"carrier": "cjlogistics", "number": "1234-5678-901"})
    assert "10, 12자리예요" in words(wrong.content)
    doubtful = {"carrier": "hanjin", "number": "1234-5678-99", "careful": "냉장"}
    assert "끝자리가 보통과 달라요" in words(desk.post(page, doubtful).content)
    assert desk.post(page, doubtful | {"sure": "on"})["Location"] == f"{page}?done=parcel"

    shown = Client().get(f"/jangteo/order/{order.token}/")
    assert "한진택배 1234 5678 99" in words(shown.content)
    with in_market(world.market.pk):
        parcel = Parcel.objects.get()
    desk.post(f"/office/deliveries/parcels/{parcel.pk}/back/")
    assert "한진택배" not in words(Client().get(f"/jangteo/order/{order.token}/").content)


def test_the_pages_say_what_to_set_up(world: World, desk: Client) -> None:
    outside.use(Outside())
    order = to_be_brought(world)

    assert "JANGTEO_KAKAOT_KEY" in words(desk.get("/office/deliveries/").content)
    assert "JANGTEO_TRACKER_SECRET" in words(desk.get(f"/office/deliveries/{order.pk}/").content)


def test_labels_are_a_pdf_of_the_chosen_orders(world: World, desk: Client, road: Roads) -> None:
    first, second = to_be_brought(world), to_be_brought(world)

    made = desk.get("/office/deliveries/labels.pdf", {"order": [str(first.pk), str(second.pk)]})

    assert (made["Content-Type"], made.content[:5]) == ("application/pdf", b"%PDF-")
    assert desk.get("/office/deliveries/labels.pdf")["Location"] == "/office/deliveries/?done=no_labels"


def test_another_market_sees_nothing_of_it(world: World, other_desk: Client) -> None:
    order = to_be_brought(world)

    assert other_desk.get(f"/office/deliveries/{order.pk}/").status_code == 404


def test_many_orders_cost_no_more_queries(
    world: World, desk: Client, road: Roads, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _order in range(4):
        to_be_brought(world)
    desk.get("/office/deliveries/")

    with django_assert_max_num_queries(12):
        desk.get("/office/deliveries/")
