from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.people.models import User
from jangteo.domains.promotions.actions.make_coupon import Limits, NewCoupon, make_coupon
from jangteo.domains.promotions.rules import Off
from jangteo.domains.stamps.actions.make_code import make_code
from jangteo.domains.stamps.actions.put_stamp import WantedStamp, put_stamp
from jangteo.domains.stamps.actions.start_programme import NewProgramme, start_programme
from jangteo.domains.stamps.models import Code
from jangteo.domains.stamps.purchases import visit_ref
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.limits import TooOften
from jangteo.kernel.tenancy import in_market
from tests.world import World


def words(shopper: Client, path: str = "/jangteo/stamps/") -> str:
    return " ".join(shopper.get(path).content.decode().split())


@pytest.fixture(autouse=True)
def _collecting(world: World) -> None:
    for stall in (world.fish, world.greens, world.tofu_stall):
        off = NewCoupon(
            name="쿠폰", off=Off(won=1_000), form="given", stall_id=stall.pk, limits=Limits(per_person=None)
        )
        coupon = make_coupon(market=world.market, actor=SYSTEM, new=off)
        start_programme(market=world.market, actor=SYSTEM, new=NewProgramme(stall.pk, 5, coupon.pk, "1,000원 쿠폰"))


@pytest.fixture
def user(world: World, shopper: Client) -> User:
    found = register_customer(market=world.market, actor=SYSTEM, phone="01012345678")
    shopper.force_login(found)
    return found


def stamp(world: World, user: User, *stalls: int) -> None:
    for at in stalls:
        wanted = WantedStamp(at, visit_ref(f"key-{at:08}"), user_id=user.pk)
        put_stamp(market=world.market, actor=SYSTEM, wanted=wanted)


def test_a_stranger_sees_what_can_be_collected_and_how(world: World, shopper: Client) -> None:
    page = words(shopper)

    assert "전화번호만 말해도" in page
    assert "순자네 수산" in page
    assert "5개 모으면 1,000원 쿠폰" in page
    assert "seal-ring" not in page


def test_my_cards_are_inked_and_say_what_is_missing(world: World, shopper: Client, user: User) -> None:
    stamp(world, user, world.fish.pk)
    page = words(shopper)

    assert "도장 5개 가운데 1개" in page
    assert "4개" in page
    assert page.count("seal-ring") == 1


def test_more_cards_ask_no_more(world: World, shopper: Client, user: User) -> None:
    stamp(world, user, world.fish.pk)
    with CaptureQueriesContext(connection) as one:
        shopper.get("/jangteo/stamps/")
    stamp(world, user, world.greens.pk, world.tofu_stall.pk)
    with CaptureQueriesContext(connection) as three:
        shopper.get("/jangteo/stamps/")

    assert len(three) == len(one)


def test_six_digits_are_shown_to_who_is_signed_in_and_to_nobody_else(world: World, shopper: Client) -> None:
    assert shopper.post("/jangteo/stamps/number/")["Location"] == "/jangteo/enter/"
    shopper.force_login(register_customer(market=world.market, actor=SYSTEM, phone="01012345678"))
    shopper.post("/jangteo/stamps/number/")
    with in_market(world.market.pk):
        digits = Code.objects.get().digits
    assert digits[:3] in words(shopper)


def test_whoever_is_signed_in_takes_the_scanned_stamp_by_one_press(world: World, shopper: Client, user: User) -> None:
    code = make_code(market=world.market, actor=SYSTEM, stall_id=world.fish.pk, purchase=visit_ref("k" * 20))
    at = f"/jangteo/stamps/at/{code.token}/"
    assert "010-1234-5678" in words(shopper, at)

    page = shopper.post(at).content.decode()
    assert "도장을 받았어요" in page
    assert page.count("stamp-fresh") == 1


def test_a_wrong_number_is_said_beside_the_field_and_can_be_tried_again(world: World, shopper: Client) -> None:
    code = make_code(market=world.market, actor=SYSTEM, stall_id=world.fish.pk, purchase=visit_ref("k" * 20))
    at = f"/jangteo/stamps/at/{code.token}/"
    response = shopper.post(at, {"phone": "+1 415 555 2671"})
    assert response.status_code == 422
    assert "휴대전화 번호를 다시" in response.content.decode()
    assert shopper.post(at, {"phone": "010 1234 5678"}).status_code == 200


def test_digits_are_not_to_be_guessed(world: World, shopper: Client) -> None:
    answers = [shopper.get("/jangteo/stamps/", {"number": f"{number:06}"}).status_code for number in range(21)]

    assert answers == [404] * 20 + [409]
    assert TooOften.code == "limits.too_often"
