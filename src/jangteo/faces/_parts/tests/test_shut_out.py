"""The page for who may not come in is drawn once for each way that it can look, and never says what no longer holds."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import Role
from jangteo.faces._parts import devices
from jangteo.faces._parts.devices import OFFICE_COOKIE
from tests.world import World, device_of


def page(client: Client, address: str = "/office/", **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 403
    return answer.content.decode()


def test_it_is_the_same_page_each_time_for_one_question(
    world: World, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = page(client)

    with django_assert_num_queries(1):
        assert page(client) == first

    assert "이 전화기는 아직 못 들어와요" in first


def test_it_says_the_number_that_holds_now(world: World, client: Client) -> None:
    assert 'href="tel:010-0000-0001"' in page(client)

    Market.objects.filter(pk=world.market.pk).update(phone="010-0000-0077", name="새장터")

    assert 'href="tel:010-0000-0077"' in page(client)
    assert "새장터" in page(client)


def test_it_wears_what_each_person_wants(world: World, client: Client) -> None:
    assert 'data-mode="normal" data-contrast="normal"' in page(client)
    assert 'data-mode="easy" data-contrast="normal"' in page(client, "/stall/")
    client.cookies["mode"], client.cookies["contrast"] = "easy", "high"
    assert 'data-mode="easy" data-contrast="high"' in page(client)
    client.cookies["mode"] = "normal"
    assert 'data-mode="normal" data-contrast="high"' in page(client, "/stall/")
    assert '<html lang="en"' in page(client, **{"Accept-Language": "en"})


def test_a_helper_is_told_something_else(world: World, client: Client) -> None:
    assert "여기는 상인회만 들어와요" not in page(client)

    client.cookies[OFFICE_COOKIE] = device_of(world, None, Role.HELPER)

    assert "여기는 상인회만 들어와요" in page(client)
    assert "대신 하기가 끝났어요" in page(client, "/stall/")


def test_only_so_many_are_kept(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[tuple[object, ...], bytes] = {(number, str(number)): b"" for number in range(devices.MOST_KEPT)}
    monkeypatch.setattr(devices, "_drawn", kept)

    page(client)

    assert len(devices._drawn) == 1
