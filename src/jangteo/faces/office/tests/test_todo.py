from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.markets.actions.add_street import add_street
from jangteo.domains.markets.actions.found_market import NewMarket, found_market
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.close_shortfall import close_shortfall
from jangteo.domains.ordering.actions.doubt_payment import doubt_payment
from jangteo.domains.ordering.actions.end_refund import end_refund
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.models import Refund
from jangteo.domains.payments.ports import GatewayState, Snapshot, VirtualAccount
from jangteo.domains.people.actions.bind_device import bind_device
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.people.models import Role
from jangteo.domains.regulars.actions.ask_deletion import ask_deletion
from jangteo.domains.regulars.actions.note_look import Seen, note_look
from jangteo.domains.regulars.rules import REGRET
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from jangteo.faces._parts.tests.short import short_order, state_of_shortfall
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World, device_of, order, wants

pytestmark = pytest.mark.usefixtures("takes_card")


def text(client: Client, address: str = "/office/") -> str:
    return client.get(address).content.decode()


def test_a_good_day_has_nothing_to_do(desk: Client) -> None:
    assert "지금은 손 볼 일이 없어요" in text(desk)


def test_data_of_people_that_waits_for_somebody_is_told(world: World, desk: Client) -> None:
    user = register_customer(market=world.market, actor=SYSTEM, phone="01033334455")
    ask_deletion(market=world.market, actor=SYSTEM, user_id=user.pk, told={})
    by = Actor(ActorKind.STAFF, "device:1")
    note_look(market=world.market, actor=by, seen=Seen("order", "order:1"), from_address="203.0.113.7")
    asked_at = clock.now()

    assert "지금은 손 볼 일이 없어요" in text(desk)
    with clock.at(asked_at + REGRET + timedelta(hours=2)):
        assert "지워 달라는 부탁 1건이 멈춰 있어요" in text(desk)
    with clock.at(asked_at + timedelta(days=31)):
        page = text(desk)
        month = clock.calendar_day().replace(day=1) - timedelta(days=1)
    assert f"{month.month}월에 손님 정보를 본 기록" in page
    assert f"/office/looks/?month={month:%Y-%m}" in page


def test_an_order_without_an_answer_shows_after_ten_minutes(world: World, desk: Client) -> None:
    placed = order(world, (world.mackerel, 2))
    moment = clock.now()

    with clock.at(moment + timedelta(minutes=9)):
        assert "답이 없는 주문" not in text(desk)
    with clock.at(moment + timedelta(minutes=11)):
        page = text(desk)

    assert "답이 없는 주문" in page
    assert f"{placed.number}번" in page
    assert "11분째" in page
    assert "고등어 2손" in page
    assert 'href="tel:010-0000-1000"' in page


def test_a_shortfall_is_closed_from_the_office(world: World, desk: Client) -> None:
    shortfall = short_order(world)

    assert "먼저 팔려 버린 물건" in text(desk)
    assert desk.post(f"/office/shortfalls/{shortfall.pk}/", {"found": "yes"})["Location"] == "/office/"
    assert state_of_shortfall(shortfall) == "found"


def test_paying_back_is_asked_with_the_amount(world: World, desk: Client) -> None:
    shortfall = short_order(world)

    assert "24,000원을 돌려드릴까요?" in text(desk, f"/office/shortfalls/{shortfall.pk}/")
    assert state_of_shortfall(shortfall) == "open"

    desk.post(f"/office/shortfalls/{shortfall.pk}/", {"found": "no"})

    assert state_of_shortfall(shortfall) == "refunded"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Refund.State.REJECTED, "결제사가 환불을 받아 주지 않았어요"),
        (Refund.State.UNKNOWN, "환불이 됐는지 결제사가 아직 답하지 않아요"),
    ],
)
def test_a_refund_that_did_not_end_needs_a_hand(world: World, desk: Client, state: Refund.State, words: str) -> None:
    shortfall = short_order(world)
    close_shortfall(market=world.market, actor=SYSTEM, shortfall_id=shortfall.pk, found=False)
    with in_market(world.market.pk):
        refund = Refund.objects.get()

    assert words not in text(desk)

    end_refund(market=world.market, actor=SYSTEM, refund_id=refund.pk, state=state, note="")

    page = text(desk)
    assert words in page
    assert "24,000원" in page
    assert re.search(r'action="/office/orders/\d+/customer/"', page)
    assert "01000002000" not in page


def test_a_payment_nobody_can_explain_needs_a_hand(world: World, desk: Client) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")
    note_authorisation(
        market=world.market, actor=GUEST, order_ref=placed.ref, payment_key="pk", amount_won=placed.pay_won
    )
    doubt_payment(market=world.market, actor=SYSTEM, order_ref=placed.ref)

    assert "알 수 없는 결제" not in text(desk)
    with clock.at(clock.now() + timedelta(minutes=3)):
        assert "알 수 없는 결제" in text(desk)


def test_goods_whose_deposit_was_taken_back_need_a_hand_until_it_comes_again(world: World, desk: Client) -> None:
    wanted = replace(wants((world.mackerel, 1), tender="card"), way="virtual_account")
    placed = place_order(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()))
    account = VirtualAccount("020", "12345678901234", "장터시장", clock.now() + timedelta(hours=3))
    seen = Snapshot(
        "pk", placed.ref, GatewayState.WAITING_DEPOSIT, 8_000, 8_000, "가상계좌", None, "", (), account=account
    )

    def settle(state: GatewayState) -> None:
        settle_payment(market=world.market, actor=SYSTEM, snapshot=replace(seen, state=state))

    for state in (GatewayState.WAITING_DEPOSIT, GatewayState.DONE):
        settle(state)
    hand_over_all(world, placed)
    assert "되물렸어요" not in text(desk)

    settle(GatewayState.WAITING_DEPOSIT)
    page = text(desk)
    assert "8,000원" in page
    assert "물건을 건넨 뒤에 은행이 입금을 되물렸어요." in page
    assert re.search(r'action="/office/orders/\d+/customer/"', page)
    assert "01000002000" not in page

    settle(GatewayState.DONE)
    assert "되물렸어요" not in text(desk)


def test_an_effect_that_was_given_up_is_shown(world: World, desk: Client) -> None:
    moment = clock.now()
    row = OutboxRow.objects.create(
        market_id=world.market.pk,
        topic="payment.refund",
        key="k",
        payload={},
        status=OutboxRow.Status.STUCK,
        attempts=40,
        note="ReadTimeout",
        created_at=moment,
        run_at=moment,
    )

    page = text(desk)

    assert "카드 환불" in page
    assert f"“{row.pk}번, ReadTimeout”" in page


def test_the_day_in_numbers(world: World, desk: Client) -> None:
    sell(world)
    set_door(market=world.market, actor=SYSTEM, stall_id=world.stranger.pk, door=Stall.Door.CLOSED)

    page = text(desk)

    assert "1건" in page
    assert "8,000원" in page
    assert "3곳" in page
    assert "모두 4곳" in page


def test_what_was_paid_back_is_not_counted_as_sold(world: World, desk: Client) -> None:
    shortfall = short_order(world)
    close_shortfall(market=world.market, actor=SYSTEM, shortfall_id=shortfall.pk, found=False)
    with in_market(world.market.pk):
        part = StallPart.objects.get(lines=shortfall.line_id)
    for act in (accept_part, ready_part, hand_over_part):
        act(market=world.market, actor=SYSTEM, part_id=part.pk)

    assert "24,000원" not in text(desk)


def test_another_market_sees_nothing_of_it(world: World, other_desk: Client) -> None:
    shortfall = short_order(world)

    with clock.at(clock.now() + timedelta(hours=1)):
        assert "지금은 손 볼 일이 없어요" in text(other_desk)
    assert other_desk.post(f"/office/shortfalls/{shortfall.pk}/", {"found": "no"}).status_code == 404
    assert state_of_shortfall(shortfall) == "open"


@pytest.mark.parametrize("address", ["/office/", "/office/log/", "/office/stalls/"])
def test_a_stalls_phone_is_not_the_office(world: World, client: Client, address: str) -> None:
    client.cookies[STALL_COOKIE] = device_of(world, world.fish)

    response = client.get(address)

    assert response.status_code == 403
    assert "새 링크 보내 주세요" in response.content.decode()


def test_the_list_takes_few_queries_however_long(
    world: World, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        order(world, (world.mackerel, 1), (world.tofu, 1))

    # One of them for questions nobody answered in time, one for reviews that wait for a look, one for the hub and
    # one for what couriers brought back.
    with clock.at(clock.now() + timedelta(hours=1)), django_assert_max_num_queries(20):
        desk.get("/office/")


def sell(world: World) -> None:
    hand_over_all(world, order(world, (world.mackerel, 1)))


def hand_over_all(world: World, placed: PlacedOrder) -> None:
    with in_market(world.market.pk):
        part = StallPart.objects.get(order_id=placed.order_id)
    for act in (accept_part, ready_part, hand_over_part):
        act(market=world.market, actor=SYSTEM, part_id=part.pk)


def test_a_market_that_has_just_opened_is_told_its_next_steps(world: World, desk: Client) -> None:
    Market.objects.filter(pk=world.market.pk).update(phone="", cycle={})

    page = text(desk)

    assert "지금은 손 볼 일이 없어요" not in page
    for words in ("시장 전화번호가 없어요", "언제 장이 서는지 몰라요"):
        assert words in page
    assert page[page.index("<main") :].count('href="/office/market/"') == 2
    assert "점포가 없어요" not in page


@pytest.mark.django_db
def test_a_market_without_stalls_is_led_to_the_first_one() -> None:
    bare = found_market(
        actor=SYSTEM,
        new=NewMarket("bare", "bare", "새 시장", "", "", Cycle(daily=True), time(7), time(20), phone="0310001000"),
    )
    link = make_entry_link(market=bare, actor=SYSTEM, role=Role.MANAGER, stall=None)
    desk = Client()
    desk.cookies[OFFICE_COOKIE] = bind_device(market=bare, actor=SYSTEM, token=link)

    assert 'href="/office/streets/new/"' in text(desk)

    add_street(market=bare, actor=SYSTEM, name="시장 길")

    assert 'href="/office/stalls/new/"' in text(desk)
