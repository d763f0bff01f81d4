from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jangteo.domains.rebates.models import Payout, RebateVisit
from jangteo.domains.rebates.tests.desks import bought, number, rebate
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def text(client: Client, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status
    return page.content.decode()


def visit_of(world: World) -> RebateVisit:
    with in_market(world.market.pk):
        return RebateVisit.objects.latest("pk")


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_without_an_event_the_desk_says_what_to_do(world: World, hana: Client) -> None:
    page = text(hana, "/h/rebate/")
    assert "오늘은 환급행사가 없어요" in page
    assert "환급 창구" not in text(hana, "/h/")


def test_a_customer_walks_in_and_goes_with_vouchers(world: World, hana: Client) -> None:
    bought(world, (world.mackerel, 5))
    rebate(world)
    assert "환급 창구" in text(hana, "/h/")
    desk = text(hana, "/h/rebate/")
    started = hana.post("/h/rebate/number/", {"key": hidden(desk, "key"), "now": "1"})
    table = started["Location"]
    assert hana.post(f"{table}person/", {"phone": "010-0000-2000", "name": "김하나"}).status_code == 302

    page = text(hana, table)
    assert "27,000원 더 사시면 2만원" in page
    assert "김** 2000" in page
    assert "01000002000" not in page
    paid = hana.post(f"{table}pay/", {"key": hidden(page, "key"), "vouchers": hidden(page, "vouchers")})
    assert paid.status_code == 302
    assert "상품권 1장을 드렸어요" in text(hana, table)
    with in_market(world.market.pk):
        payout = Payout.objects.get()
    assert hana.post(f"/h/rebate/payouts/{payout.pk}/undo/").status_code == 302
    assert "상품권 1장 드렸어요" in text(hana, table)


def test_numbers_are_printed_called_and_passed_over(world: World, hana: Client) -> None:
    rebate(world)
    taken = hana.post("/h/rebate/number/", {"key": "a-key-of-its-own"})
    ticket = text(hana, taken["Location"])
    assert '<p class="rebate-ticket-no num">1</p>' in ticket
    assert "<svg" in ticket
    called = hana.post("/h/rebate/next/")
    assert called["Location"] == f"/h/rebate/visits/{visit_of(world).pk}/"
    assert hana.post(f"{called['Location']}move/", {"to": "miss"})["Location"] == "/h/rebate/"
    assert "1번 오셨어요" in text(hana, "/h/rebate/")
    nobody = hana.post("/h/rebate/next/")
    assert (nobody.status_code, "기다리는 분이 없어요" in nobody.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"fish_won": "0"}, "0원인 영수증은 쓸 수 없어요"),
        ({"fish_won": "여덟"}, "숫자로 적어 주세요"),
        ({"number": ""}, "승인번호를 적어 주세요"),
        ({"stall": ""}, "어느 가게에서 샀는지"),
        ({"day": "2026-11-19"}, "오늘 산 영수증만"),
        ({}, ""),
    ],
)
def test_paper_receipts_and_what_is_said_of_those_that_cannot_be(
    world: World, hana: Client, typed: dict[str, str], said: str
) -> None:
    visit = number(world, rebate(world))
    form = {"stall": str(world.fish.pk), "fish_won": "40,000원", "number": "1234 5678", "day": "2026-11-20", **typed}
    answer = hana.post(f"/h/rebate/visits/{visit.pk}/paper/", form)
    assert answer.status_code == (302 if not said else 409 if "오늘" in said else 422)
    assert said in answer.content.decode()
    table = text(hana, f"/h/rebate/visits/{visit.pk}/")
    assert ("수산물 40,000원" in table) is (not said)
    assert ("누구신지 적으면" in table) is (not said)


def test_a_receipt_twice_and_one_of_nowhere_are_said_in_words(world: World, hana: Client) -> None:
    visit = number(world, rebate(world))
    form = {"stall": str(world.fish.pk), "fish_won": "40000", "number": "12345678", "day": "2026-11-20"}
    hana.post(f"/h/rebate/visits/{visit.pk}/paper/", form)
    again = hana.post(f"/h/rebate/visits/{visit.pk}/paper/", form)
    assert "벌써 올려 둔 영수증이에요" in again.content.decode()
    strange = hana.post(f"/h/rebate/visits/{visit.pk}/scan/", {"code": "https://other.example/order/abc/"})
    assert "이 시장에서 값을 치르고 받은 영수증이 아니에요" in strange.content.decode()
    abroad = hana.post(f"/h/rebate/visits/{visit.pk}/person/", {"phone": "+1 415 555 0100"})
    assert "전화번호를 다시 봐 주세요" in abroad.content.decode()


def test_shifts_count_the_drawer(world: World, hana: Client) -> None:
    rebate(world)
    assert hana.post("/h/rebate/drawer/", {"counted": "298", "gives": "하나", "takes": "두리"}).status_code == 302
    page = text(hana, "/h/rebate/drawer/")
    assert "장부에는 <b>298장</b> 남았어요" in page
    assert "장부 300장, 센 것 298장" in page
    assert hana.post("/h/rebate/drawer/", {"counted": "많아요"}).status_code == 422


def test_the_desk_asks_the_database_as_often_for_fifty_as_for_one(world: World, hana: Client) -> None:
    event = rebate(world)
    counts = []
    for more in (1, 49):
        for _ in range(more):
            number(world, event)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            text(hana, "/h/rebate/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 16
