from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from jangteo.adapters.toss.client import TossGateway
from jangteo.domains.counter.models import PayLink
from jangteo.domains.ordering.models import Order
from jangteo.domains.payments import gateways
from jangteo.domains.payments.models import Payment
from jangteo.faces.shop.tests.pressing import checked_out, put_in, text_of
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import World

SDK = "https://js.tosspayments.com/v2/standard"


@pytest.fixture(autouse=True)
def _card() -> Iterator[None]:
    gateways.use({"toss": TossGateway(base_url="http://x", sdk_url=SDK, secret_key="s", client_key="test_ck")})
    yield
    gateways.use({})


@pytest.fixture
def order(world: World, shopper: Client) -> Order:
    put_in(shopper, world.mackerel)
    put_in(shopper, world.tofu, 2)
    checked_out(shopper, tender="card")
    with in_market(world.market.pk):
        return Order.objects.get()


@pytest.fixture
def link(world: World, shopper: Client, order: Order) -> PayLink:
    shopper.post(f"/jangteo/order/{order.token}/ask/")
    with in_market(world.market.pk):
        return PayLink.objects.get()


@pytest.fixture
def friend() -> Client:
    """A browser that has never been here."""
    return Client()


def payment(world: World) -> Payment:
    with in_market(world.market.pk):
        return Payment.objects.get()


def back(order: Order, key: str) -> dict[str, str]:
    return {"paymentKey": key, "orderId": order.ref, "amount": "12000"}


def test_the_pay_page_offers_to_ask_somebody_else(world: World, shopper: Client, order: Order) -> None:
    html = shopper.get(f"/jangteo/pay/{order.token}/").content.decode()

    assert f'action="/jangteo/order/{order.token}/ask/"' in html
    assert "다른 사람이 내주기" in html


def test_the_asker_gets_a_link_to_send(world: World, shopper: Client, order: Order, link: PayLink) -> None:
    page = shopper.get(f"/jangteo/order/{order.token}/ask/")

    assert f'value="http://testserver/jangteo/paylink/{link.token}/"' in page.content.decode()
    assert "12,000원, 이 링크로 내달라고 하세요" in text_of(page)
    assert "data-share" in page.content.decode()


def test_the_payer_sees_who_asks_what_for_and_how_much_and_nothing_else(
    world: World, friend: Client, order: Order, link: PayLink
) -> None:
    page = friend.get(f"/jangteo/paylink/{link.token}/")
    words, html = text_of(page), page.content.decode()

    assert "하나 님이 장보기 값을 내달래요" in words
    assert "순자네 수산, 두부가게 · 물건 2가지" in words
    assert "12,000원 내주기" in words
    for secret in (order.name, order.phone, order.token, order.ref, order.address or "101호", "고등어"):
        assert secret not in html
    assert "tosspayments" not in page["Content-Security-Policy"]


def test_looking_uses_nothing_up_and_pressing_opens_the_window(
    world: World, friend: Client, order: Order, link: PayLink
) -> None:
    address = f"/jangteo/paylink/{link.token}/"
    for _ in range(3):
        friend.get(address)
    with in_market(world.market.pk):
        assert PayLink.objects.get().opened_at is None

    window = friend.post(address)

    assert 'data-amount="12000"' in window.content.decode()
    assert f'data-success="http://testserver{address}done/"' in window.content.decode()
    assert order.token not in window.content.decode()
    assert "script-src 'self' https://*.tosspayments.com" in window["Content-Security-Policy"]


def test_the_second_payer_reads_that_it_is_paid(world: World, friend: Client, order: Order, link: PayLink) -> None:
    address = f"/jangteo/paylink/{link.token}/"
    friend.post(address)

    first = friend.get(f"{address}done/", back(order, "pk_1"))
    second = friend.get(f"{address}done/", back(order, "pk_2"))

    assert (first["Location"], second["Location"]) == (address, address)
    assert (payment(world).state, payment(world).payment_key) == ("requested", "pk_1")
    for answer in (friend.get(address), friend.post(address)):
        assert "이미 냈어요 12,000원" in text_of(answer)


def test_a_locked_amount_cannot_be_changed(world: World, friend: Client, order: Order, link: PayLink) -> None:
    address = f"/jangteo/paylink/{link.token}/"
    friend.post(address)

    assert friend.get(f"{address}done/", {**back(order, "pk_1"), "amount": "100"}).status_code == 409
    assert friend.get(f"{address}done/", {**back(order, "pk_1"), "orderId": "another"}).status_code == 404
    assert payment(world).state == "created"


def test_a_link_that_ran_out_says_whom_to_ask(world: World, friend: Client, link: PayLink) -> None:
    with clock.at(link.expires_at + timedelta(seconds=1)):
        for answer in (friend.get(f"/jangteo/paylink/{link.token}/"), friend.post(f"/jangteo/paylink/{link.token}/")):
            assert "이 링크는 끝났어요" in text_of(answer)
            assert "하나 님께 새 링크를 부탁해 주세요." in text_of(answer)


def test_a_failed_payment_leads_back_to_the_link(world: World, friend: Client, link: PayLink) -> None:
    page = friend.get(f"/jangteo/paylink/{link.token}/failed/", {"code": "REJECT_CARD_COMPANY"})

    assert "카드 회사가 받아 주지 않았어요." in text_of(page)
    assert f'href="/jangteo/paylink/{link.token}/"' in page.content.decode()


def test_an_order_that_waits_for_nothing_has_no_link(world: World, shopper: Client, order: Order) -> None:
    shopper.post(f"/jangteo/order/{order.token}/cancel/")

    assert shopper.get(f"/jangteo/order/{order.token}/ask/")["Location"] == f"/jangteo/order/{order.token}/"
    assert shopper.post(f"/jangteo/order/{order.token}/ask/").status_code == 409
    assert shopper.get(f"/jangteo/paylink/{'A' * 22}/").status_code == 404
