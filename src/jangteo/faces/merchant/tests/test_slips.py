from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation

from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.queries import PaidAhead
from jangteo.domains.ordering.states import PartState
from jangteo.faces.merchant.slips import TO_DO, Slip, slip
from jangteo.faces.merchant.tests.part_of import part_of
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_stall
from tests.world import GUEST, NOON, World, wants


def placed_slip(world: World, fulfil: str = "pickup") -> Slip:
    with clock.at(NOON):
        wanted = wants((world.mackerel, 1), (world.hairtail, 2), fulfil=fulfil)
        placed = place_order(market=world.market, actor=GUEST, wanted=wanted, key=f"key-{fulfil}-1")
        part = part_of(world, placed.order_id, world.fish)
        with in_stall(world.market.pk, world.fish.pk):
            return slip(part.pk)


def test_the_phone_says_what_and_by_when(world: World) -> None:
    assert placed_slip(world).say == "새 주문이요! 고등어 한 손, 갈치 두 마리. 오후 1시, 가지러 오세요."


def test_a_delivery_is_said_as_one(world: World) -> None:
    assert placed_slip(world, "deliver").say.endswith("오후 1시, 배달.")


def test_the_voice_is_korean_on_an_english_screen(world: World) -> None:
    shown = placed_slip(world)

    with translation.override("en"):
        assert "오후 1시" in shown.say


@pytest.mark.parametrize(
    ("gateway", "pay_by", "method", "said"),
    [
        ("toss", "card", "카드", "카드로 냈어요"),
        ("toss", "card", "간편결제", "간편결제로 냈어요"),
        ("portone", "card", "휴대폰", "휴대폰으로 냈어요"),
        ("toss", "account", "가상계좌", "계좌로 냈어요"),
        ("kakaopay", "card", "MONEY", "카카오페이로 냈어요"),
        ("naverpay", "card", "", "네이버페이로 냈어요"),
    ],
)
def test_what_was_paid_ahead_is_said_by_its_real_name(
    world: World, gateway: str, pay_by: str, method: str, said: str
) -> None:
    shown = placed_slip(world)

    ahead = replace(shown, part=replace(shown.part, paid_ahead=PaidAhead(gateway, pay_by, method)))

    assert ahead.how_paid == said
    assert ahead.say.endswith(f"오후 1시, 가지러 오세요. {said}.")


def test_who_comes_and_pays_is_said_until_it_is_over(world: World) -> None:
    shown = placed_slip(world)
    ways = {state: replace(shown, part=replace(shown.part, state=state)).how_paid for state in PartState}

    assert ways == {state: "와서 낼 거예요" if state in TO_DO else "" for state in PartState}


def test_a_long_order_is_cut_short_in_speech(world: World) -> None:
    shown = placed_slip(world)
    line = shown.part.lines[0]

    many = replace(shown, part=replace(shown.part, lines=(line,) * 8))

    assert "외 3가지. 오후 1시" in many.say
    assert many.say.count("고등어") == 5


def test_what_should_be_ready_by_now_is_late(world: World) -> None:
    shown = placed_slip(world)
    accepted = replace(shown, part=replace(shown.part, state="accepted"))

    assert not accepted.is_late
    assert replace(accepted, now=NOON + timedelta(minutes=61)).is_late
    assert not replace(shown, now=NOON + timedelta(minutes=61)).is_late
