"""Codes, links and numbers cannot be found by trying."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from jangteo.adapters.solapi.client import SolapiSender
from jangteo.adapters.solapi.simulator import SolapiSimulator
from jangteo.domains.people import senders
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.people.models import Device, Role, User
from jangteo.faces.merchant.views.entry import TRIES
from jangteo.kernel import ids
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, make_world, order

NUMBER, OTHER_NUMBER = "010-5555-6666", "010-7777-8888"


@pytest.fixture
def texts() -> Iterator[SolapiSimulator]:
    with SolapiSimulator(seed=1) as simulator:
        account = simulator.account
        senders.use(
            SolapiSender(
                base_url=simulator.url,
                api_key=account.api_key,
                api_secret=account.api_secret,
                sender=account.sender,
            )
        )
        yield simulator
        senders.use(None)


def ask_for_code(client: Client, number: str = NUMBER) -> int:
    return client.post("/jangteo/enter/", {"phone": number}).status_code


def code_in(texts: SolapiSimulator) -> str:
    return str(re.findall(r"\d{6}", texts.accepted()[0].draft.text)[0])


def a_wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_sixth_try_of_a_code_is_one_too_many(world: World, client: Client, texts: SolapiSimulator) -> None:
    ask_for_code(client)
    code = code_in(texts)

    for _ in range(4):
        assert client.post("/jangteo/enter/code/", {"code": a_wrong(code)}).status_code == 422
    fifth = client.post("/jangteo/enter/code/", {"code": a_wrong(code)})
    sixth = client.post("/jangteo/enter/code/", {"code": code})

    assert (fifth.status_code, fifth["Location"]) == (302, "/jangteo/enter/")
    assert (sixth.status_code, sixth["Location"]) == (302, "/jangteo/enter/")
    assert User.objects.get().phone_verified is False
    assert "_auth_user_id" not in client.session


def test_a_number_is_sent_five_codes_an_hour(world: World, texts: SolapiSimulator) -> None:
    asked = [ask_for_code(Client(REMOTE_ADDR=f"10.0.0.{n}")) for n in range(6)]

    assert asked == [302] * 5 + [422]
    assert len(texts.accepted()) == 5


def test_a_code_opens_only_the_browser_that_asked(world: World, client: Client, texts: SolapiSimulator) -> None:
    ask_for_code(client)
    thief = Client()
    ask_for_code(thief, OTHER_NUMBER)
    own = code_in(texts)

    stolen = texts.accepted()[1].draft.text
    response = thief.post("/jangteo/enter/code/", {"code": re.findall(r"\d{6}", stolen)[0]})

    assert response.status_code in (302, 422)
    assert "_auth_user_id" not in thief.session
    assert thief.post("/jangteo/enter/code/", {"code": own})["Location"] == "/jangteo/orders/"
    assert thief.session["_auth_user_id"] == str(User.objects.get(phone="01077778888").pk)


def test_nobody_learns_who_has_an_account(world: World, texts: SolapiSimulator) -> None:
    register_customer(market=world.market, actor=SYSTEM, phone="01055556666")
    answers = []
    for number in (NUMBER, OTHER_NUMBER):
        client = Client()
        asked = client.post("/jangteo/enter/", {"phone": number})
        answers.append((asked.status_code, asked["Location"], client.get(asked["Location"]).status_code))

    assert answers[0] == answers[1]


def test_signing_in_begins_a_new_session(world: World, client: Client, texts: SolapiSimulator) -> None:
    ask_for_code(client)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value

    client.post("/jangteo/enter/code/", {"code": code_in(texts)})

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert not Session.objects.filter(pk=before).exists()


def test_signing_in_leads_to_the_orders_whatever_the_address_says(
    world: World, client: Client, texts: SolapiSimulator
) -> None:
    client.post("/jangteo/enter/?next=//evil.example/", {"phone": NUMBER, "next": "//evil.example/"})
    entered = client.post(
        "/jangteo/enter/code/?next=//evil.example/", {"code": code_in(texts), "next": "//evil.example/"}
    )

    assert entered["Location"] == "/jangteo/orders/"


def test_after_too_many_links_even_a_right_one_waits(world: World, client: Client) -> None:
    link = make_entry_link(market=world.market, actor=SYSTEM, role=Role.OWNER, stall=world.fish)
    guessed = {client.get(f"/in/{ids.new_token()}/").status_code for _ in range(TRIES)}

    assert guessed == {410}
    assert client.post(f"/in/{link}/").status_code == 429
    with in_market(world.market.pk):
        assert Device.objects.count() == 0
    assert client.post(f"/in/{link}/", REMOTE_ADDR="10.0.0.9").status_code == 302


def test_an_orders_number_opens_nothing(world: World, client: Client) -> None:
    placed = order(world, (world.tofu, 1))

    for guess in (placed.number, placed.order_id, placed.ref, placed.token[:-1], placed.token.swapcase()):
        assert client.get(f"/jangteo/order/{guess}/").status_code == 404
        assert client.get(f"/api/v1/markets/jangteo/orders/{guess}/").status_code == 404


def test_an_orders_link_opens_it_in_its_own_market_only(world: World, client: Client) -> None:
    make_world("namdong", "2")
    placed = order(world, (world.tofu, 1))

    assert client.get(f"/jangteo/order/{placed.token}/").status_code == 200
    assert client.get(f"/namdong/order/{placed.token}/").status_code == 404
    assert client.post(f"/namdong/order/{placed.token}/cancel/").status_code == 404
