from __future__ import annotations

import pytest
from django.test import Client

from jangteo.domains.catalog.models import Good
from jangteo.domains.people.models import Role
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from jangteo.faces.merchant.tests.part_of import line_of, new_part, part_of, state_of
from jangteo.kernel.models import AuditRow, LiveEvent
from jangteo.kernel.tenancy import in_market
from tests.world import World, device_of, order

PAGES = ("/stall/", "/stall/door/", "/stall/orders/", "/stall/goods/")
OTHERS_POSTS = (
    "/stall/orders/{part}/accept/",
    "/stall/orders/{part}/ready/",
    "/stall/orders/{part}/hand-over/",
    "/stall/orders/{part}/undo/",
    "/stall/orders/{part}/refuse/?",
    "/stall/orders/{part}/weigh/{line}/",
    "/stall/goods/{good}/",
    "/stall/goods/{good}/sale/",
    "/stall/goods/{good}/count/",
)
EVERY_FIELD = {"reason": "sold_out", "grams": "500", "price_won": "100", "sure": "on", "state": "sold_out", "left": "1"}


@pytest.mark.parametrize("address", PAGES)
def test_the_owner_is_in(phone: Client, address: str) -> None:
    assert phone.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_without_a_device_there_is_a_way_on(world: World, client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 403
    assert "새 링크 보내 주세요" in response.content.decode()
    assert 'href="tel:010-0000-0001"' in response.content.decode()


def test_a_forged_secret_is_nobody(world: World, client: Client) -> None:
    client.cookies[STALL_COOKIE] = "made-up"

    assert client.get("/stall/").status_code == 403


def test_an_office_device_is_no_stall(world: World, client: Client) -> None:
    secret = device_of(world, None, Role.MANAGER)
    client.cookies[STALL_COOKIE] = secret
    client.cookies[OFFICE_COOKIE] = secret

    assert client.get("/stall/").status_code == 403


@pytest.mark.parametrize("address", OTHERS_POSTS)
def test_another_stalls_things_do_not_exist(world: World, stranger: Client, address: str) -> None:
    part = part_of(world, order(world, (world.hairtail, 1)).order_id, world.fish)
    line = line_of(part)
    before = traces(world)

    path = address.rstrip("?").format(part=part.pk, line=line.pk, good=world.mackerel.pk)
    response = stranger.post(path, EVERY_FIELD)

    assert response.status_code == 404
    assert traces(world) == before
    assert state_of(part) == "new"
    with in_market(world.market.pk):
        assert Good.objects.get(pk=world.mackerel.pk).price_won == 8000


@pytest.mark.parametrize(
    "address",
    [
        "/stall/orders/{part}/",
        "/stall/orders/{part}/refuse/",
        "/stall/orders/{part}/weigh/{line}/",
        "/stall/goods/{good}/",
    ],
)
def test_another_stalls_pages_do_not_exist(world: World, stranger: Client, address: str) -> None:
    part = part_of(world, order(world, (world.hairtail, 1)).order_id, world.fish)

    path = address.format(part=part.pk, line=line_of(part).pk, good=world.mackerel.pk)

    assert stranger.get(path).status_code == 404


@pytest.mark.parametrize("address", OTHERS_POSTS)
def test_without_a_device_nothing_changes(world: World, client: Client, address: str) -> None:
    part = part_of(world, order(world, (world.hairtail, 1)).order_id, world.fish)
    before = traces(world)

    path = address.rstrip("?").format(part=part.pk, line=line_of(part).pk, good=world.mackerel.pk)

    assert client.post(path, EVERY_FIELD).status_code == 403
    assert traces(world) == before


@pytest.mark.parametrize("verb", ["accept", "ready", "hand-over", "undo"])
def test_looking_changes_nothing(world: World, phone: Client, verb: str) -> None:
    part = new_part(world)

    assert phone.get(f"/stall/orders/{part.pk}/{verb}/").status_code == 405
    assert state_of(part) == "new"


def test_a_form_of_another_site_is_refused(world: World) -> None:
    part = new_part(world)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[STALL_COOKIE] = device_of(world, world.fish)

    assert strict.post(f"/stall/orders/{part.pk}/accept/").status_code == 403
    assert state_of(part) == "new"


def test_pages_are_not_kept_by_the_browser(phone: Client) -> None:
    assert "no-store" in phone.get("/stall/")["Cache-Control"]


def traces(world: World) -> tuple[int, int]:
    with in_market(world.market.pk):
        return AuditRow.objects.count(), LiveEvent.objects.count()
