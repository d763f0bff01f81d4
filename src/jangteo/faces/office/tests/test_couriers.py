"""The association lets couriers in, plans their rounds, and decides about what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from jangteo.domains.rounds.actions.press_stop import press_stop
from jangteo.domains.rounds.models import Stop
from jangteo.domains.rounds.pressed import Press
from jangteo.domains.rounds.queries import rate_on
from jangteo.faces.shop.tests.pressing import text_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.brought import seat
from tests.riding import Courier, courier, packed, press, stop_of
from tests.world import NOON, World, delivers

PEOPLE = "/office/delivery/couriers/"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def ring(world: World, who: Courier, stop: Stop) -> None:
    press(world, who, stop, "loaded")
    press(world, who, stop, "here")


def fail(world: World, who: Courier, stop: Stop) -> None:
    told = Press(stop.pk, "failed", clock.now(), why=Stop.Why.ADDRESS)
    press_stop(market=world.market, actor=SYSTEM, courier_id=who.pk, press=told)


def test_a_link_is_made_and_shown_once(world: World, desk: Client) -> None:
    nameless = desk.post(PEOPLE, {"name": "  "})
    assert (nameless.status_code, "적어 주세요" in text_of(nameless)) == (422, True)

    page = desk.post(PEOPLE, {"name": "김배달"})

    assert "김배달의 새 링크" in text_of(page)
    assert "/in/" in page.content.decode()


def test_pay_holds_from_its_day_on(world: World, desk: Client) -> None:
    today = clock.calendar_day()
    late = desk.post(f"{PEOPLE}rate/", {"stop_won": "3,500", "starts": f"{today - timedelta(days=1)}"})
    assert late.status_code == 422

    desk.post(f"{PEOPLE}rate/", {"stop_won": "3,500", "starts": f"{today}"})

    with in_market(world.market.pk):
        assert rate_on(today) == 3_500


def test_a_wave_is_planned_for_who_is_there_and_again_without_one(world: World, desk: Client) -> None:
    delivers(world)
    first, second = courier(world), courier(world)
    placed = packed(world)
    here = f"/office/delivery/waves/{seat(world, placed).wave_id}/rounds/"
    assert desk.get(here).content.decode().count("checked") == 2

    nobody = desk.post(here, {})
    assert (nobody.status_code, stop_count(world)) == (422, 0)
    desk.post(here, {"couriers": [str(first.pk), str(second.pk)]})
    assert stop_count(world) == 1
    holder = stop_of(world, placed).round.courier_id
    other = second if holder == first.pk else first

    desk.post(here, {"couriers": [str(other.pk)]})

    assert stop_of(world, placed).round.courier_id == other.pk
    assert desk.get(here).content.decode().count("checked") == 1


def test_a_wave_without_couriers_says_where_to_begin(world: World, desk: Client) -> None:
    delivers(world)
    wave_id = seat(world, packed(world)).wave_id

    assert "배달하는 분이 아직 없어요" in text_of(desk.get(f"/office/delivery/waves/{wave_id}/rounds/"))


def test_what_comes_back_is_sent_again_or_ended(world: World, desk: Client) -> None:
    delivers(world)
    who, placed = courier(world), packed(world)
    here = f"/office/delivery/waves/{seat(world, placed).wave_id}/rounds/"
    desk.post(here, {"couriers": [str(who.pk)]})
    stop = stop_of(world, placed)
    ring(world, who, stop)
    fail(world, who, stop)
    assert "못 드리고 온 배달" in text_of(desk.get("/office/"))
    page = desk.get("/office/delivery/came-back/").content.decode()
    assert f"/office/orders/{placed.order_id}/end/" in page

    assert desk.post(f"/office/delivery/came-back/{stop.pk}/again/").status_code == 302
    desk.post(here, {"couriers": [str(who.pk)]})

    assert stop_of(world, placed).pk != stop.pk
    assert "돌아온 배달이 없어요" in text_of(desk.get("/office/delivery/came-back/"))


def stop_count(world: World) -> int:
    with in_market(world.market.pk):
        return Stop.objects.count()
