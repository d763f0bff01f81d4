from __future__ import annotations

import re

import pytest
from django.test import Client

from jangteo.domains.people.models import ApiToken
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import World

KEY = re.compile(r'id="key" value="([\w-]{22})"')


def made(world: World, desk: Client, label: str = "재고 프로그램") -> str:
    page = desk.post(f"/office/stalls/{world.fish.pk}/key/", {"label": label}).content.decode()
    found = KEY.search(page)
    assert found is not None
    return found[1]


def goods(client: Client, key: str) -> int:
    return client.get("/api/v1/stall/goods/", headers={"authorization": f"Bearer {key}"}).status_code


def tokens(world: World) -> list[ApiToken]:
    with in_market(world.market.pk):
        return list(ApiToken.objects.order_by("pk"))


def test_a_key_is_shown_once_and_opens_the_stall(world: World, desk: Client, client: Client) -> None:
    key = made(world, desk)

    page = desk.get(f"/office/stalls/{world.fish.pk}/").content.decode()
    assert key not in page
    assert "재고 프로그램" in page
    assert goods(client, key) == 200
    assert [token.stall_id for token in tokens(world)] == [world.fish.pk]


def test_a_key_without_a_name_is_called_a_program(world: World, desk: Client) -> None:
    made(world, desk, "")
    made(world, desk, "가" * 61)

    assert [token.label for token in tokens(world)] == ["프로그램", "프로그램"]


def test_the_page_of_a_key_is_not_kept(world: World, desk: Client) -> None:
    assert "no-store" in desk.post(f"/office/stalls/{world.fish.pk}/key/")["Cache-Control"]


def test_a_key_is_taken_back_once(world: World, desk: Client, client: Client) -> None:
    key = made(world, desk)
    (token,) = tokens(world)

    for _ in range(2):
        response = desk.post(f"/office/keys/{token.pk}/revoke/")
        assert response["Location"] == f"/office/stalls/{world.fish.pk}/"

    assert goods(client, key) == 401
    assert "재고 프로그램" not in desk.get(f"/office/stalls/{world.fish.pk}/").content.decode()
    assert AuditRow.objects.filter(code="token.revoked").count() == 1


def test_keys_of_another_market_do_not_exist(world: World, desk: Client, other_desk: Client, client: Client) -> None:
    key = made(world, desk)
    (token,) = tokens(world)

    assert other_desk.post(f"/office/stalls/{world.fish.pk}/key/").status_code == 404
    assert other_desk.post(f"/office/keys/{token.pk}/revoke/").status_code == 404
    assert len(tokens(world)) == 1
    assert goods(client, key) == 200


@pytest.mark.parametrize("address", ["/office/stalls/{stall}/key/", "/office/keys/{token}/revoke/"])
def test_signed_out_nothing_changes(world: World, desk: Client, client: Client, address: str) -> None:
    made(world, desk)
    (token,) = tokens(world)

    assert client.post(address.format(stall=world.fish.pk, token=token.pk)).status_code == 403

    assert [one.revoked_at for one in tokens(world)] == [None]


def test_looking_makes_no_key(world: World, desk: Client) -> None:
    assert desk.get(f"/office/stalls/{world.fish.pk}/key/").status_code == 405
    assert tokens(world) == []
