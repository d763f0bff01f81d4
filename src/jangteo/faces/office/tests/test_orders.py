from __future__ import annotations

import re
from datetime import time, timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.end_refund import end_refund
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.tests.test_split_orders import LOCAL, PAPER, capture, hand_over
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.models import Giveback, GivebackLeg, Refund
from jangteo.domains.regulars.models import Look
from jangteo.faces.shop.tests.pressing import field, text_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, order, takes_vouchers

pytestmark = pytest.mark.usefixtures("takes_card")


def sold(world: World) -> tuple[PlacedOrder, dict[str, int]]:
    """Mackerel paid with 3,000 of the city's money and by card, tofu by card, both handed over; line ids by name."""
    takes_vouchers(world, world.fish)
    placed = order(world, (world.mackerel, 1), (world.tofu, 1), tender="card", moneys=(LOCAL,))
    capture(world, placed)
    for stall in (world.fish, world.tofu_stall):
        hand_over(world, placed, stall.pk)
    with in_market(world.market.pk):
        return placed, {line.name: line.pk for line in Line.objects.filter(part__order_id=placed.order_id)}


def decided(world: World) -> list[tuple[int, str]]:
    with in_market(world.market.pk):
        backs = Giveback.objects.filter(reason__startswith="decided")
        return [(back.customer_won, back.precedence) for back in backs]


@pytest.mark.parametrize("said", ["1", "1번", "2000", "010-0000-2000", "01000002000", "김하", "하나"])
def test_an_order_is_found_by_what_is_said_on_the_telephone(world: World, desk: Client, said: str) -> None:
    placed = order(world, (world.mackerel, 1))

    page = desk.get(f"/office/orders/?q={quote(said)}")

    assert f'href="/office/orders/{placed.order_id}/"' in page.content.decode()


@pytest.mark.parametrize("said", ["2", "2001", "01000002001", "박", "%", "1\x00x"])
def test_what_does_not_fit_finds_nothing(world: World, desk: Client, said: str) -> None:
    order(world, (world.mackerel, 1))

    assert "그런 주문이 없어요" in text_of(desk.get(f"/office/orders/?q={quote(said)}"))


def test_a_reference_finds_its_order(world: World, desk: Client) -> None:
    placed = order(world, (world.mackerel, 1))

    assert "1번" in text_of(desk.get("/office/orders/", {"q": placed.ref}))


def test_a_day_without_orders_says_so(world: World, desk: Client) -> None:
    page = text_of(desk.get("/office/orders/"))

    assert "오늘은 아직 주문이 없어요" in page
    assert "그런 주문이 없어요" not in page


def test_numbers_are_those_of_today(world: World, desk: Client) -> None:
    order(world, (world.mackerel, 1))

    assert "오늘 주문 1" in text_of(desk.get("/office/orders/"))
    with clock.at(clock.now() + timedelta(days=1)):
        assert "그런 주문이 없어요" in text_of(desk.get("/office/orders/", {"q": "1"}))
        page = text_of(desk.get("/office/orders/", {"q": "2000"}))
        assert "김*나 님 010-****-2000" in page


def test_orders_are_read_with_few_statements(
    world: World, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        order(world, (world.mackerel, 1), (world.tofu, 1))

    with django_assert_max_num_queries(8):
        desk.get("/office/orders/")


def test_the_order_is_seen_whole(world: World, desk: Client) -> None:
    placed, _lines = sold(world)

    words = text_of(desk.get(f"/office/orders/{placed.order_id}/"))

    assert "1번 주문 끝났어요" in words
    assert "김*나 님이 넣었어요." in words
    assert "고등어 1손 순자네 수산 8,000원 건넸어요" in words
    assert "결제사로 내는 돈 7,000원 들어왔어요 카드" in words
    assert "지역화폐 순자네 수산 3,000원 3,000원 냈어요" in words
    assert re.search(r"순자네 수산 가게가 아직 안 봤어요 .* 순자네 수산 준비해요 .* 순자네 수산 건넸어요", words)


def test_the_customer_is_seen_whole_for_a_reason_that_is_kept(world: World, desk: Client, other_desk: Client) -> None:
    placed = order(world, (world.mackerel, 1))
    address = f"/office/orders/{placed.order_id}/"
    before = desk.get(address).content.decode()
    assert "김하나" not in before
    assert "01000002000" not in before

    assert "왜 보는지" in text_of(desk.post(f"{address}customer/", {"reason": " "}))
    assert desk.post(f"{address}customer/", {"reason": "손님께 전화하려고"})["Location"] == address

    assert "김하나 님이 넣었어요." in text_of(desk.get(address))
    assert 'href="tel:01000002000"' in desk.get(address).content.decode()
    log = text_of(desk.get("/office/looks/?reasons"))
    assert "1번 주문 · 가린 것을 열어 봄 손님께 전화하려고" in log
    assert other_desk.post(f"{address}customer/", {"reason": "남의 시장"}).status_code == 404
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert "김하나" not in text_of(desk.get(address))


def test_a_month_of_looks_is_taken_out_for_a_reason_where_it_is_long(world: World, desk: Client) -> None:
    order(world, (world.mackerel, 1))
    desk.get("/office/orders/")
    short = desk.post("/office/looks/file/")
    assert short["Content-Type"] == "text/csv; charset=utf-8"
    assert "상인회" in short.content.decode()

    with in_market(world.market.pk):
        Look.objects.bulk_create(
            Look(
                market=world.market,
                actor_kind="staff",
                actor_ref="device:1",
                from_address="203.0.113.7",
                what="order",
                subject="order:1",
                at=clock.now(),
            )
            for _ in range(100)
        )
    assert "왜 보는지" in text_of(desk.post("/office/looks/file/"))
    assert desk.post("/office/looks/file/", {"reason": "시청에 내려고"}).status_code == 200
    assert "본 기록을 파일로 받음" in text_of(desk.get("/office/looks/?reasons"))


def test_the_month_that_is_over_is_gone_through_with_one_press(world: World, desk: Client) -> None:
    order(world, (world.mackerel, 1))
    last = (clock.calendar_day().replace(day=1) - timedelta(days=1)).replace(day=1)
    with clock.at(clock.korean(last, time(12))):
        desk.get("/office/orders/")
    month = f"{last:%Y-%m}"
    assert "이 달 기록을 확인했어요" in text_of(desk.get(f"/office/looks/?month={month}"))

    assert desk.post("/office/looks/review/", {"month": month, "note": "이상 없음"}).status_code == 302
    page = text_of(desk.get(f"/office/looks/?month={month}"))
    assert "“이상 없음”" in page
    assert "이 달 기록을 확인했어요" not in page


def test_a_refund_is_quoted_before_it_is_decided(world: World, desk: Client) -> None:
    placed, lines = sold(world)
    refund = f"/office/orders/{placed.order_id}/refund/"
    fish = lines["고등어"]
    assert "고등어 1손 · 순자네 수산 8,000원 돌려드리기" in text_of(desk.get(refund))

    sure = desk.get(refund, {f"line_{fish}": "on", f"won_{fish}": "4,000", "first": "pro_rata"})

    words = text_of(sure)
    assert "손님께 4,000원을 돌려드릴까요?" in words
    assert "지역화폐 · 순자네 수산 1,500원 지역화폐 앱이나 단말기에서 1,500원을 취소해 주세요." in words
    assert "카드 2,500원 3~5일 안에 카드로 돌아와요." in words
    assert decided(world) == []

    fields = {name: field(sure, name) for name in (f"line_{fish}", f"won_{fish}", "first", "key")}
    for _ in range(2):
        assert desk.post(refund, fields)["Location"] == f"/office/orders/{placed.order_id}/?done=refunded"
    assert decided(world) == [(4_000, "pro_rata")]
    words = text_of(desk.get(f"/office/orders/{placed.order_id}/?done=refunded"))
    assert "돈을 돌려드리기로 적었어요." in words
    assert "지역화폐 · 순자네 수산 가게에서 드려요 1,500원" in words


def test_lines_of_several_stalls_go_back_at_once_and_the_card_first(world: World, desk: Client) -> None:
    placed, lines = sold(world)
    refund = f"/office/orders/{placed.order_id}/refund/"
    told = {f"line_{lines['고등어']}": "on", f"won_{lines['고등어']}": "4000", f"line_{lines['손두부']}": "on"}

    sure = desk.get(refund, {**told, "first": "cash_like_first"})

    assert "카드 6,000원" in text_of(sure)
    assert "지역화폐" not in text_of(sure)
    desk.post(refund, {**told, "first": "cash_like_first", "key": field(sure, "key")})
    assert decided(world) == [(6_000, "cash_like_first")]


def test_what_cannot_be_given_back_is_said_so(world: World, desk: Client) -> None:
    placed, lines = sold(world)
    refund = f"/office/orders/{placed.order_id}/refund/"
    fish = lines["고등어"]

    nothing = desk.get(refund, {"first": "pro_rata"})
    too_much = desk.get(refund, {f"line_{fish}": "on", f"won_{fish}": "8001", "first": "pro_rata"})
    no_key = desk.post(refund, {f"line_{fish}": "on", "first": "pro_rata"})

    assert (nothing.status_code, too_much.status_code, no_key.status_code) == (422, 422, 422)
    assert "돌려드릴 물건을 골라 주세요." in text_of(nothing)
    assert "8000원까지 돌려드릴 수 있어요." in text_of(too_much)
    assert decided(world) == []


def test_before_the_goods_are_handed_over_nothing_is_offered(world: World, desk: Client) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")
    capture(world, placed)

    assert "더 돌려드릴 돈이 없어요" in text_of(desk.get(f"/office/orders/{placed.order_id}/refund/"))
    assert "refund/" not in desk.get(f"/office/orders/{placed.order_id}/").content.decode()


def test_a_refund_that_a_gateway_refused_leads_to_its_order(world: World, desk: Client) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")
    capture(world, placed)
    cancel_order(market=world.market, actor=SYSTEM, order_id=placed.order_id)
    assert "남은 돈이 없어요" in text_of(desk.get("/office/refunds/"))
    with in_market(world.market.pk):
        refund = Refund.objects.get()
    end_refund(market=world.market, actor=SYSTEM, refund_id=refund.pk, state=Refund.State.REJECTED, note="")

    for address in ("/office/refunds/", "/office/"):
        page = desk.get(address)
        assert "결제사가 환불을 받아 주지 않았어요." in text_of(page)
        assert f'href="/office/orders/{placed.order_id}/"' in page.content.decode()


def test_what_a_stall_still_has_to_give_is_closed_here_too(world: World, desk: Client, other_desk: Client) -> None:
    takes_vouchers(world, world.fish)
    placed = order(world, (world.mackerel, 1), moneys=(PAPER,))
    hand_over(world, placed, world.fish.pk)
    with in_market(world.market.pk):
        line = Line.objects.get()
    refund = f"/office/orders/{placed.order_id}/refund/"
    sure = desk.get(refund, {f"line_{line.pk}": "on", "first": "pro_rata"})
    desk.post(refund, {f"line_{line.pk}": "on", "first": "pro_rata", "key": field(sure, "key")})

    words = text_of(desk.get("/office/refunds/"))
    assert "손님께 종이 온누리상품권 5,000원을 드리세요." in words
    assert "손님께 현금 3,000원을 드리세요." in words

    with in_market(world.market.pk):
        legs = [leg.pk for leg in GivebackLeg.objects.filter(state="by_hand")]
    assert other_desk.post(f"/office/refunds/{legs[0]}/").status_code == 404
    for leg in legs:
        assert desk.post(f"/office/refunds/{leg}/")["Location"] == "/office/refunds/"
    assert "남은 돈이 없어요" in text_of(desk.get("/office/refunds/"))


def test_another_market_sees_nothing_of_it(world: World, other_desk: Client) -> None:
    placed, lines = sold(world)
    told = {f"line_{lines['고등어']}": "on", "first": "pro_rata", "key": "k"}

    assert other_desk.get(f"/office/orders/{placed.order_id}/").status_code == 404
    assert other_desk.post(f"/office/orders/{placed.order_id}/refund/", told).status_code == 404
    assert "그런 주문이 없어요" in text_of(other_desk.get("/office/orders/", {"q": "김하나"}))
    with in_market(world.market.pk):
        assert Order.objects.count() == 1
    assert decided(world) == []


def test_an_order_nobody_could_be_given_is_ended_with_its_money_back(world: World, desk: Client) -> None:
    placed = order(world, (world.mackerel, 1))
    at = f"/office/orders/{placed.order_id}/"
    assert f'href="{at}end/"' in desk.get(at).content.decode()

    unchosen = desk.post(f"{at}end/", {})
    kept = desk.post(f"{at}end/", {"money": "kept"})
    back = desk.post(f"{at}end/", {"money": "back"})

    assert (unchosen.status_code, "둘 가운데 하나를" in text_of(unchosen)) == (422, True)
    assert (kept.status_code, "아직 아무도 돈을 안 냈어요" in text_of(kept)) == (422, True)
    assert (back.status_code, back["Location"]) == (302, f"{at}?done=ungiven")
    assert "end/" not in desk.get(at).content.decode()
    assert "벌써 끝난 주문이에요" in text_of(desk.get(f"{at}end/"))
