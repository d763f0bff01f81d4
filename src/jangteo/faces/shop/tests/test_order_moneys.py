from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.ordering.actions.end_refund import end_refund
from jangteo.domains.ordering.actions.hand_back_money import hand_back_money
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.ordering.tests.test_split_orders import LOCAL, ONNURI, PAPER, capture, hand_over
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.models import GivebackLeg, Refund
from jangteo.faces._parts.tests.unmarked import unmarked_korean
from jangteo.faces.shop.tests.pressing import text_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, order, takes_vouchers

pytestmark = pytest.mark.usefixtures("takes_card")


def page_of(world: World, placed: PlacedOrder) -> str:
    return f"/{world.market.slug}/order/{placed.token}/"


def mixed(world: World) -> PlacedOrder:
    """Mackerel by digital voucher at the stall, tofu by card."""
    takes_vouchers(world, world.fish)
    return order(world, (world.mackerel, 1), (world.tofu, 2), tender="card", moneys=(ONNURI,))


def state_of(world: World) -> str:
    with in_market(world.market.pk):
        return Order.objects.get().state


def give_back(world: World, placed: PlacedOrder, name: str, won: int | None = None) -> None:
    with in_market(world.market.pk):
        line = Line.objects.get(part__order_id=placed.order_id, name=name)
    wanted = WantedRefund({line.pk: won})
    refund_lines(market=world.market, actor=SYSTEM, order_id=placed.order_id, wanted=wanted, key="k")


def test_cancelling_a_paid_order_is_quoted_first(world: World, shopper: Client) -> None:
    placed = mixed(world)
    capture(world, placed)
    page = page_of(world, placed)

    words = text_of(shopper.get(f"{page}cancel/"))

    assert "4,000원 을 돌려드려요." in words
    assert "온누리 모바일 · 순자네 수산 8,000원 아직 안 내셨으니 안 가져오시면 돼요." in words
    assert "카드 4,000원 3~5일 안에 카드로 돌아와요." in words
    assert "네, 취소하고 4,000원 돌려받을게요" in words
    assert "아니요, 그대로 둘게요" in words
    assert state_of(world) == "placed"


def test_the_press_cancels_and_the_page_follows_the_money(world: World, shopper: Client) -> None:
    placed = mixed(world)
    capture(world, placed)
    page = page_of(world, placed)
    assert f'href="{page}cancel/"' in shopper.get(page).content.decode()

    assert shopper.post(f"{page}cancel/")["Location"] == page

    words = text_of(shopper.get(page))
    assert "안 받아요 8,000원 주문을 취소했어요. 가져오지 않으셔도 돼요." in words
    assert "카드 보내는 중이에요 4,000원 주문을 취소했어요. 3~5일 안에 카드로 돌아와요." in words


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Refund.State.DONE, "카드 돌려드렸어요 4,000원 주문을 취소했어요. 3~5일 안에 카드로 돌아와요."),
        (Refund.State.UNKNOWN, "카드 확인하고 있어요 4,000원"),
        (Refund.State.REJECTED, "카드 아직이에요 4,000원 주문을 취소했어요. 결제사가 받아 주지 않았어요."),
    ],
)
def test_how_far_the_card_is(world: World, shopper: Client, state: Refund.State, words: str) -> None:
    placed = mixed(world)
    capture(world, placed)
    shopper.post(f"{page_of(world, placed)}cancel/")
    with in_market(world.market.pk):
        refund = Refund.objects.get()
    end_refund(market=world.market, actor=SYSTEM, refund_id=refund.pk, state=state, note="")

    assert words in text_of(shopper.get(page_of(world, placed)))


def test_an_order_that_nothing_was_paid_for_is_cancelled_with_one_press(world: World, shopper: Client) -> None:
    page = page_of(world, order(world, (world.mackerel, 1)))

    html = shopper.get(page).content.decode()

    assert f'href="{page}cancel/"' not in html
    assert f'action="{page}cancel/"' in html
    assert "네, 모두 취소할게요" in text_of(shopper.get(f"{page}cancel/"))


def test_what_cannot_be_cancelled_any_more_leads_to_the_order(world: World, shopper: Client) -> None:
    placed = mixed(world)
    capture(world, placed)
    hand_over(world, placed, world.fish.pk)

    assert shopper.get(f"{page_of(world, placed)}cancel/")["Location"] == page_of(world, placed)


def test_each_money_says_what_it_pays(world: World, shopper: Client) -> None:
    placed = mixed(world)
    page = page_of(world, placed)
    assert "순자네 수산 : 온누리 모바일 8,000원 가져가세요 카드 4,000원 내실 돈" in text_of(shopper.get(page))

    capture(world, placed)
    assert "순자네 수산 : 온누리 모바일 8,000원 가져가세요 카드 4,000원 냈어요" in text_of(shopper.get(page))

    hand_over(world, placed, world.fish.pk)
    assert "순자네 수산 : 온누리 모바일 8,000원 냈어요 카드 4,000원 냈어요" in text_of(shopper.get(page))


def test_what_the_scale_spares_is_not_brought(world: World, shopper: Client) -> None:
    takes_vouchers(world, world.fish)
    placed = order(world, (world.hairtail, 1), tender="card", moneys=(LOCAL,))
    capture(world, placed)

    # 10,000 of 11,500 are expected: 2,609 of the 3,000.
    assert "지역화폐 2,609원쯤 가져가세요" in text_of(shopper.get(page_of(world, placed)))

    # 380 g are 9,500.
    hand_over(world, placed, world.fish.pk)
    assert "지역화폐 2,478원 냈어요" in text_of(shopper.get(page_of(world, placed)))


def test_the_stall_takes_two_moneys_and_no_card(world: World, shopper: Client) -> None:
    takes_vouchers(world, world.fish)
    placed = order(world, (world.mackerel, 1), moneys=(PAPER,))

    words = text_of(shopper.get(page_of(world, placed)))

    assert "순자네 수산 : 온누리 종이 5,000원 가져가세요 순자네 수산 : 현금 3,000원 가져가세요" in words


def test_an_order_paid_at_the_stall_shows_no_moneys(world: World, shopper: Client) -> None:
    placed = order(world, (world.mackerel, 1))
    hand_over(world, placed, world.fish.pk)

    assert "내는 돈" not in text_of(shopper.get(page_of(world, placed)))


def test_money_that_the_stall_gives_back_by_hand(world: World, shopper: Client) -> None:
    takes_vouchers(world, world.fish)
    placed = order(world, (world.mackerel, 1), moneys=(PAPER,))
    hand_over(world, placed, world.fish.pk)
    with clock.at(NOON + timedelta(hours=2)):
        give_back(world, placed, "고등어")

    words = text_of(shopper.get(page_of(world, placed)))
    assert "온누리 종이 · 순자네 수산 가게에서 드려요 5,000원" in words
    assert "현금 · 순자네 수산 가게에서 드려요 3,000원 돌려드리기로 했어요. 순자네 수산에서 돌려드려요." in words

    with in_market(world.market.pk):
        leg = GivebackLeg.objects.get(tender__kind="cash")
    hand_back_money(market=world.market, actor=SYSTEM, leg_id=leg.pk)

    assert "현금 · 순자네 수산 돌려드렸어요 3,000원" in text_of(shopper.get(page_of(world, placed)))


def test_the_page_of_an_order_without_moneys_asks_nothing_more(
    world: World, shopper: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = page_of(world, order(world, (world.mackerel, 1)))
    shopper.get(page)

    with django_assert_max_num_queries(2):
        shopper.get(page)


@pytest.mark.parametrize("page", ["", "cancel/"])
def test_moneys_are_in_english_as_well(world: World, shopper: Client, page: str) -> None:
    placed = mixed(world)
    capture(world, placed)

    answer = shopper.get(f"{page_of(world, placed)}{page}", headers={"accept-language": "en"})

    assert unmarked_korean(answer.content.decode()) == []


def test_a_refund_is_in_english_as_well(world: World, shopper: Client) -> None:
    placed = mixed(world)
    capture(world, placed)
    shopper.post(f"{page_of(world, placed)}cancel/")

    answer = shopper.get(page_of(world, placed), headers={"accept-language": "en"})

    assert unmarked_korean(answer.content.decode()) == []
