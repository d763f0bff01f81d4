from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from jangteo.adapters.paper.printer import TypstPress
from jangteo.adapters.paper.tests.test_escpos import decoded
from jangteo.domains.counter import papers
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.tests.conftest import _card as _card
from jangteo.domains.counter.tests.sales import begun, card_paid, given_back, opened, taken_in
from jangteo.domains.payments.models import Payment
from jangteo.faces.shop.tests.pressing import text_of
from jangteo.faces.shop.tests.test_receipt import described
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("_card")


@pytest.fixture(autouse=True)
def _noon_with_a_press() -> Iterator[None]:
    papers.use(TypstPress())
    with clock.at(NOON):
        yield
    papers._presses.clear()


def address(sale: CounterSale, more: str = "") -> str:
    return f"/jangteo/counter/{sale.token}/{more}"


def test_a_sale_has_a_receipt_with_the_stalls_number_and_tax(world: World, shopper: Client) -> None:
    described(world, world.tofu_stall, "general", "220-81-62517")
    sale = taken_in(world, stall=world.tofu_stall)

    words = text_of(shopper.get(address(sale, "receipt/")))

    assert "장터시장 영수증 2026-11-20 12:00 두부가게 사업자 220-81-62517 · 말숙 가게에서 산 것 12,000" in words
    assert "과세 물건값 10,909 부가세 1,091 가게 합계 12,000 모두 12,000원 현금 12,000원" in words
    assert f'href="{address(sale, "receipt/")}"' in shopper.get(address(sale)).content.decode()


@pytest.mark.parametrize("status", ["", "simplified", "exempt"])
def test_a_stall_that_may_not_show_vat_shows_none(world: World, shopper: Client, status: str) -> None:
    described(world, world.tofu_stall, status)

    assert "부가세" not in text_of(shopper.get(address(taken_in(world, stall=world.tofu_stall), "receipt/")))


def test_what_was_given_back_is_not_on_it(world: World, shopper: Client) -> None:
    sale = card_paid(world)
    given_back(world, sale, 3_000)

    receipt, page = (text_of(shopper.get(address(sale, more))) for more in ("receipt/", ""))
    assert "가게에서 산 것 9,000 가게 합계 9,000 모두 9,000원 카드 9,000원" in receipt
    assert "12,000원 가운데 3,000원을 돌려받고 남은 돈이에요." in receipt
    assert "내는 법 카드 돌려드린 돈 3,000원 남은 돈 9,000원" in page
    given_back(world, sale)

    assert "영수증이 없어요" in text_of(shopper.get(address(sale, "receipt/")))
    assert shopper.get(address(sale, "receipt.pdf")).status_code == 404


def test_it_says_what_was_really_paid_with(world: World, shopper: Client) -> None:
    sale = card_paid(world)
    with in_market(world.market.pk):
        Payment.objects.filter(order_ref=sale.ref).update(method="간편결제")

    assert "모두 12,000원 간편결제 12,000원" in text_of(shopper.get(address(sale, "receipt/")))


def test_it_comes_as_pdf_and_for_a_till_printer_in_korean(world: World, shopper: Client) -> None:
    described(world, world.fish, "simplified", "124-81-00998")
    sale = taken_in(world)
    shopper.cookies["django_language"] = "en"

    pdf = shopper.get(address(sale, "receipt.pdf"))
    printed = shopper.get(address(sale, "receipt.escpos"))

    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Disposition"] == 'attachment; filename="receipt-20261120-1200.pdf"'
    assert printed["Content-Disposition"] == 'attachment; filename="receipt-20261120-1200.escpos"'
    assert decoded(printed.content) == (
        "<init><korean><centre>장터시장\n<double>영수증\n<plain>2026-11-20 12:00\n<left>"
        "--------------------------------\n<bold>순자네 수산\n<not bold>사업자 124-81-00998 · 순자\n"
        "가게에서 산 것            12,000\n<bold>가게 합계                 12,000\n<not bold>"
        "================================\n<double>모두    12,000원\n<plain>현금                    12,000원\n"
        "--------------------------------\n<centre>이 영수증을 다시 보려면 찍어\n주세요.\n"
        f"<code model 2><code 6 dots><code level M><code http://testserver{address(sale, 'receipt/')}><draw code>"
        "고마워요. 또 오세요.\n<feed 3><cut>"
    )


def test_what_is_not_paid_has_none(world: World, shopper: Client) -> None:
    for sale in (opened(world), begun(world, "cash")):
        assert "영수증이 없어요" in text_of(shopper.get(address(sale, "receipt/")))
        for more in ("receipt.pdf", "receipt.escpos"):
            assert shopper.get(address(sale, more)).status_code == 404
    for more in ("receipt/", "receipt.pdf", "receipt.escpos"):
        assert shopper.get(f"/jangteo/counter/{'A' * 22}/{more}").status_code == 404
