"""Into practice and out of it, by each role, with what the person sees."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from jangteo.domains.catalog.models import Good
from jangteo.domains.helping.models import Acting, ConsentCode, HelpCall
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.models import Order
from jangteo.domains.people.models import Role
from jangteo.domains.practice import life
from jangteo.domains.practice.queries import KEPT_FOR
from jangteo.domains.practice.tests.conftest import _play_money as _play_money
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from jangteo.faces._parts.practice_views import MOST_COPIES
from jangteo.faces.shop.tests.pressing import text_of
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market, unscoped_practice
from tests.world import World, device_of

RIBBON = "연습이에요."
ROLES = [
    (Role.OWNER, STALL_COOKIE, "/stall/"),
    (Role.FAMILY, STALL_COOKIE, "/stall/"),
    (Role.MANAGER, OFFICE_COOKIE, "/office/"),
    (Role.HELPER, OFFICE_COOKIE, "/h/"),
]


def held(world: World, role: Role, cookie: str) -> Client:
    client = Client()
    client.cookies[cookie] = device_of(world, world.fish if cookie == STALL_COOKIE else None, role)
    return client


def begin(client: Client, home: str) -> None:
    assert client.post(f"{home}practice/", {"do": "begin"})["Location"] == f"{home}practice/"


def copies() -> list[Market]:
    with unscoped_practice():
        return list(Market.objects.filter(state=Market.State.OPEN).order_by("-pk"))


@pytest.mark.parametrize(("role", "cookie", "home"), ROLES)
def test_every_role_comes_in_and_goes_out_again(world: World, role: Role, cookie: str, home: str) -> None:
    client = held(world, role, cookie)
    assert "연습 시작하기" in text_of(client.get(f"{home}practice/"))

    begin(client, home)
    page = client.get(home)
    assert RIBBON in text_of(page)
    assert page["X-Practice"] == str(-copies()[0].pk)
    assert "5가지 중 0가지 했어요" in text_of(client.get(f"{home}practice/"))

    assert client.post(f"{home}practice/stop/")["Location"] == home
    page = client.get(home)
    assert RIBBON not in text_of(page)
    assert not page.has_header("X-Practice")
    assert copies() == []


def test_what_was_done_gets_its_mark(world: World) -> None:
    phone = held(world, Role.OWNER, STALL_COOKIE)
    begin(phone, "/stall/")
    with in_market(copies()[0].pk):
        good = Good.objects.get(name="고등어")

    phone.post(f"/stall/goods/{good.pk}/sale/", {"state": "sold_out"})

    assert "5가지 중 1가지 했어요" in text_of(phone.get("/stall/practice/"))
    world.mackerel.refresh_from_db()
    assert world.mackerel.state == Good.State.ON_SALE


def test_from_the_beginning_is_a_fresh_market(world: World) -> None:
    phone = held(world, Role.OWNER, STALL_COOKIE)
    begin(phone, "/stall/")
    (spoilt,) = copies()
    phone.post("/stall/door/", {"door": "closed"})

    phone.post("/stall/practice/", {"do": "afresh"})

    (fresh,) = copies()
    assert fresh != spoilt
    with in_market(fresh.pk):
        assert set(Stall.objects.values_list("door", flat=True)) == {"open"}


def test_a_customer_comes_when_called(world: World) -> None:
    phone = held(world, Role.OWNER, STALL_COOKIE)
    begin(phone, "/stall/")

    assert phone.post("/stall/practice/", {"do": "customer"})["Location"] == "/stall/"
    with in_market(copies()[0].pk):
        assert Order.objects.filter(placed_at__gt=clock.now() - timedelta(hours=1)).count() == 1
    phone.post("/stall/door/", {"door": "closed"})
    assert "손님이 살 물건이 없어요" in text_of(phone.post("/stall/practice/", {"do": "customer"}))


def test_a_helper_practises_with_invented_people_who_are_stuck(world: World) -> None:
    phone = held(world, Role.HELPER, OFFICE_COOKIE)
    begin(phone, "/h/")
    assert phone.post("/h/practice/", {"do": "customer"})["Location"] == "/h/"
    with in_market(copies()[0].pk):
        call, stall = HelpCall.objects.get(), Stall.objects.get(name="순자네 수산")

    for deed in ("take", "done"):
        phone.post(f"/h/calls/{call.pk}/{deed}/")
    act = f"/h/stalls/{stall.pk}/act/"
    read_out = re.search(r"act-read num\">(\d{6})<", phone.post(act, {"ask": "yes"}).content.decode())
    assert read_out
    assert phone.post(act, {"digits": read_out[1]})["Location"] == "/stall/"

    assert RIBBON in text_of(phone.get("/stall/"))
    assert "5가지 중 3가지 했어요" in text_of(phone.get("/h/practice/"))
    with in_market(world.market.pk):
        assert HelpCall.objects.count() == 0
        assert Acting.objects.count() == 0


def test_no_real_owner_is_spoken_for(world: World) -> None:
    phone = held(world, Role.HELPER, OFFICE_COOKIE)

    answer = phone.post(f"/h/stalls/{world.fish.pk}/act/", {"ask": "yes"})

    assert answer.status_code == 422
    with in_market(world.market.pk):
        assert ConsentCode.objects.count() == 0


def test_nothing_is_done_for_real_when_practice_has_ended_by_itself(world: World) -> None:
    phone = held(world, Role.OWNER, STALL_COOKIE)
    begin(phone, "/stall/")
    with clock.at(clock.now() + KEPT_FOR + timedelta(minutes=1)):
        life.close_left_copies()

    answer = phone.post("/stall/door/", {"door": "closed"})

    assert answer.status_code == 409
    assert "방금 누른 것은 아무 데도 가지 않았어요" in text_of(answer)
    with in_market(world.market.pk):
        assert Stall.objects.get(pk=world.fish.pk).door == Stall.Door.OPEN
    phone.post("/stall/practice/stop/")
    assert phone.get("/stall/").status_code == 200


def test_a_form_from_before_can_send_nothing(world: World) -> None:
    """A tab that still shows the ribbon must not act on the real stall after another tab has left."""
    phone = Client(enforce_csrf_checks=True)
    phone.cookies[STALL_COOKIE] = device_of(world, world.fish)

    def token_on(page: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', phone.get(page).content.decode())
        assert found
        return found[1]

    phone.post("/stall/practice/", {"do": "begin", "csrfmiddlewaretoken": token_on("/stall/practice/")})
    old = token_on("/stall/door/")
    phone.post("/stall/practice/stop/", {"csrfmiddlewaretoken": token_on("/stall/")})

    assert phone.post("/stall/door/", {"door": "closed", "csrfmiddlewaretoken": old}).status_code == 403


def test_practising_in_the_office_leaves_the_stall_of_the_same_phone_real(world: World) -> None:
    both = held(world, Role.MANAGER, OFFICE_COOKIE)
    both.cookies[STALL_COOKIE] = device_of(world, world.fish)
    begin(both, "/office/")

    assert RIBBON in text_of(both.get("/office/"))
    assert RIBBON not in text_of(both.get("/stall/"))


def test_a_stolen_practice_secret_opens_nothing_without_the_real_device(world: World) -> None:
    phone = held(world, Role.OWNER, STALL_COOKIE)
    begin(phone, "/stall/")
    secret = phone.cookies[f"{STALL_COOKIE}_practice"].value
    thief, bold = Client(), Client()
    thief.cookies[f"{STALL_COOKIE}_practice"] = secret
    bold.cookies[STALL_COOKIE] = secret

    assert thief.get("/stall/").status_code == 403
    assert bold.get("/stall/").status_code == 403


def test_beginning_afresh_has_a_limit(world: World) -> None:
    phone = held(world, Role.OWNER, STALL_COOKIE)
    begin(phone, "/stall/")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("jangteo.faces._parts.practice_views.MOST_COPIES", 1)
        answer = phone.post("/stall/practice/", {"do": "afresh"})

    assert MOST_COPIES > 1
    assert answer.status_code == 409
    assert "조금 전에 여러 번 하셨어요" in text_of(answer)


def test_what_was_kept_offline_goes_only_where_it_was_made(world: World) -> None:
    phone = held(world, Role.OWNER, STALL_COOKIE)
    assert phone.get("/stall/", headers={"X-Practice": "none"}).status_code == 200
    begin(phone, "/stall/")
    mark = phone.get("/stall/")["X-Practice"]

    assert phone.post("/stall/door/", {"door": "closed"}, headers={"X-Practice": "none"}).status_code == 503
    assert phone.get("/stall/", headers={"X-Practice": mark}).status_code == 200
    phone.post("/stall/practice/stop/")
    assert phone.post("/stall/door/", {"door": "closed"}, headers={"X-Practice": mark}).status_code == 503
