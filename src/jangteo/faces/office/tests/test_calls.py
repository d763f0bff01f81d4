from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.calls.models import Consent, PhoneOrder
from jangteo.domains.calls.tests.telephone import CALLER, phoned
from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.models import PayLink
from jangteo.domains.delivery.models import Seat
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.regulars.models import Look
from jangteo.faces.office import call_page
from jangteo.faces.shop.tests.pressing import text_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, delivers

FIELD = re.compile(r'<input[^>]*name="(?P<name>\w+)"[^>]*value="(?P<value>[^"]*)"')
CHOSEN = re.compile(r'<select[^>]*name="(\w+)"[^>]*>(?:(?!</select>).)*?<option value="([^"]*)" selected', re.DOTALL)
NOT_TYPED = ("csrfmiddlewaretoken", "way", "how", "agreed")
CHECKED = re.compile(r'name="(way|how)" value="(\w+)" data-redo checked')


class Desk:
    """The page as somebody without scripts presses it: every press posts all that stands there."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.page = client.get("/office/calls/").content.decode()
        self.status = 200

    @property
    def fields(self) -> dict[str, str]:
        sent = {found["name"]: unescape(found["value"]) for found in FIELD.finditer(self.page)}
        sent = {
            name: value for name, value in sent.items() if name not in ("csrfmiddlewaretoken", "way", "how", "agreed")
        }
        return {**sent, **dict(CHOSEN.findall(self.page)), **dict(CHECKED.findall(self.page))}

    def press(self, do: str, **typed: str) -> str:
        answer = self.client.post("/office/calls/", {**self.fields, **typed, "do": do})
        self.status = answer.status_code
        if answer.status_code == 302:
            self.page = self.client.get(answer.headers["Location"]).content.decode()
        else:
            self.page = answer.content.decode()
        return " ".join(re.sub(r"<[^>]+>", " ", unescape(self.page)).split())

    def order(self, **typed: str) -> str:
        return self.press("place", agreed="1", **{"taken_by": "김도우", "name": "김하나", "number": CALLER, **typed})


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def call(desk: Client) -> Desk:
    return Desk(desk)


def kept(world: World) -> list[Order]:
    with in_market(world.market.pk):
        return list(Order.objects.order_by("pk"))


def test_a_stranger_calls_and_orders_by_typing(world: World, call: Desk) -> None:
    assert "처음 건 번호예요" in call.press("enter", number="010-0000-2000")
    assert "고등어 1손" in call.press("enter", q="ㄱㄷㅇ 2")
    read = call.press(f"add:{world.mackerel.pk}", q="ㄱㄷㅇ 2")
    said = (
        "고등어 2손 16,000원. 모두 16,000원이에요. 오늘 낮 12시 30분에 찾으러 오세요. 돈은 가게에서 내세요."
        " 다음에 알아볼 수 있게 번호를 1년 동안 기억할게요. 맞으세요?"
    )
    assert said in read

    placed = call.order()

    (made,) = kept(world)
    assert "1번" in placed
    assert "가게에 알렸어요" in placed
    assert (made.name, made.phone, made.state) == ("김하나", CALLER, OrderState.PLACED)
    with in_market(world.market.pk):
        assert Consent.objects.get().said == said


def test_like_last_time_takes_todays_prices_and_says_what_is_gone_or_dearer(world: World, call: Desk) -> None:
    phoned(world, (world.mackerel, 1), (world.tofu, 2))
    set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=9000)
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, state=Good.State.SOLD_OUT)

    seen = call.press("enter", number=CALLER)
    assert "지난 전화 주문이 1번 있어요" in seen
    with in_market(world.market.pk):
        last = Order.objects.get()
    again = call.press(f"again:{last.pk}")

    assert "고등어 1손 순자네 수산 올랐어요, 8,000원이었어요" in again
    assert "손두부 2모 두부가게 다 팔렸어요" in again
    assert "모두 9,000원이에요" in again
    assert "그 줄을 빼고" in call.order()
    assert call.status == 422
    call.press(f"drop:{world.tofu.pk}")
    assert "2번" in call.order()


def test_a_price_that_changes_while_talking_is_read_again(world: World, call: Desk) -> None:
    call.press(f"add:{world.mackerel.pk}", number=CALLER)
    set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=9500)

    said = call.order()

    assert "바뀌었어요. 다시 읽어 드리고" in said
    assert "모두 9,500원이에요" in said
    assert kept(world) == []
    assert "1번" in call.order()


def test_mistakes_are_undone_step_by_step(world: World, call: Desk) -> None:
    call.press(f"add:{world.mackerel.pk}")
    call.press(f"more:{world.mackerel.pk}")
    call.press(f"add:{world.tofu.pk}")
    call.press(f"drop:{world.mackerel.pk}")
    baskets = [call.fields["basket"]]
    for _step in range(5):
        call.press("undo")
        baskets.append(call.fields["basket"])

    fish, tofu = f"{world.mackerel.pk}x%s@8000", f"{world.tofu.pk}x1@2000"
    assert baskets == [tofu, f"{fish % 2},{tofu}", fish % 2, fish % 1, "", ""]


def test_a_weighed_good_is_read_with_its_most(world: World, call: Desk) -> None:
    read = call.press(f"add:{world.hairtail.pk}")

    assert "갈치 1마리 10,000원쯤, 달아 봐도 11,500원까지. 모두 10,000원쯤이에요." in read


@pytest.mark.parametrize(
    ("do", "typed", "says"),
    [
        ("enter", {"number": "+1 212 555 0100"}, "전화번호"),
        ("enter", {"number": "12"}, "전화번호"),
        ("place", {"agreed": "1", "number": CALLER}, "바구니"),
        ("place", {"number": CALLER}, "먼저 읽어 드리고"),
    ],
)
def test_what_cannot_be_is_said_and_the_page_stays(
    world: World, call: Desk, do: str, typed: dict[str, str], says: str
) -> None:
    assert says in call.press(do, **{"taken_by": "김도우", **typed})
    assert call.status == 422
    assert call.fields["number"] == typed["number"]
    assert kept(world) == []


def test_a_bad_number_keeps_the_basket(world: World, call: Desk) -> None:
    call.press(f"add:{world.mackerel.pk}")

    assert "전화번호" in call.order(number="99")
    assert call.fields["basket"] == f"{world.mackerel.pk}x1@8000"


def test_nobody_took_the_call_is_asked_for(world: World, call: Desk) -> None:
    call.press(f"add:{world.mackerel.pk}")

    assert "전화 받은 사람 이름" in call.order(taken_by=" ")


def test_a_second_press_shows_the_same_order(world: World, call: Desk) -> None:
    call.press(f"add:{world.mackerel.pk}")
    sent = {**call.fields, "agreed": "1", "number": CALLER, "name": "김하나", "taken_by": "김도우", "do": "place"}

    first, second = (call.client.post("/office/calls/", sent) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert len(kept(world)) == 1


def test_what_is_forged_into_the_page_is_left_out(world: World, call: Desk) -> None:
    phoned(world, (world.mackerel, 1))

    page = call.press("find", looked=CALLER, basket="1x1;DROP,x,2x100@1,99999999x1@5")

    assert "지난 전화 주문" not in page
    assert call.fields["basket"] == "99999999x1@5"
    assert "아직 비었어요" in page


def test_another_markets_calls_are_not_known(world: World, other_desk: Client) -> None:
    placed = phoned(world, (world.mackerel, 1))

    assert "처음 건 번호예요" in Desk(other_desk).press("enter", number=CALLER)
    assert other_desk.get(f"/office/calls/{placed.order_id}/").status_code == 404


def test_looking_a_number_up_is_noted_with_the_number_masked(world: World, call: Desk) -> None:
    phoned(world, (world.mackerel, 1))
    call.press("enter", number=CALLER)

    with in_market(world.market.pk):
        look = Look.objects.get(what="caller")
    assert (look.subject, look.people) == ("number:010-****-2000", 1)
    assert "010-****-2000" in text_of(call.client.get("/office/looks/"))


def test_numbers_cannot_be_tried_one_after_the_other(world: World, call: Desk) -> None:
    for number in range(60):
        call.press("enter", number=f"0101234{number:04}")

    assert "조금 전에 여러 번 하셨어요" in call.press("enter", number=CALLER)
    assert call.status == 422


@pytest.mark.usefixtures("takes_card")
def test_the_family_pays_by_a_link(world: World, call: Desk, client: Client) -> None:
    call.press(f"add:{world.mackerel.pk}")
    assert "가족이 링크로 내요" in call.press("read", way="family")
    page = call.order()

    (made,) = kept(world)
    with in_market(world.market.pk):
        link = PayLink.objects.get(order=made)
        waits = StallPart.objects.get(order=made).state
    assert "가족이 돈을 내면 가게에 알려요" in page
    assert f"/jangteo/pay/{link.token}" in call.page or link.token in call.page
    assert (made.state, waits) == (OrderState.AWAITING_PAYMENT, "awaiting_payment")
    # Until it is wanted, which is half an hour from now.
    assert (link.expires_at, link.amount_won) == (made.wanted_at, 8000)
    texted = call.client.post(f"/office/calls/{made.pk}/link/", {"phone": "010-1234-5678"})
    assert "지금은 문자를 보낼 수 없어요" in text_of(texted)


def test_without_a_gateway_the_family_is_not_offered(world: World, call: Desk) -> None:
    page = call.press("read", way="family")

    assert "가족이 링크로" not in page
    assert call.fields["way"] == "at_stall"


def test_the_order_says_who_took_the_call(world: World, desk: Client) -> None:
    placed = phoned(world, (world.mackerel, 1))

    assert "전화 주문 · 받은 사람 김도우" in text_of(desk.get(f"/office/orders/{placed.order_id}/"))
    with in_market(world.market.pk):
        PhoneOrder.objects.get()


def test_a_market_that_does_not_open_soon_says_so(world: World, call: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    call.press(f"add:{world.mackerel.pk}")
    fields = call.fields
    monkeypatch.setattr(call_page, "pickup_times", lambda market, now: [])

    answer = call.client.post("/office/calls/", {**fields, "do": "place", "agreed": "1", "number": CALLER})

    assert "찾으러 올 수 있는 시간이 없어요" in text_of(answer)
    assert kept(world) == []


def test_a_call_costs_few_queries(
    world: World, call: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    phoned(world, (world.mackerel, 1), (world.tofu, 1))
    phoned(world, (world.mackerel, 1), (world.tofu, 1))
    call.press("enter", number=CALLER)
    sent = {**call.fields, "do": f"add:{world.mackerel.pk}"}

    with django_assert_max_num_queries(22):
        call.client.post("/office/calls/", sent)


HOME = {"how": "deliver", "where": "장터동 101호"}


def test_an_order_is_brought_to_where_the_caller_says(world: World, call: Desk) -> None:
    delivers(world)
    call.press("enter", number=CALLER)
    call.press(f"add:{world.mackerel.pk}")
    asked = call.press("read", how="deliver")
    assert "어디로 가져다드릴까요?" in asked
    nowhere = call.order()
    assert (call.status, "어디로 가져다드릴지 적고" in nowhere, kept(world)) == (422, True, [])

    read = call.press("read", where="장터동 101호")
    assert "배달비 3,000원이 들어 있어요." in read
    assert "장터동 101호, 거기로 가져다드려요. 돈은 물건 받으실 때 내세요." in read
    assert "모두 11,000원이에요." in read
    call.order()

    [order] = kept(world)
    assert (order.fulfil, order.address, order.tender) == ("deliver", "장터동 101호", "at_stall")
    with in_market(world.market.pk):
        seat = Seat.objects.get(order_id=order.pk)
        assert Consent.objects.get().said.count("장터동 101호") == 1
    assert (seat.customer_won, seat.freed_at) == (3_000, None)


@pytest.mark.parametrize(
    ("where", "says"),
    [("먼동 3호", "아직 배달하지 못해요"), ("", "어디로 가져다드릴지 적고")],
)
def test_where_nothing_is_brought_is_said_and_the_basket_kept(world: World, call: Desk, where: str, says: str) -> None:
    delivers(world)
    call.press(f"add:{world.mackerel.pk}", number=CALLER)

    page = call.order(how="deliver", where=where)

    assert (call.status, says in page, "고등어" in page, kept(world)) == (422, True, True, [])


def test_a_window_that_closes_while_talking_is_read_again(world: World, call: Desk) -> None:
    delivers(world)
    call.press(f"add:{world.mackerel.pk}", number=CALLER)
    call.press("read", **HOME)
    with clock.at(NOON + timedelta(hours=4)):
        page = call.order()

    assert (call.status, "다시 읽어 드리고" in page, "고등어" in page, kept(world)) == (422, True, True, [])
