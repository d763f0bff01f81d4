from __future__ import annotations

import pytest
from django.test import Client

from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.make_pay_link import make_pay_link
from jangteo.domains.counter.tests.conftest import _card as _card
from jangteo.domains.counter.tests.sales import begun, card_paid, opened
from jangteo.faces._parts.tests.unmarked import unmarked_korean
from jangteo.kernel.audit import SYSTEM
from tests.world import GUEST, World, order

pytestmark = pytest.mark.usefixtures("_card")


@pytest.fixture
def reader(shopper: Client) -> Client:
    """A browser that asks for English."""
    shopper.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return shopper


@pytest.mark.parametrize(
    "page",
    [
        "pay/",
        "pay/?number=100012",
        "pay/{stall}/",
        "counter/{open}/",
        "counter/{claimed}/",
        "counter/{cash}/",
        "counter/{paid}/",
        "counter/{paid}/failed/",
        "order/{unpaid}/ask/",
        "order/{order}/receipt/",
        "paylink/{link}/",
        "paylink/{link}/failed/",
    ],
)
def test_korean_names_are_marked_as_korean(world: World, reader: Client, page: str) -> None:
    unpaid = order(world, (world.mackerel, 1), (world.tofu, 1), tender="card")
    cash = begun(world, "cash")
    answer_claim(market=world.market, actor=SYSTEM, sale_id=cash.pk, received=True)
    tokens = {
        "stall": world.fish.code,
        "open": opened(world).token,
        "claimed": begun(world, "cash").token,
        "cash": cash.token,
        "paid": card_paid(world).token,
        "order": order(world, (world.tofu, 1)).token,
        "unpaid": unpaid.token,
        "link": make_pay_link(market=world.market, actor=GUEST, token=unpaid.token).token,
    }

    answer = reader.get(f"/jangteo/{page.format(**tokens)}")

    assert '<html lang="en"' in answer.content.decode()
    assert unmarked_korean(answer.content.decode()) == []
