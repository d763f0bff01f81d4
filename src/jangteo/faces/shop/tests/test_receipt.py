from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from jangteo.adapters.paper.printer import TypstPress
from jangteo.adapters.paper.ticket import receipt_png
from jangteo.domains.counter import papers
from jangteo.domains.markets.actions.change_stall import change_stall
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.stall_facts import StallFacts
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.queries import order_by_token
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.faces.shop.receipts import order_receipt
from jangteo.faces.shop.tests.pressing import text_of
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, order

LINK = "http://testserver/jangteo/order/x/"


@pytest.fixture(autouse=True)
def _press() -> Iterator[None]:
    papers.use(TypstPress())
    yield
    papers._presses.clear()


def described(world: World, stall: Stall, tax_status: str, number: str = "") -> None:
    facts = StallFacts(
        stall.name, stall.kind_id, stall.street_id, stall.owner_name, business_number=number, tax_status=tax_status
    )
    change_stall(market=world.market, actor=SYSTEM, stall_id=stall.pk, facts=facts)


def parts(world: World, placed: PlacedOrder) -> list[StallPart]:
    with in_market(world.market.pk):
        return list(StallPart.objects.filter(order_id=placed.order_id).order_by("pk"))


def hand_over(world: World, part: StallPart, taken: TenderKind | None = None) -> None:
    accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    with in_market(world.market.pk):
        weighed = list(Line.objects.filter(part=part, price_grams__isnull=False))
    for line in weighed:
        weigh_line(market=world.market, actor=SYSTEM, line_id=line.pk, grams=430, cap=False)
    ready_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    hand_over_part(market=world.market, actor=SYSTEM, part_id=part.pk, taken=taken)


def basket(world: World) -> PlacedOrder:
    """고등어 8,000 and hairtail by weight of one stall, tofu 4,000 of another."""
    return order(world, (world.mackerel, 1), (world.hairtail, 1), (world.tofu, 2))


def address(placed: PlacedOrder, more: str = "receipt/") -> str:
    return f"/jangteo/order/{placed.token}/{more}"


def paper(market: Market, placed: PlacedOrder) -> papers.Receipt:
    with in_market(market.pk):
        view = order_by_token(placed.token)
        assert view is not None
        found = order_receipt(market, view, LINK).paper
    assert found is not None
    return found


def test_nothing_is_on_a_receipt_before_it_is_handed_over(world: World, shopper: Client) -> None:
    placed = basket(world)

    assert "아직 영수증이 없어요" in text_of(shopper.get(address(placed)))
    for more in ("receipt.pdf", "receipt.escpos"):
        assert shopper.get(address(placed, more)).status_code == 404


def test_each_stall_stands_with_its_own_number_and_tax(world: World, shopper: Client) -> None:
    described(world, world.fish, "exempt", "124-81-00998")
    described(world, world.tofu_stall, "general", "220-81-62517")
    placed = basket(world)
    for part in parts(world, placed):
        hand_over(world, part, TenderKind.CASH)

    words = text_of(shopper.get(address(placed)))

    assert f"영수증 {placed.number}번" in words
    assert "순자네 수산 사업자 124-81-00998 · 순자" in words
    assert "두부가게 사업자 220-81-62517 · 말숙" in words
    assert "과세 물건값 3,636 부가세 364 가게 합계 4,000" in words
    assert "부가세" not in words.partition("두부가게 사업자")[0]
    # 430 g of hairtail at 2,500 won per 100 g.
    assert "430g, 100g에 2,500원 10,750 가게 합계 18,750" in words
    assert "모두 22,750원 현금 22,750원" in words


@pytest.mark.parametrize("status", ["", "simplified", "exempt"])
def test_a_stall_that_may_not_show_vat_shows_none(world: World, status: str) -> None:
    described(world, world.tofu_stall, status)
    placed = order(world, (world.tofu, 2))
    hand_over(world, parts(world, placed)[0])

    (section,) = paper(world.market, placed).sections

    assert (section.vat, section.total_won, section.business_number) == (None, 4_000, "")


def test_what_is_not_handed_over_is_named_and_left_out(world: World, shopper: Client) -> None:
    placed = basket(world)
    fish, _tofu = parts(world, placed)
    hand_over(world, fish)

    words = text_of(shopper.get(address(placed)))

    assert "모두 18,750원 가게에서 낸 돈 18,750원" in words
    assert "아직 끝나지 않은 가게는 이 영수증에 없어요. 두부가게" in words


def test_the_code_on_the_paper_leads_to_the_order(world: World) -> None:
    placed = basket(world)
    hand_over(world, parts(world, placed)[0])

    picture = Image.open(BytesIO(receipt_png(paper(world.market, placed))))

    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [LINK]


def test_papers_are_korean_whatever_the_screen_speaks(world: World, shopper: Client) -> None:
    placed = basket(world)
    for part in parts(world, placed):
        hand_over(world, part, TenderKind.CASH)
    shopper.cookies["django_language"] = "en"

    made = shopper.get(address(placed, "receipt.escpos"), {"paper": "80"})
    pdf = shopper.get(address(placed, "receipt.pdf"))

    assert "현금" in made.content.decode("cp949", errors="replace")
    assert made["Content-Disposition"] == f'attachment; filename="receipt-{placed.number}.escpos"'
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["Content-Type"] == "application/pdf"


def test_a_strangers_receipt_is_not_shown(world: World, shopper: Client) -> None:
    for more in ("receipt/", "receipt.pdf", "receipt.escpos", "cash-receipt/"):
        assert shopper.get(f"/jangteo/order/{'A' * 22}/{more}").status_code == 404
