from __future__ import annotations

import pytest
from django.test import Client

from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.faces.shop.tests.pressing import checked_out, put_in, text_of
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.live import channels_of
from jangteo.kernel.tenancy import in_market
from tests.world import World, make_world


@pytest.fixture
def page(world: World, shopper: Client) -> str:
    """The order page of a weighed hairtail of one stall and a tofu of another."""
    put_in(shopper, world.hairtail)
    put_in(shopper, world.tofu)
    return checked_out(shopper)["Location"]


def parts(world: World) -> dict[str, StallPart]:
    with in_market(world.market.pk):
        return {part.stall.name: part for part in StallPart.objects.select_related("stall").order_by("pk")}


def test_the_order_says_what_happens_next(world: World, shopper: Client, page: str) -> None:
    words = text_of(shopper.get(page))

    assert "주문 번호 1 주문이 들어갔어요" in words
    assert "오늘 낮 12시 30분에 가지러 오세요" in words
    assert "순자네 수산 가게에 알렸어요 갈치 1마리 국산 400g쯤, 아직 안 달았어요. 많아야 11,500원 10,000원쯤" in words
    assert "예상 합계 12,000원쯤 많아야 13,500원" in words


def test_each_stall_moves_by_itself(world: World, shopper: Client, page: str) -> None:
    accept_part(market=world.market, actor=SYSTEM, part_id=parts(world)["두부가게"].pk)
    refuse_part(
        market=world.market,
        actor=SYSTEM,
        part_id=parts(world)["순자네 수산"].pk,
        reason=StallPart.RefuseReason.SOLD_OUT,
    )

    words = text_of(shopper.get(page))

    assert "두부가게 준비하고 있어요" in words
    assert "순자네 수산 이번엔 못 드려요 물건이 다 나갔대요. 이 가게 것은 값에서 뺐어요." in words
    assert "합계 2,000원" in words


def test_the_weight_on_the_scale_changes_the_amount(world: World, shopper: Client, page: str) -> None:
    part = parts(world)["순자네 수산"]
    accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    with in_market(world.market.pk):
        line = part.lines.get()
    weigh_line(market=world.market, actor=SYSTEM, line_id=line.pk, grams=430)

    words = text_of(shopper.get(page))

    assert "달아 보니 430g 10,750원" in words
    assert "합계 12,750원" in words


def test_the_script_gets_the_living_part(world: World, shopper: Client, page: str) -> None:
    html = shopper.get(page, headers={"x-fragment": "order"}).content.decode()

    assert html.lstrip().startswith('<div class="stack" id="order" data-live="order">')
    assert "<html" not in html


def test_the_ticket_of_the_stream_opens_this_order_only(world: World, shopper: Client, page: str) -> None:
    html = shopper.get(page).content.decode()
    ticket = html.split('data-live-ticket="')[1].split('"')[0]
    with in_market(world.market.pk):
        order = Order.objects.get()

    assert channels_of(ticket) == {f"order:{order.pk}"}


def test_without_scripts_the_page_asks_again_by_itself(world: World, shopper: Client, page: str) -> None:
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in shopper.get(page).content.decode()
    assert 'http-equiv="refresh"' not in shopper.get("/jangteo/orders/").content.decode()


def test_an_order_may_be_cancelled_before_a_stall_begins(world: World, shopper: Client, page: str) -> None:
    assert shopper.post(f"{page}cancel/")["Location"] == page

    assert "취소한 주문이에요" in text_of(shopper.get(page))


def test_cancelling_too_late_is_explained_and_changes_nothing(world: World, shopper: Client, page: str) -> None:
    accept_part(market=world.market, actor=SYSTEM, part_id=parts(world)["두부가게"].pk)

    answer = shopper.post(f"{page}cancel/")

    assert answer.status_code == 409
    assert "가게에서 벌써 준비하고 있어요." in text_of(answer)
    assert {part.state for part in parts(world).values()} == {"accepted", "new"}
    assert "주문 취소하기" not in text_of(shopper.get(page))


def test_looking_cancels_nothing(world: World, shopper: Client, page: str) -> None:
    assert "주문을 모두 취소할까요?" in text_of(shopper.get(f"{page}cancel/"))

    assert {part.state for part in parts(world).values()} == {"new"}


def test_my_orders_are_those_of_this_browser(world: World, shopper: Client, page: str) -> None:
    assert "1번 주문이 들어갔어요 갈치 1마리, 손두부 1모" in text_of(shopper.get("/jangteo/orders/"))
    assert "아직 주문이 없어요" in text_of(Client().get("/jangteo/orders/"))


def test_the_link_opens_the_order_and_a_guess_does_not(world: World, shopper: Client, page: str) -> None:
    make_world(slug="other", digit="2")

    assert Client().get(page).status_code == 200
    assert Client().get(page.replace("/jangteo/", "/other/")).status_code == 404
    assert Client().post("/jangteo/order/guessed/cancel/").status_code == 404


def test_a_forged_list_of_orders_is_empty(world: World, shopper: Client, page: str) -> None:
    shopper.cookies["orders"] = "forged"

    assert "아직 주문이 없어요" in text_of(shopper.get("/jangteo/orders/"))


def test_the_headline_follows_the_stalls(world: World, shopper: Client, page: str) -> None:
    tofu, fish = parts(world)["두부가게"].pk, parts(world)["순자네 수산"].pk
    accept_part(market=world.market, actor=SYSTEM, part_id=tofu)
    assert "가게에서 준비하고 있어요" in text_of(shopper.get(page))

    ready_part(market=world.market, actor=SYSTEM, part_id=tofu)
    refuse_part(market=world.market, actor=SYSTEM, part_id=fish, reason=StallPart.RefuseReason.TOO_BUSY)
    assert "다 됐어요. 가지러 오세요" in text_of(shopper.get(page))


def test_an_order_that_every_stall_refused_says_so(world: World, shopper: Client, page: str) -> None:
    for part in parts(world).values():
        refuse_part(market=world.market, actor=SYSTEM, part_id=part.pk, reason=StallPart.RefuseReason.CLOSING)

    words = text_of(shopper.get(page))

    assert "이번엔 드릴 것이 없어요" in words
    assert "합계 0원" in words
