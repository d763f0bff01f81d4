from __future__ import annotations

import re

import pytest
from django.test import Client

from jangteo.domains.ledger.queries import balances_won
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.tests.test_split_orders import LOCAL, PAPER, capture, hand_over
from jangteo.domains.ordering.wanted import PlacedOrder, WantedMoney
from jangteo.domains.payments.models import Giveback, GivebackLeg
from jangteo.faces._parts.tests.unmarked import unmarked_korean
from jangteo.faces.merchant.tests.part_of import part_of
from jangteo.faces.shop.tests.pressing import field, text_of
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, order, takes_vouchers

pytestmark = pytest.mark.usefixtures("takes_card")


def ready(world: World, *moneys: WantedMoney) -> StallPart:
    """A mackerel for 8,000 won, waiting to be handed over."""
    takes_vouchers(world, world.fish)
    part = part_of(world, order(world, (world.mackerel, 1), moneys=moneys).order_id, world.fish)
    accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    ready_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    return part


def given(world: World) -> tuple[StallPart, Line]:
    """A mackerel that was paid with the city's money and by card, handed over."""
    takes_vouchers(world, world.fish)
    placed = order(world, (world.mackerel, 1), tender="card", moneys=(LOCAL,))
    capture(world, placed)
    return handed_over(world, placed)


def handed_over(world: World, placed: PlacedOrder) -> tuple[StallPart, Line]:
    hand_over(world, placed, world.fish.pk)
    part = part_of(world, placed.order_id, world.fish)
    with in_market(world.market.pk):
        return part, Line.objects.get(part=part)


def in_hand(world: World) -> dict[str, int]:
    with in_market(world.market.pk):
        return {key.rpartition(":")[2]: won for key, won in balances_won(f"stall:{world.fish.pk}:").items()}


def test_the_slip_says_which_money_to_take(world: World, phone: Client) -> None:
    ready(world, PAPER)

    words = text_of(phone.get("/stall/"))

    assert "온누리 종이 5,000원 , 현금 3,000원 받으세요" in words
    assert "8,000원 받고 건넸어요 다른 돈으로 받았어요" in words


def test_before_the_goods_are_ready_it_says_what_will_come(world: World, phone: Client) -> None:
    takes_vouchers(world, world.fish)
    order(world, (world.mackerel, 1), moneys=(PAPER,))

    assert "온누리 종이 5,000원 , 현금 3,000원 가져와요" in text_of(phone.get("/stall/"))


def test_an_order_paid_ahead_in_part_asks_for_the_rest_only(world: World, phone: Client) -> None:
    takes_vouchers(world, world.fish)
    placed = order(world, (world.mackerel, 1), tender="card", moneys=(LOCAL,))
    capture(world, placed)
    part = part_of(world, placed.order_id, world.fish)
    accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    ready_part(market=world.market, actor=SYSTEM, part_id=part.pk)

    words = text_of(phone.get("/stall/"))

    assert "지역화폐 3,000원 받으세요" in words
    assert "나머지는 미리 냈어요 (카드)" in words
    assert "3,000원 받고 건넸어요" in words


def test_the_said_money_is_taken_with_one_tap(world: World, phone: Client) -> None:
    part = ready(world, PAPER)

    phone.post(f"/stall/orders/{part.pk}/hand-over/")

    assert in_hand(world) == {"onnuri_paper": 5_000, "till": 3_000, "sales": -8_000}


def test_other_money_is_named(world: World, phone: Client) -> None:
    part = ready(world, PAPER)
    page = phone.get(f"/stall/orders/{part.pk}/other-money/")

    assert "번 8,000원, 무엇으로 받으셨어요?" in text_of(page)
    assert "현금 카드 단말기 온누리 모바일 온누리 종이 지역화폐 계좌이체" in text_of(page)

    answer = phone.post(f"/stall/orders/{part.pk}/hand-over/", {"taken": "card"})

    assert answer["Location"] == f"/stall/?did={part.pk}"
    assert in_hand(world) == {"card": 8_000, "sales": -8_000}


def test_the_slip_says_afterwards_what_it_was_paid_with(world: World, phone: Client) -> None:
    part = ready(world, PAPER)
    phone.post(f"/stall/orders/{part.pk}/hand-over/")

    assert "김하나 님 · 온누리 종이, 현금으로 냈어요" in text_of(phone.get(f"/stall/orders/{part.pk}/"))


def test_a_stall_is_not_offered_what_it_does_not_take(world: World, phone: Client) -> None:
    part = part_of(world, order(world, (world.mackerel, 1)).order_id, world.fish)
    accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    ready_part(market=world.market, actor=SYSTEM, part_id=part.pk)

    assert "온누리" not in text_of(phone.get(f"/stall/orders/{part.pk}/other-money/"))
    assert phone.post(f"/stall/orders/{part.pk}/hand-over/", {"taken": "onnuri_paper"}).status_code == 422
    assert in_hand(world) == {}


@pytest.mark.parametrize("taken", ["coupon", "points", "gold"])
def test_what_nobody_can_hold_in_the_hand_is_not_taken(world: World, phone: Client, taken: str) -> None:
    part = ready(world)

    assert phone.post(f"/stall/orders/{part.pk}/hand-over/", {"taken": taken}).status_code == 422
    assert in_hand(world) == {}


def test_nothing_is_asked_of_goods_that_are_not_ready(world: World, phone: Client) -> None:
    part = part_of(world, order(world, (world.mackerel, 1)).order_id, world.fish)

    assert phone.get(f"/stall/orders/{part.pk}/other-money/")["Location"] == f"/stall/orders/{part.pk}/"


def test_money_goes_back_step_by_step(world: World, phone: Client) -> None:
    part, line = given(world)
    refund = f"/stall/orders/{part.pk}/refund/"
    assert f'href="{refund}"' in phone.get(f"/stall/orders/{part.pk}/").content.decode()

    assert "무엇을 돌려드릴까요? 고등어 1손 8,000원" in text_of(phone.get(refund))
    assert "8,000원 모두" in text_of(phone.get(f"{refund}?line={line.pk}"))
    sure = phone.get(f"{refund}?line={line.pk}&amount_won=4,000")
    words = text_of(sure)
    assert "4,000원을 돌려드릴까요?" in words
    assert "지역화폐 · 순자네 수산 1,500원 지역화폐 앱이나 단말기에서 1,500원을 취소해 주세요." in words
    assert "카드 2,500원 3~5일 안에 카드로 돌아와요." in words
    with in_market(world.market.pk):
        assert not Giveback.objects.filter(reason__startswith="decided").exists()

    fields = {name: field(sure, name) for name in ("line", "amount_won", "key")}
    for _ in range(2):
        assert phone.post(refund, fields)["Location"] == f"/stall/orders/{part.pk}/"

    with in_market(world.market.pk):
        assert [back.customer_won for back in Giveback.objects.filter(reason__startswith="decided")] == [4_000]
    assert "그 뒤에 4,000원을 돌려드렸어요." in text_of(phone.get(f"/stall/orders/{part.pk}/"))
    assert "고등어 1손 4,000원" in text_of(phone.get(refund))


def test_what_the_stall_gives_by_hand_waits_for_a_tap(world: World, phone: Client) -> None:
    placed = order(world, (world.mackerel, 1))
    part, line = handed_over(world, placed)
    refund = f"/stall/orders/{part.pk}/refund/"
    sure = phone.get(f"{refund}?line={line.pk}&whole=on")
    phone.post(refund, {"line": line.pk, "whole": "on", "key": field(sure, "key")})

    page = phone.get("/stall/")
    assert "손님께 돌려드릴 돈 1" in text_of(page)
    assert "손님께 현금 8,000원을 드리세요. 돌려드렸어요" in text_of(page)
    assert "손님께 현금 8,000원을 드리세요." in text_of(phone.get(f"/stall/orders/{part.pk}/"))

    found = re.search(r'action="(/stall/handed-back/\d+/)"', page.content.decode())
    assert found
    assert phone.post(found[1], {"next": "/stall/"})["Location"] == "/stall/"

    assert "손님께 돌려드릴 돈" not in text_of(phone.get("/stall/"))
    with in_market(world.market.pk):
        assert GivebackLeg.objects.get().state == "done"
    assert "모두 돌려드렸어요" in text_of(phone.get(refund))


def test_the_whole_slip_goes_back_at_once(world: World, phone: Client) -> None:
    takes_vouchers(world, world.fish)
    placed = order(world, (world.mackerel, 1), (world.hairtail, 1))
    hand_over(world, placed, world.fish.pk)
    part = part_of(world, placed.order_id, world.fish)
    refund = f"/stall/orders/{part.pk}/refund/"
    assert "이 주문 모두" in text_of(phone.get(refund))

    sure = phone.get(refund, {"line": "all"})
    assert "17,500원을 돌려드릴까요?" in text_of(sure)
    phone.post(refund, {"line": "all", "key": field(sure, "key")})

    assert in_hand(world) == {}


@pytest.mark.parametrize("amount", ["8,001", "0", "x", ""])
def test_an_amount_that_cannot_be_is_said_so(world: World, phone: Client, amount: str) -> None:
    part, line = given(world)

    page = phone.get(f"/stall/orders/{part.pk}/refund/?line={line.pk}&amount_won={amount}")

    assert page.status_code == 422
    assert 'id="id_amount_won_error"' in page.content.decode()


def test_nothing_goes_back_without_its_key_or_line(world: World, phone: Client) -> None:
    part, line = given(world)
    refund = f"/stall/orders/{part.pk}/refund/"

    for fields in ({"line": line.pk, "whole": "on"}, {"line": "7", "whole": "on", "key": "k"}, {"key": "k"}):
        phone.post(refund, fields)

    with in_market(world.market.pk):
        assert not Giveback.objects.filter(reason__startswith="decided").exists()
    assert phone.get(refund, {"line": "7"}).status_code == 404


def test_what_was_not_handed_over_is_not_given_back_here(world: World, phone: Client) -> None:
    part = ready(world)

    assert phone.get(f"/stall/orders/{part.pk}/refund/")["Location"] == f"/stall/orders/{part.pk}/"


def test_another_stall_gives_nothing_back(world: World, phone: Client, stranger: Client) -> None:
    part, line = given(world)
    refund = f"/stall/orders/{part.pk}/refund/"
    sure = phone.get(f"{refund}?line={line.pk}&whole=on")
    phone.post(refund, {"line": line.pk, "whole": "on", "key": field(sure, "key")})
    with in_market(world.market.pk):
        leg = GivebackLeg.objects.get(state="by_hand")

    assert stranger.get(refund).status_code == 404
    assert stranger.post(f"/stall/handed-back/{leg.pk}/").status_code == 404


@pytest.mark.parametrize("page", ["", "?line={line}", "?line={line}&amount_won=4000"])
def test_the_steps_are_in_english_as_well(world: World, phone: Client, page: str) -> None:
    part, line = given(world)

    answer = phone.get(f"/stall/orders/{part.pk}/refund/{page.format(line=line.pk)}", headers={"accept-language": "en"})

    assert answer.status_code == 200
    assert unmarked_korean(answer.content.decode()) == []


def test_the_moneys_to_take_are_in_english_as_well(world: World, phone: Client) -> None:
    part = ready(world, PAPER)

    for address in ("/stall/", f"/stall/orders/{part.pk}/other-money/"):
        answer = phone.get(address, headers={"accept-language": "en"})
        assert unmarked_korean(answer.content.decode()) == []
