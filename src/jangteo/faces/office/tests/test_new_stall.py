from __future__ import annotations

import re

import pytest
from django.test import Client

from jangteo.domains.markets.actions.add_street import add_street
from jangteo.domains.markets.models import Stall
from jangteo.domains.people.models import Role
from jangteo.faces._parts.devices import OFFICE_COOKIE
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.ids import has_check_digit
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import World, device_of

ADDRESS = "/office/stalls/new/"


def told(world: World, **changed: str) -> dict[str, str]:
    asked = {"name": "바다상회", "kind": str(world.fish.kind_id), "owner_name": "김순자", "takes_card": "on"}
    return {name: value for name, value in {**asked, **changed}.items() if value}


def stalls(world: World) -> list[Stall]:
    with in_market(world.market.pk):
        return list(Stall.objects.order_by("pk"))


def traces() -> int:
    return AuditRow.objects.count()


def test_a_new_stall_leads_straight_to_its_page(world: World, desk: Client) -> None:
    response = desk.post(ADDRESS, told(world, phone="010 0000-2345"))

    stall = stalls(world)[-1]
    assert response["Location"] == f"/office/stalls/{stall.pk}/"
    assert "사장님 링크 만들기" in desk.get(response["Location"]).content.decode()
    assert (stall.name, stall.owner_name, stall.phone) == ("바다상회", "김순자", "01000002345")
    assert (stall.kind_id, stall.street_id) == (world.fish.kind_id, world.fish.street_id)
    assert (stall.opens_at, stall.closes_at) == (world.market.opens_at, world.market.closes_at)
    assert (stall.takes_card, stall.takes_onnuri, stall.takes_local) == (True, False, False)
    assert has_check_digit(stall.code)
    assert len(stall.code) == 6


def test_the_new_stalls_owner_comes_in_and_the_market_shows_it(world: World, desk: Client, client: Client) -> None:
    page = desk.post(desk.post(ADDRESS, told(world))["Location"] + "link/", {"role": "owner"}).content.decode()
    entry = re.search(r"/in/[\w-]{22}/", page)
    assert entry is not None

    assert client.post(entry[0])["Location"] == "/stall/"
    assert "바다상회" in client.get("/stall/").content.decode()
    assert "바다상회" in client.get("/jangteo/map/").content.decode()


def test_sending_the_form_twice_makes_one_stall(world: World, desk: Client) -> None:
    first, second = (desk.post(ADDRESS, told(world)) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert [stall.name for stall in stalls(world)].count("바다상회") == 1


def test_another_stall_of_the_same_name_is_refused(world: World, desk: Client) -> None:
    before = traces()

    response = desk.post(ADDRESS, told(world, name=f" {world.fish.name} "))

    assert response.status_code == 422
    assert "‘순자네 수산’ 점포가 벌써 있어요. 다른 이름을 적어 주세요." in response.content.decode()
    assert len(stalls(world)) == 4
    assert traces() == before


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "점포 이름을 적어 주세요."),
        ({"name": "   "}, "점포 이름을 적어 주세요."),
        ({"name": "가" * 31}, "30"),
        ({"name": "바다\0상회"}, "errorlist"),
        ({"owner_name": ""}, "사장님 이름을 적어 주세요."),
        ({"kind": ""}, "하나를 골라 주세요."),
        ({"kind": "0"}, "하나를 골라 주세요."),
        ({"kind": "생선"}, "하나를 골라 주세요."),
        ({"phone": "12"}, "전화번호를 다시 봐 주세요."),
        ({"phone": "공일공"}, "전화번호를 다시 봐 주세요."),
    ],
)
def test_what_cannot_be_is_asked_again(world: World, desk: Client, changed: dict[str, str], words: str) -> None:
    before = traces()

    response = desk.post(ADDRESS, told(world, **changed))

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page or 'class="error"' in page
    assert len(stalls(world)) == 4
    assert traces() == before


def test_the_street_is_asked_for_where_there_are_several(world: World, desk: Client) -> None:
    lane = add_street(market=world.market, actor=SYSTEM, name="생선 골목", name_en="Fish Lane", colour="#1B56A8")
    assert "생선 골목" in desk.get(ADDRESS).content.decode()

    assert desk.post(ADDRESS, told(world)).status_code == 422
    assert desk.post(ADDRESS, told(world, street=str(lane.pk))).status_code == 302
    assert (stalls(world)[-1].street_id, stalls(world)[-1].slot) == (lane.pk, 1)


def test_vouchers_of_the_market_are_ticked_at_first(world: World, desk: Client) -> None:
    world.market.vouchers = ["onnuri"]
    world.market.save(update_fields=["vouchers"])

    ticked = re.findall(r'name="(takes_\w+)"[^>]* checked', desk.get(ADDRESS).content.decode())

    assert ticked == ["takes_card", "takes_onnuri"]


def test_another_markets_kind_and_street_are_refused(world: World, other_desk: Client) -> None:
    response = other_desk.post(ADDRESS, told(world))

    assert response.status_code == 422
    assert len(stalls(world)) == 4


def test_a_stall_phone_and_a_stranger_add_nothing(world: World, client: Client) -> None:
    assert client.post(ADDRESS, told(world)).status_code == 403
    client.cookies[OFFICE_COOKIE] = device_of(world, world.fish)
    assert client.post(ADDRESS, told(world)).status_code == 403
    assert len(stalls(world)) == 4


def test_a_form_of_another_site_is_refused(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[OFFICE_COOKIE] = device_of(world, None, Role.MANAGER)

    assert strict.post(ADDRESS, told(world)).status_code == 403
    assert len(stalls(world)) == 4


def test_the_list_leads_to_the_form(desk: Client) -> None:
    assert f'href="{ADDRESS}"' in desk.get("/office/stalls/").content.decode()
