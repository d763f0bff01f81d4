"""People read logs who must not learn who bought what: a whole purchase leaves no name, number or key there."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import structlog
from django.conf import settings
from django.test import Client

from jangteo.adapters.solapi.client import SolapiSender
from jangteo.adapters.solapi.simulator import SolapiSimulator
from jangteo.adapters.toss.simulator import Order as WindowOrder
from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.domains.delivery.tests.seats import next_wave
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.payments import gateways
from jangteo.domains.payments.models import Payment
from jangteo.domains.people import senders
from jangteo.domains.people.actions.make_api_token import make_api_token
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import Role
from jangteo.faces._parts.devices import STALL_COOKIE
from jangteo.kernel import clock, ids
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market
from jangteo.project import wiring
from tests.practice import card_gateway
from tests.world import World, delivers, make_world

NAME, NUMBER, ADDRESS, NOTE = "남궁비밀", "010-4321-8765", "은행나무길 12, 301호", "초인종은 누르지 마세요"
PERSONAL = (NAME, NUMBER, NUMBER.replace("-", ""), "-8765", ADDRESS, "301호", NOTE)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What an operator would read, formatted as it is written to stderr, down to DEBUG."""
    root = logging.getLogger()
    (handler,) = (
        one
        for one in root.handlers
        if isinstance(one, logging.StreamHandler) and isinstance(one.formatter, structlog.stdlib.ProcessorFormatter)
    )
    log, level = io.StringIO(), root.level
    before = handler.setStream(log)
    root.setLevel(logging.DEBUG)
    # The stand-ins for the outside world write down what they are asked; they are no part of an installation.
    stand_ins = logging.getLogger("jangteo.adapters._simulator")
    stand_ins.setLevel(logging.INFO)
    yield log
    stand_ins.setLevel(logging.NOTSET)
    root.setLevel(level)
    handler.setStream(before)


@pytest.fixture(scope="module")
def market(committed_db: str) -> World:
    return make_world()


@pytest.fixture
def town(market: World) -> Iterator[tuple[TossSimulator, SolapiSimulator]]:
    """Both practice services, set up as an installation has them."""
    with card_gateway() as toss, SolapiSimulator(seed=1) as texts:
        gateways.use(wiring.card_gateways())
        account = texts.account
        sender = SolapiSender(
            base_url=texts.url, api_key=account.api_key, api_secret=account.api_secret, sender=account.sender
        )
        senders.use(sender)
        yield toss, texts
        senders.use(None)
        gateways.use({})


def test_a_purchase_leaves_nobody_in_the_log(
    market: World, town: tuple[TossSimulator, SolapiSimulator], written: io.StringIO
) -> None:
    toss, texts = town
    shopper, stall, program = Client(), Client(), Client()
    code = signed_in(shopper, texts)
    order, key = paid_by_card(shopper, toss, market)
    link, phone_secret = handled(stall, market, order)
    token = asked_for_by_a_program(program, market, order)
    lost(shopper, order, link)

    log = written.getvalue()

    assert "Not Found" in log
    assert "toss" in log
    session = shopper.cookies[settings.SESSION_COOKIE_NAME].value
    secrets = (code, order.token, order.ref, key, link, phone_secret, token, session, *PERSONAL)
    assert [secret for secret in secrets if secret in log] == []


def signed_in(shopper: Client, texts: SolapiSimulator) -> str:
    """The code that let them in, after a wrong one."""
    shopper.post("/jangteo/enter/", {"phone": NUMBER})
    shopper.post("/jangteo/enter/code/", {"code": "1"})
    code = str(re.findall(r"\d{6}", texts.accepted()[0].draft.text)[0])
    assert shopper.post("/jangteo/enter/code/", {"code": code})["Location"] == "/jangteo/orders/"
    return code


def paid_by_card(shopper: Client, toss: TossSimulator, market: World) -> tuple[Order, str]:
    """The order and the payment's key at the gateway, after a first try at the checkout that says too little."""
    place, _window = delivers(market)
    shopper.post("/jangteo/basket/set/", {"good_id": market.mackerel.pk, "quantity": 1})
    page = shopper.get("/jangteo/checkout/").content.decode()
    asked = {
        "key": str(re.findall(r'name="key" value="([^"]+)"', page)[0]),
        "seen_won": "8000",
        "fulfil": "deliver",
        "place": str(place.pk),
        "wave_id": str(next_wave(market)),
        "seen_fee_won": str(re.findall(r'name="seen_fee_won" value="([^"]+)"', page)[0]),
        "name": NAME,
        "phone": NUMBER,
        "note": NOTE,
        "tender": "card",
    }
    assert shopper.post("/jangteo/checkout/", asked).status_code == 422
    assert shopper.post("/jangteo/checkout/", asked | {"address": ADDRESS}).status_code == 302
    with in_market(market.market.pk):
        order = Order.objects.latest("pk")
        payment = Payment.objects.get(order_ref=order.ref)
    key = toss.authorise(
        WindowOrder(order.ref, "고등어", payment.amount_won, payment.tax_free_won, "http://x/", "http://x/")
    )
    shopper.get(f"/jangteo/pay/{order.token}/done/?orderId={order.ref}&paymentKey={key}&amount={payment.amount_won}")
    toss.dial.next_up("confirm", "server_error")
    deliver_due(wiring.handlers())
    with clock.at(clock.now() + timedelta(minutes=1)):
        deliver_due(wiring.handlers())
    return order, key


def handled(stall: Client, market: World, order: Order) -> tuple[str, str]:
    """The link and the secret of the phone that it made, which then gives the order back."""
    link = make_entry_link(market=market.market, actor=SYSTEM, role=Role.OWNER, stall=market.fish)
    stall.post(f"/in/{link}/")
    with in_market(market.market.pk):
        part = StallPart.objects.get(order=order)
    stall.get(f"/stall/orders/{part.pk}/")
    assert stall.post(f"/stall/orders/{part.pk}/ready/").status_code == 409
    assert stall.post(f"/stall/orders/{part.pk}/refuse/", {"reason": "sold_out"}).status_code == 302
    deliver_due(wiring.handlers())
    return link, stall.cookies[STALL_COOKIE].value


def asked_for_by_a_program(program: Client, market: World, order: Order) -> str:
    """Its token, after a wrong one and after an order that does not fit."""
    token = make_api_token(market=market.market, actor=SYSTEM, label="till", stall=market.fish)
    for bearer in (token, ids.new_token()):
        program.get("/api/v1/stall/parts/", headers={"authorization": f"Bearer {bearer}"})
    program.get(f"/api/v1/markets/jangteo/orders/{order.token}/")
    program.get(f"/api/v1/markets/jangteo/orders/{order.token}x/")
    wanted = {"lines": [], "name": NAME, "phone": NUMBER, "address": ADDRESS, "note": NOTE}
    program.post("/api/v1/markets/jangteo/orders/", wanted, "application/json")
    return token


def lost(shopper: Client, order: Order, link: str) -> None:
    """Addresses that are nearly right, which the log notes as not found."""
    for path in (
        f"/jangteo/order/{order.token}x/",
        f"/elsewhere/order/{order.token}/",
        f"/jangteo/order/{order.token}/nothing/",
        f"/jangteo/pay/{order.token}/done/?orderId=1&paymentKey=2",
        f"/in/{link}/nothing/",
        f"/nothing/?name={NAME}&phone={NUMBER}",
    ):
        assert shopper.get(path).status_code == 404
