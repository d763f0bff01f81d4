from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.people.models import Device, EntryLink, Role
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from jangteo.kernel.qr import qr_svg
from jangteo.kernel.tenancy import in_market
from tests.world import World, device_of


def test_every_stall_stands_in_the_list(world: World, desk: Client) -> None:
    device_of(world, world.fish)

    page = desk.get("/office/stalls/").content.decode()

    for stall in (world.fish, world.greens, world.tofu_stall, world.stranger):
        assert stall.name in page
        assert stall.code in page
    assert page.count("아직 없어요") == 3


def test_a_link_is_shown_once_as_address_and_picture(world: World, desk: Client) -> None:
    response = desk.post(f"/office/stalls/{world.fish.pk}/link/", {"role": "owner"})

    page = response.content.decode()
    assert re.search(r'value="http://testserver/in/[\w-]{22}/"', page)
    assert 'class="qr"' in page
    assert f"{world.fish.code[:3]} {world.fish.code[3:]}" in page
    assert "no-store" in response["Cache-Control"]
    assert "/in/" not in desk.get(f"/office/stalls/{world.fish.pk}/").content.decode()


@pytest.mark.parametrize("role", [Role.OWNER, Role.FAMILY])
def test_the_link_lets_the_right_person_in(world: World, desk: Client, client: Client, role: Role) -> None:
    page = desk.post(f"/office/stalls/{world.fish.pk}/link/", {"role": role}).content.decode()
    address = re.search(r"/in/[\w-]{22}/", page)
    assert address is not None

    assert client.post(address[0])["Location"] == "/stall/"

    with in_market(world.market.pk):
        device = Device.objects.get(stall=world.fish)
    assert device.role == role


@pytest.mark.parametrize("role", ["manager", "helper", "courier", "king", ""])
def test_a_stall_link_makes_nobody_an_officer(world: World, desk: Client, role: str) -> None:
    desk.post(f"/office/stalls/{world.fish.pk}/link/", {"role": role})

    with in_market(world.market.pk):
        assert EntryLink.objects.latest("pk").role == Role.OWNER


def test_two_presses_make_two_links_and_both_are_good(world: World, desk: Client) -> None:
    for _ in range(2):
        page = desk.post(f"/office/stalls/{world.fish.pk}/link/", {"role": "owner"}).content.decode()
        address = re.search(r"/in/[\w-]{22}/", page)
        assert address is not None
        assert Client().post(address[0]).status_code == 302


def test_a_lost_phone_is_cut_off(world: World, desk: Client, client: Client) -> None:
    client.cookies[STALL_COOKIE] = device_of(world, world.fish)
    with in_market(world.market.pk):
        device = Device.objects.get(stall=world.fish)
    assert client.get("/stall/").status_code == 200

    for _ in range(2):
        response = desk.post(f"/office/devices/{device.pk}/revoke/")
        assert response["Location"] == f"/office/stalls/{world.fish.pk}/"

    assert client.get("/stall/").status_code == 403
    assert "아직 들어온 전화기가 없어요" in desk.get(f"/office/stalls/{world.fish.pk}/").content.decode()


def test_the_office_does_not_cut_itself_off(world: World, desk: Client) -> None:
    with in_market(world.market.pk):
        own = Device.objects.get(role=Role.MANAGER)

    assert desk.post(f"/office/devices/{own.pk}/revoke/").status_code == 404
    assert desk.get("/office/").status_code == 200


def test_another_markets_stall_and_phone_do_not_exist(world: World, other_desk: Client) -> None:
    device_of(world, world.fish)
    with in_market(world.market.pk):
        device = Device.objects.get(stall=world.fish)
        links = EntryLink.objects.count()

    assert other_desk.get(f"/office/stalls/{world.fish.pk}/").status_code == 404
    assert other_desk.post(f"/office/stalls/{world.fish.pk}/link/", {"role": "owner"}).status_code == 404
    assert other_desk.post(f"/office/devices/{device.pk}/revoke/").status_code == 404
    with in_market(world.market.pk):
        assert EntryLink.objects.count() == links
        assert Device.objects.get(pk=device.pk).revoked_at is None


def test_a_helper_lets_nobody_in_and_is_shown_the_way_back(world: World, client: Client) -> None:
    """With a link of the owner's a helper would need no consent."""
    client.cookies[OFFICE_COOKIE] = device_of(world, None, Role.HELPER)
    with in_market(world.market.pk):
        links = EntryLink.objects.count()

    refused = client.post(f"/office/stalls/{world.fish.pk}/link/", {"role": "owner"})

    assert refused.status_code == 403
    assert "여기는 상인회만 들어와요" in refused.content.decode()
    assert 'href="/h/"' in refused.content.decode()
    with in_market(world.market.pk):
        assert EntryLink.objects.count() == links


@pytest.mark.parametrize("address", ["/office/stalls/{stall}/link/", "/office/devices/{device}/revoke/"])
def test_signed_out_nothing_changes(world: World, client: Client, address: str) -> None:
    device_of(world, world.fish)
    with in_market(world.market.pk):
        device = Device.objects.get(stall=world.fish)
        links = EntryLink.objects.count()

    assert client.post(address.format(stall=world.fish.pk, device=device.pk)).status_code == 403

    with in_market(world.market.pk):
        assert EntryLink.objects.count() == links
        assert Device.objects.get(pk=device.pk).revoked_at is None


def test_the_list_of_stalls_takes_few_queries(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):
        desk.get("/office/stalls/")


def test_the_picture_needs_no_style_of_its_own() -> None:
    svg = qr_svg("https://market.example/in/abcdefghijklmnopqrstuv/")

    assert "style=" not in svg
    assert svg.startswith("<svg ")
