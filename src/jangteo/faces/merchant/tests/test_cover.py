from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from jangteo.domains.ordering.jobs import pass_on_left_orders
from jangteo.domains.ordering.models import Cover, PhoneSeen
from jangteo.domains.people.actions.bind_device import bind_device
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import Role
from jangteo.faces.merchant.tests.conftest import entered
from jangteo.faces.merchant.tests.part_of import new_part
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World


@pytest.fixture
def family(world: World) -> Client:
    """A phone of 순자네 수산's family."""
    token = make_entry_link(market=world.market, actor=SYSTEM, role=Role.FAMILY, stall=world.fish)
    return entered(bind_device(market=world.market, actor=SYSTEM, token=token))


def rings(phone: Client) -> bool:
    return "data-call=" in phone.get("/stall/", headers={"x-fragment": "calls"}).content.decode()


def test_the_owners_phone_rings_first_and_then_the_familys(world: World, phone: Client, family: Client) -> None:
    with clock.at(NOON):
        new_part(world)
        assert phone.post("/stall/alive/").status_code == 204
        assert family.post("/stall/alive/").status_code == 204
        assert (rings(phone), rings(family)) == (True, False)
        assert "5분 동안 답이 없으면 이 전화기도 울려요." in family.get("/stall/").content.decode()
    with clock.at(NOON + timedelta(minutes=5)):
        phone.post("/stall/alive/")
        family.post("/stall/alive/")
        pass_on_left_orders()
        assert (rings(phone), rings(family)) == (True, True)
        assert "답이 없어서 가족 전화기도 울려요" in phone.get("/stall/").content.decode()


@pytest.mark.parametrize(("when", "at_first", "in_the_end"), [("at_once", True, True), ("never", False, False)])
def test_a_family_may_ring_at_once_or_never(
    world: World, phone: Client, family: Client, when: str, at_first: bool, in_the_end: bool
) -> None:
    assert phone.post("/stall/cover/", {"minutes": "3", "family": when}).status_code == 200
    with clock.at(NOON):
        new_part(world)
        assert rings(family) is at_first
    with clock.at(NOON + timedelta(minutes=20)):
        pass_on_left_orders()
        assert rings(family) is in_the_end
        assert "상인회에도 알렸어요" in phone.get("/stall/").content.decode()


def test_the_settings_say_in_words_what_will_happen(world: World, phone: Client) -> None:
    assert "<b>5분</b> 동안 답이 없으면 가족 전화기가 울려요." in phone.get("/stall/cover/").content.decode()

    page = phone.post("/stall/cover/", {"minutes": "10", "family": "later"}).content.decode()

    assert "그렇게 해 뒀어요." in page
    assert "<b>10분</b> 동안 답이 없으면" in page
    with in_market(world.market.pk):
        assert [cover.minutes for cover in Cover.objects.all()] == [10]


def test_what_nobody_is_offered_changes_nothing(world: World, phone: Client) -> None:
    assert phone.post("/stall/cover/", {"minutes": "7", "family": "later"}).status_code == 422

    with in_market(world.market.pk):
        assert not Cover.objects.exists()


def test_a_phone_leaves_one_row_however_often_it_calls_in(world: World, phone: Client) -> None:
    for _ in range(3):
        phone.post("/stall/alive/")

    with in_market(world.market.pk):
        assert PhoneSeen.objects.count() == 1


def test_the_way_back_leads_to_where_one_came_from(phone: Client) -> None:
    assert 'href="/stall/cover/?from=more"' in phone.get("/stall/more/rest/").content.decode()
    for asked, back in (("", "/stall/orders/"), ("?from=more", "/stall/more/rest/")):
        page = phone.get(f"/stall/cover/{asked}").content.decode()
        assert f'<a class="back" href="{back}">' in page
