from __future__ import annotations

from datetime import time

import pytest
from django.test import Client

from jangteo.domains.markets.actions.add_street import add_street
from jangteo.domains.markets.models import Stall
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import World


def told(world: World, **changed: str) -> dict[str, str]:
    asked = {
        "name": "순자네 수산",
        "kind": str(world.fish.kind_id),
        "owner_name": "순자",
        "phone": "010-0000-1000",
        "opens_at": "00:00",
        "closes_at": "23:30",
        "takes_card": "on",
    }
    return {name: value for name, value in {**asked, **changed}.items() if value}


def facts_of(world: World) -> str:
    return f"/office/stalls/{world.fish.pk}/facts/"


def stored(world: World) -> Stall:
    with in_market(world.market.pk):
        return Stall.objects.get(pk=world.fish.pk)


def traces() -> int:
    return AuditRow.objects.filter(code="stall.changed").count()


def test_the_list_and_the_stall_lead_to_the_form(world: World, desk: Client) -> None:
    for address in ("/office/stalls/", f"/office/stalls/{world.fish.pk}/"):
        assert f'href="{facts_of(world)}"' in desk.get(address).content.decode()


def test_the_form_shows_what_is_written_down(world: World, desk: Client) -> None:
    page = desk.get(facts_of(world)).content.decode()

    for value in ("순자네 수산", "순자", "010-0000-1000", "00:00", "23:30"):
        assert f'value="{value}"' in page


def test_sending_the_form_as_it_stands_changes_nothing(world: World, desk: Client) -> None:
    assert desk.post(facts_of(world), told(world)).status_code == 302
    assert traces() == 0


def test_what_is_written_anew_is_on_the_stalls_page_in_the_shop(world: World, desk: Client) -> None:
    response = desk.post(
        facts_of(world),
        told(world, name="순자 생선", intro="새벽에 받아 와요.", since="1982", opens_at="05:00", takes_onnuri="on"),
    )

    assert "점포 정보를 고쳤어요." in desk.get(response["Location"]).content.decode()
    stall = stored(world)
    assert (stall.name, stall.since, stall.opens_at) == ("순자 생선", 1982, time(5))
    page = desk.get(f"/jangteo/stall/{stall.code}/").content.decode()
    for words in ("순자 생선", "새벽에 받아 와요.", "1982년부터", "온누리상품권"):
        assert words in page
    log = desk.get("/office/log/").content.decode()
    assert "가게 정보를 고쳤어요: 이름, 한마디, 시작한 해, 시간, 받는 것." in log


def test_tax_and_business_number_are_written_down(world: World, desk: Client) -> None:
    desk.post(facts_of(world), told(world, business_number="124-81-00998", tax_status="general"))

    assert (stored(world).business_number, stored(world).tax_status) == ("1248100998", "general")
    page = desk.get(facts_of(world)).content.decode()
    assert 'value="1248100998"' in page
    assert "가게 정보를 고쳤어요: 사업자 번호, 세금 구분." in desk.get("/office/log/").content.decode()
    desk.post(facts_of(world), told(world))
    assert (stored(world).business_number, stored(world).tax_status) == ("", "")


@pytest.mark.parametrize("number", ["124-81-00997", "124-81-0099", "12a-81-00998", "000-00-00000"])
def test_a_business_number_that_cannot_be_is_refused(world: World, desk: Client, number: str) -> None:
    page = desk.post(facts_of(world), told(world, business_number=number))

    assert page.status_code == 422
    assert stored(world).business_number == ""


def test_it_moves_to_another_street(world: World, desk: Client) -> None:
    lane = add_street(market=world.market, actor=SYSTEM, name="생선 골목")

    desk.post(facts_of(world), told(world, street=str(lane.pk)))

    assert (stored(world).street_id, stored(world).slot) == (lane.pk, 1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "점포 이름을 적어 주세요."),
        ({"name": "가" * 31}, "30자까지 적을 수 있어요."),
        ({"name": "푸른채소"}, "‘푸른채소’ 점포가 벌써 있어요."),
        ({"kind": "0"}, "하나를 골라 주세요."),
        ({"owner_name": ""}, "사장님 이름을 적어 주세요."),
        ({"phone": "12"}, "전화번호를 다시 봐 주세요."),
        ({"intro": "가" * 121}, "120자까지 적을 수 있어요."),
        ({"since": "85"}, "네 자리 연도로 적어 주세요."),
        ({"since": "작년"}, "네 자리 연도로 적어 주세요."),
        ({"since": "9999"}, "아직 오지 않은 해예요."),
        ({"opens_at": "23:40"}, "여는 시간보다 늦은 시간을 골라 주세요."),
        ({"closes_at": ""}, "시간을 골라 주세요."),
    ],
)
def test_what_cannot_be_is_asked_again(world: World, desk: Client, changed: dict[str, str], words: str) -> None:
    response = desk.post(facts_of(world), told(world, **changed))

    assert response.status_code == 422
    assert words in response.content.decode()
    assert stored(world).name == "순자네 수산"
    assert traces() == 0


def test_another_markets_stall_does_not_exist(world: World, other_desk: Client) -> None:
    assert other_desk.get(facts_of(world)).status_code == 404
    assert other_desk.post(facts_of(world), told(world)).status_code == 404
    assert traces() == 0
