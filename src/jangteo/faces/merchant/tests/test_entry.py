from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.actions.revoke_device import revoke_device
from jangteo.domains.people.models import Device, Role
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from jangteo.faces.merchant.views.entry import TRIES
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World


def link_for(world: World, role: Role = Role.OWNER) -> str:
    stall = world.fish if role in (Role.OWNER, Role.FAMILY) else None
    return f"/in/{make_entry_link(market=world.market, actor=SYSTEM, role=role, stall=stall)}/"


def devices(world: World) -> int:
    with in_market(world.market.pk):
        return Device.objects.count()


def test_the_page_says_who_the_phone_will_be(world: World, client: Client) -> None:
    page = client.get(link_for(world)).content.decode()

    assert "순자네 수산 사장님으로 들어가기" in page


def test_looking_does_not_use_the_link_up(world: World, client: Client) -> None:
    address = link_for(world)

    for _preview in range(3):
        assert client.get(address).status_code == 200
    assert client.head(address).status_code == 200

    assert devices(world) == 0
    assert client.post(address).status_code == 302


@pytest.mark.parametrize(
    ("role", "home", "cookie"),
    [
        (Role.OWNER, "/stall/", STALL_COOKIE),
        (Role.FAMILY, "/stall/", STALL_COOKIE),
        (Role.MANAGER, "/office/", OFFICE_COOKIE),
        (Role.HELPER, "/h/", OFFICE_COOKIE),
    ],
)
def test_one_press_enters(world: World, client: Client, role: Role, home: str, cookie: str) -> None:
    response = client.post(link_for(world, role), follow=True)

    assert response.redirect_chain == [(home, 302)]
    assert response.status_code == 200
    kept = client.cookies[cookie]
    assert (kept["httponly"], kept["samesite"], kept["secure"]) == (True, "Lax", "")
    assert kept["max-age"] == 400 * 24 * 3600


def test_the_cookie_is_secure_behind_https(world: World, client: Client, settings: Settings) -> None:
    settings.HTTPS = True

    client.post(link_for(world))

    assert client.cookies[STALL_COOKIE]["secure"] is True


def test_the_same_phone_may_tap_its_link_every_morning(world: World, client: Client) -> None:
    address = link_for(world)
    client.post(address)

    assert client.get(address)["Location"] == "/stall/"
    assert client.post(address)["Location"] == "/stall/"
    assert devices(world) == 1


def test_on_another_phone_a_used_link_is_dead(world: World, client: Client) -> None:
    address = link_for(world)
    Client().post(address)

    for response in (client.get(address), client.post(address)):
        assert response.status_code == 410
        assert "상인회에 새 링크를 부탁해 주세요" in response.content.decode()
        assert 'href="tel:010-0000-0001"' in response.content.decode()
    assert devices(world) == 1


def test_a_link_of_last_week_is_dead(world: World, client: Client) -> None:
    address = link_for(world)

    with clock.at(clock.now() + timedelta(days=8)):
        assert client.post(address).status_code == 410


def test_an_invented_link_is_dead(world: World, client: Client) -> None:
    assert client.get("/in/nothing/").status_code == 410
    assert client.post("/in/nothing/").status_code == 410


def test_a_link_for_a_courier_leads_to_the_rounds(world: World, client: Client) -> None:
    link = link_for(world, Role.COURIER)
    assert "배달로 들어가기" in client.get(link).content.decode()

    assert client.post(link)["Location"] == "/c/"
    assert "오늘 맡은 배달이 아직 없어요" in client.get("/c/").content.decode()


def test_a_phone_that_was_cut_off_is_out_at_its_next_tap(world: World, client: Client) -> None:
    client.post(link_for(world))
    with in_market(world.market.pk):
        device = Device.objects.get()

    revoke_device(market=world.market, actor=SYSTEM, device_id=device.pk)

    assert client.get("/stall/").status_code == 403


def test_too_many_tries_are_asked_to_rest(world: World, client: Client) -> None:
    for _try in range(TRIES):
        client.get("/in/guess/")

    response = client.get("/in/guess/")

    assert response.status_code == 429
    assert "잠깐 쉬었다가" in response.content.decode()


def test_without_a_token_of_its_own_form_nothing_is_bound(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link_for(world)).status_code == 403
    assert devices(world) == 0
