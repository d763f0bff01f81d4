"""What the stall and the association see of a kiosk's order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.people.models import Role
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from jangteo.faces.kiosk.tests.kiosk import Kiosk, seen
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, device_of

LATER = NOON + timedelta(hours=6)
LATE = "인터넷이 끊겨서 이제 왔어요. 오늘 낮 12시에 고른 주문이에요. 벌써 드렸으면 끝까지 눌러 주세요."


@pytest.fixture
def phone(world: World) -> Client:
    client = Client()
    client.cookies[STALL_COOKIE] = device_of(world, world.fish)
    return client


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def slip_path(world: World) -> str:
    with in_market(world.market.pk):
        return f"/stall/orders/{StallPart.objects.get(stall=world.fish).pk}/"


def test_the_slip_says_which_ticket_what_money_and_what_price_was_seen(
    world: World, kiosk: Kiosk, phone: Client
) -> None:
    kiosk.order(seen(world.mackerel, 2, price_won=7_500), seen(world.tofu, price_won=1_800), tender="card")
    kiosk.flush()
    html = page(phone, slip_path(world))

    for words in ("키오스크 번호표 K1-01", "카드로 낼 거예요", "키오스크에는 15,000원으로 나왔어요."):
        assert words in html
    for words in ("손님께 전화", "1,800", "인터넷이 끊겨서"):
        assert words not in html


def test_what_came_late_says_when_it_was_made_and_what_the_count_lacks(
    world: World, kiosk: Kiosk, phone: Client
) -> None:
    kiosk.order(seen(world.mackerel, 7), phone="010-1234-5678")
    with clock.at(LATER):
        kiosk.flush()
        html, paper = page(phone, slip_path(world)), page(phone, f"{slip_path(world)}paper/")

    for words in (LATE, "적어 둔 것보다 2개 모자라요.", "010-1234-5678"):
        assert words in html
    for words in (LATE, "고등어 7손 (적어 둔 것보다 2개 모자라요.)", "키오스크 번호표 K1-01"):
        assert words in paper


def test_the_association_is_told_at_once_of_what_was_sold_out_meanwhile(world: World, kiosk: Kiosk) -> None:
    desk = Client()
    desk.cookies[OFFICE_COOKIE] = device_of(world, None, Role.MANAGER)
    kiosk.order(seen(world.tofu))
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, state=Good.State.SOLD_OUT)
    with clock.at(LATER):
        kiosk.flush()
        html = page(desk, "/office/")

    assert "키오스크 번호표 K1-01" in html
    assert "가게에 먼저 물어봐 주세요." in html


def test_the_office_finds_an_order_without_a_telephone_number(world: World, kiosk: Kiosk) -> None:
    desk = Client()
    desk.cookies[OFFICE_COOKIE] = device_of(world, None, Role.MANAGER)
    kept = kiosk.order(seen(world.tofu))
    kiosk.flush()
    number = kiosk.answers[kept.key]["number"]
    found = desk.get(f"/office/orders/?q={number}", follow=True).content.decode()

    assert "K1-01" in found
    assert "손님께 전화" not in found
