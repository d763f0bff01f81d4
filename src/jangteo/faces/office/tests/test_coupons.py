from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.drafts import NewCoupon
from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.queries import point_terms
from jangteo.domains.promotions.rules import Off
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, order

LIST, NEW = "/office/coupons/", "/office/coupons/new/"
SHARED = {
    "name": "장보는 날",
    "off_won": "2000",
    "form": "open",
    "back": "again",
    "share_stall": "20",
    "share_association": "30",
    "share_municipality": "50",
    "budget_won": "100000",
    "needs_won": "10000",
    "per_person": "1",
}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def coupons(world: World) -> list[Coupon]:
    with in_market(world.market.pk):
        return list(Coupon.objects.order_by("pk"))


def test_it_is_looked_at_with_last_month_and_then_opened(world: World, desk: Client) -> None:
    for _ in range(2):
        order(world, (world.mackerel, 2))
    order(world, (world.tofu, 1))

    shown = desk.post(NEW, {**SHARED, "look": "1"}).content.decode()

    assert "지난 30일 주문 3건 가운데 2건이 조건에 맞아요." in shown
    # The same telephone twice is one person, who may use it once.
    assert "손님 모두가 썼다면 1명이 1번, 2,000원이 들었어요." in shown
    assert "가게 400원, 상인회 600원, 시·군·구 1,000원" in shown
    assert coupons(world) == []
    assert desk.post(NEW, SHARED).status_code == 302
    made = coupons(world)[0]
    assert made.shares == [["stall", 2_000], ["association", 3_000], ["municipality", 5_000]]
    page = desk.get(LIST).content.decode()
    assert "장보는 날" in page
    assert "남은 예산" in page
    assert desk.post(f"{LIST}{made.pk}/stop/").status_code == 302
    assert coupons(world)[0].stopped_at is not None


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"off_won": "0"}, "1원부터 깎아 줄 수 있어요."),
        ({"off_won": "", "rate": "200"}, "100%까지 깎아 줄 수 있어요."),
        ({"off_won": ""}, "얼마를 깎아 줄지 적어 주세요."),
        ({"rate": "10"}, "금액이나 퍼센트 가운데 하나만 적어 주세요."),
        ({"share_stall": "21"}, "누가 얼마나 내는지 더하면 100%가 되어야 해요."),
        ({"share_stall": "많이"}, "10이나 7.5처럼 적어 주세요."),
        ({"budget_won": ""}, "예산을 적어 주세요."),
        ({"starts": "2026-12-02", "ends": "2026-12-01"}, "시작하는 때보다 늦게 골라 주세요."),
        ({"ends": "2026-11-01"}, "벌써 지난 날이에요."),
        ({"form": "code", "code": "1"}, "쿠폰 번호는 글자와 숫자로 4자부터 20자까지예요."),
        ({"name": ""}, "이름을 적어 주세요."),
    ],
)
def test_what_is_no_coupon_is_said_beside_its_field(
    world: World, desk: Client, told: dict[str, str], said: str
) -> None:
    for look in ({}, {"look": "1"}):
        answer = desk.post(NEW, {**SHARED, **told, **look})
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert coupons(world) == []


def test_a_code_has_its_qr_and_is_no_other_coupons(world: World, desk: Client) -> None:
    answer = desk.post(NEW, {**SHARED, "form": "code", "code": "jang-nal"})

    page = desk.get(answer["Location"]).content.decode()
    assert "JANGNAL" in page
    assert "<svg" in page
    again = desk.post(NEW, {**SHARED, "form": "code", "code": "JANGNAL"})
    assert "다른 쿠폰이 쓰고 있어요" in again.content.decode()


def test_points_are_set_and_refused_above_a_tenth(world: World, desk: Client) -> None:
    assert desk.post(f"{LIST}points/", {"rate": "1.5", "lasts_days": "90"}).status_code == 302
    assert desk.post(f"{LIST}points/", {"rate": "11"}).status_code == 422

    with in_market(world.market.pk):
        terms = point_terms(None)
    assert terms is not None
    assert (terms.earn_bp, terms.lasts_days) == (150, 90)
    assert "1.5%" in desk.get(LIST).content.decode()


def test_many_coupons_cost_no_more_queries(world: World, desk: Client) -> None:
    counts = []
    for _ in range(2):
        make_coupon(market=world.market, actor=SYSTEM, new=NewCoupon(name="천 원", off=Off(won=1_000)))
        with CaptureQueriesContext(connection) as asked:
            desk.get(LIST)
        counts.append(len(asked))
        for number in range(5):
            make_coupon(market=world.market, actor=SYSTEM, new=NewCoupon(name=f"{number}", off=Off(won=1_000)))
    assert counts[0] == counts[1]
