from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from jangteo.adapters.toss.client import TossGateway
from jangteo.domains.ordering.models import Order
from jangteo.domains.payments import gateways
from jangteo.domains.payments.models import Payment
from jangteo.faces.shop.tests.pressing import checked_out, put_in, text_of
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
    """A card order of a weighed hairtail: 11,500 won at the most."""
    put_in(shopper, world.hairtail)
    put_in(shopper, world.tofu)
    checked_out(shopper, tender="card")
    with in_market(world.market.pk):
        return Order.objects.get()


def payment(world: World) -> Payment:
    with in_market(world.market.pk):
        return Payment.objects.get()


def test_the_pay_page_gives_the_window_what_it_needs(world: World, shopper: Client, order: Order) -> None:
    page = shopper.get(f"/jangteo/pay/{order.token}/")
    html = page.content.decode()

    assert 'data-client-key="test_ck"' in html
    assert f'data-order-id="{order.ref}"' in html
    assert 'data-order-name="갈치 등 2가지"' in html
    assert 'data-amount="13500"' in html
    assert 'data-tax-free="11500"' in html
    assert f'data-success="http://testserver/jangteo/pay/{order.token}/done/"' in html
    assert f'data-fail="http://testserver/jangteo/pay/{order.token}/failed/"' in html
    assert "예상은 12,000원쯤이에요." in text_of(page)


def test_only_the_pay_page_lets_the_gateway_in(world: World, shopper: Client, order: Order) -> None:
    paying = shopper.get(f"/jangteo/pay/{order.token}/")["Content-Security-Policy"]
    elsewhere = shopper.get(f"/jangteo/order/{order.token}/")["Content-Security-Policy"]

    assert "script-src 'self' https://*.tosspayments.com" in paying
    assert "unsafe" not in paying
    assert "tosspayments" not in elsewhere


def test_without_scripts_the_pay_page_says_what_works(world: World, shopper: Client, order: Order) -> None:
    html = shopper.get(f"/jangteo/pay/{order.token}/").content.decode()

    assert "이 브라우저에서는 결제창이 열리지 않아요" in html.split("<noscript>")[1].split("</noscript>")[0]
    assert "hidden data-pay-ready" in html


def test_coming_back_waits_for_the_confirmation(world: World, shopper: Client, order: Order) -> None:
    here = f"/jangteo/pay/{order.token}/done/"

    answer = shopper.get(here, {"paymentKey": "pk_1", "orderId": order.ref, "amount": "13500"})

    assert answer["Location"] == f"/jangteo/order/{order.token}/"
    assert (payment(world).state, payment(world).payment_key) == ("requested", "pk_1")
    assert "결제를 확인하고 있어요" in text_of(shopper.get(answer["Location"]))


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"amount": "100"}, 409),
        ({"amount": "x"}, 409),
        ({"paymentKey": ""}, 409),
        ({"paymentKey": "k" * 201}, 409),
        ({"orderId": "another"}, 404),
    ],
)
def test_a_tampered_return_changes_nothing(
    world: World, shopper: Client, order: Order, change: dict[str, str], status: int
) -> None:
    sent = {"paymentKey": "pk_1", "orderId": order.ref, "amount": "13500", **change}

    assert shopper.get(f"/jangteo/pay/{order.token}/done/", sent).status_code == status
    assert payment(world).state == "created"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("PAY_PROCESS_CANCELED", "결제창을 닫으셨어요."),
        ("REJECT_CARD_COMPANY", "카드 회사가 받아 주지 않았어요."),
        ("SOMETHING_NEW", "결제가 되지 않았어요."),
        ("", "결제가 되지 않았어요."),
    ],
)
def test_a_failed_payment_says_why_in_our_words(
    world: World, shopper: Client, order: Order, code: str, words: str
) -> None:
    sent = {"code": code, "message": "<b>call 0900-EVIL</b>"}

    page = text_of(shopper.get(f"/jangteo/pay/{order.token}/failed/", sent))

    assert words in page
    assert "EVIL" not in page
    assert "다시 카드로 내기" in page


def test_a_cancelled_order_is_not_paid(world: World, shopper: Client, order: Order) -> None:
    shopper.post(f"/jangteo/order/{order.token}/cancel/")

    assert shopper.get(f"/jangteo/pay/{order.token}/")["Location"] == f"/jangteo/order/{order.token}/"


def test_a_gateway_that_was_taken_away_is_404(world: World, shopper: Client, order: Order) -> None:
    gateways.use({})

    assert shopper.get(f"/jangteo/pay/{order.token}/").status_code == 404


def test_nobody_pays_twice_while_a_payment_is_being_confirmed(world: World, shopper: Client, order: Order) -> None:
    sent = {"paymentKey": "pk_1", "orderId": order.ref, "amount": "13500"}
    shopper.get(f"/jangteo/pay/{order.token}/done/", sent)

    assert shopper.get(f"/jangteo/pay/{order.token}/")["Location"] == f"/jangteo/order/{order.token}/"
