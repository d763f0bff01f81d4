from __future__ import annotations

import pytest
from django.test import Client

from jangteo.domains.markets.models import Street
from jangteo.kernel.tenancy import in_market
from tests.world import World

NEW = "/office/streets/new/"


def names(world: World) -> list[tuple[str, str]]:
    with in_market(world.market.pk):
        return list(Street.objects.order_by("position").values_list("name", "name_en"))


def test_a_new_street_stands_in_the_list_and_in_the_form_for_stalls(world: World, desk: Client) -> None:
    response = desk.post(NEW, {"name": "생선 골목", "name_en": "Fish Alley"})

    page = desk.get(response["Location"]).content.decode()
    assert "골목을 더했어요." in page
    assert "이 골목에는 아직 점포가 없어요." in page
    assert names(world) == [("시장 길", "Market street"), ("생선 골목", "Fish Alley")]
    assert "생선 골목" in desk.get("/office/stalls/new/").content.decode()
    english = desk.get("/office/stalls/new/", headers={"accept-language": "en"}).content.decode()
    assert "Fish Alley" in english
    assert "생선" not in english


def test_a_street_gets_another_name(world: World, desk: Client) -> None:
    address = f"/office/streets/{world.fish.street_id}/"
    assert 'value="Market street"' in desk.get(address).content.decode()

    response = desk.post(address, {"name": "바다 길", "name_en": ""})

    assert "골목 이름을 바꿨어요." in desk.get(response["Location"]).content.decode()
    assert names(world) == [("바다 길", "")]
    assert "바다 길" in desk.get("/office/log/").content.decode()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"name": ""}, "골목 이름을 적어 주세요."),
        ({"name": "가" * 31}, "30자까지 적을 수 있어요."),
        ({"name": "골목", "name_en": "a" * 41}, "40자까지 적을 수 있어요."),
        ({"name": "생선 골목"}, "‘생선 골목’ 골목이 벌써 있어요."),
    ],
)
def test_what_cannot_be_is_asked_again(world: World, desk: Client, told: dict[str, str], words: str) -> None:
    desk.post(NEW, {"name": "생선 골목", "name_en": "Fish Alley"})
    before = names(world)

    for address in (NEW, f"/office/streets/{world.fish.street_id}/"):
        response = desk.post(address, told)
        assert response.status_code == 422
        assert words in response.content.decode()
    assert names(world) == before


def test_another_markets_street_does_not_exist(world: World, other_desk: Client) -> None:
    address = f"/office/streets/{world.fish.street_id}/"

    assert other_desk.get(address).status_code == 404
    assert other_desk.post(address, {"name": "남의 골목"}).status_code == 404
    assert names(world) == [("시장 길", "Market street")]
