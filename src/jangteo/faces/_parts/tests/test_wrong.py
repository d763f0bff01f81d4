from __future__ import annotations

import pytest
from django.db import transaction
from django.http import HttpRequest
from django.test import Client, RequestFactory

from jangteo.faces._parts.views import server_error
from tests.world import World, make_world

HELPER = 'href="tel:010-0000-0001"'


def test_a_page_that_is_not_there_knows_its_market(world: World, client: Client) -> None:
    make_world("namdong", "2")

    page = client.get("/jangteo/nothing/").content.decode()

    assert '<a class="btn btn-main btn-big" href="/jangteo/"' in page
    assert "장터시장" in page
    assert page.count(HELPER) == 1


@pytest.mark.parametrize("address", ["/nowhere/", "/stall/nothing/", "/a%00b/"])
def test_without_a_market_there_is_a_way_home_and_somebody_to_call(world: World, client: Client, address: str) -> None:
    answer = client.get(address)

    page = answer.content.decode()
    assert answer.status_code == 404
    assert '<a class="btn btn-main btn-big" href="/"' in page
    assert page.count(HELPER) == 1


def test_a_form_that_is_too_old_says_so_and_names_somebody_to_call(world: World) -> None:
    answer = Client(enforce_csrf_checks=True).post("/jangteo/basket/set/")

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "화면이 오래됐어요" in page
    assert 'href="/jangteo/"' in page
    assert HELPER in page


def test_a_stop_is_said_with_somebody_to_call(world: World, at_the_front: HttpRequest) -> None:
    answer = server_error(at_the_front)

    assert answer.status_code == 500
    assert HELPER in answer.content.decode()


def test_a_stop_is_said_even_when_the_database_no_longer_answers(world: World, at_the_front: HttpRequest) -> None:
    with transaction.atomic():
        transaction.set_rollback(True)  # from here on every query is refused

        answer = server_error(at_the_front)

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "잠깐 멈췄어요" in page
    assert "tel:" not in page


@pytest.fixture
def at_the_front() -> HttpRequest:
    return RequestFactory().get("/jangteo/")
