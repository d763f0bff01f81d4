from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from jangteo.adapters.portone.receipts import PortOneReceipts
from jangteo.adapters.portone.tests.recorder import ACCOUNT
from jangteo.adapters.toss.client import TossGateway
from jangteo.domains.counter import issuers
from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.open_sale import WantedSale, open_sale
from jangteo.domains.counter.issuers import Issuing
from jangteo.domains.counter.models import CashReceipt, CounterSale
from jangteo.domains.counter.tests.sales import given_back, settled, snapshot
from jangteo.domains.markets.actions.change_stall import change_stall
from jangteo.domains.markets.stall_facts import StallFacts
from jangteo.domains.payments import gateways
from jangteo.domains.payments.models import Payment
from jangteo.faces.shop.tests.pressing import field, text_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, NOON, World

SDK = "https://js.tosspayments.com/v2/standard"


@pytest.fixture(autouse=True)
def _card() -> Iterator[None]:
    gateways.use({"toss": TossGateway(base_url="http://x", sdk_url=SDK, secret_key="s", client_key="test_ck")})
    yield
    gateways.use({})


@pytest.fixture
def _receipts() -> Iterator[None]:
    """An issuer that nothing here calls."""
    issuer = PortOneReceipts(base_url="http://127.0.0.1:9", account=ACCOUNT)
    issuers.use(Issuing(issuer, 0))
    yield
    issuers.use(None)
    issuer.close()


def address(world: World) -> str:
    return f"/jangteo/pay/{world.fish.code}/"


def paying(shopper: Client, world: World, **sent: str) -> str:
    """Press 내기; where it leads to."""
    key = field(shopper.get(address(world)), "key")
    answer = shopper.post(address(world), {"key": key, "amount_won": "12,000", "way": "card", **sent})
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


def only(world: World) -> CounterSale:
    with in_market(world.market.pk):
        return CounterSale.objects.select_related("stall").get()


def test_a_sticker_leads_to_its_stall(world: World, shopper: Client) -> None:
    page = shopper.get(address(world))

    assert "순자네 수산에 내기" in text_of(page)
    assert "지금 카드로 낼게요 현금으로 냈어요" in text_of(page)
    assert "온누리" not in text_of(page).partition("어떻게 내세요?")[2].partition("가게에 알려 줄")[0]
    assert shopper.get("/jangteo/pay/999999/").status_code == 404


def test_the_number_leads_to_the_same_page(world: World, shopper: Client) -> None:
    code = world.fish.code
    right = shopper.get("/jangteo/pay/", {"number": f"{code[:3]} {code[3:]}"})
    misread = shopper.get("/jangteo/pay/", {"number": f"{code[:5]}{(int(code[5]) + 1) % 10}"})

    assert shopper.get("/jangteo/pay/").status_code == 200
    assert right["Location"] == address(world)
    assert (misread.status_code, "한 자리가 틀린 것 같아요" in text_of(misread)) == (404, True)


def test_an_amount_is_paid_by_card(world: World, shopper: Client) -> None:
    page = paying(shopper, world, payer_name="하나")
    shown = shopper.get(page)

    sale = only(world)
    assert page == f"/jangteo/counter/{sale.token}/"
    assert 'data-amount="12000"' in shown.content.decode()
    assert 'data-tax-free="12000"' in shown.content.decode()
    assert f'data-order-id="{sale.ref}"' in shown.content.decode()
    assert "script-src 'self' https://*.tosspayments.com" in shown["Content-Security-Policy"]
    back = shopper.get(f"{page}done/", {"paymentKey": "pk", "orderId": sale.ref, "amount": "12000"})
    assert back["Location"] == page
    assert "결제를 확인하고 있어요" in text_of(shopper.get(page))
    settled(world, snapshot(sale))
    assert "잘 냈어요 12,000원 순자네 수산" in text_of(shopper.get(page))


@pytest.mark.parametrize(
    "change", [{"orderId": "another"}, {"amount": "100"}, {"paymentKey": ""}, {"paymentKey": "k" * 201}]
)
def test_a_tampered_return_changes_nothing(world: World, shopper: Client, change: dict[str, str]) -> None:
    page = paying(shopper, world)
    sent = {"paymentKey": "pk", "orderId": only(world).ref, "amount": "12000", **change}

    assert shopper.get(f"{page}done/", sent).status_code in (404, 409)
    with in_market(world.market.pk):
        assert Payment.objects.get().state == "created"


def test_a_closed_window_says_so_in_our_words(world: World, shopper: Client) -> None:
    page = paying(shopper, world)

    words = text_of(shopper.get(f"{page}failed/", {"code": "USER_CANCEL", "message": "call 0900-EVIL"}))

    assert "결제창을 닫으셨어요." in words
    assert "EVIL" not in words


def test_cash_waits_for_the_stall(world: World, shopper: Client) -> None:
    page = paying(shopper, world, way="cash")

    assert "가게가 확인하고 있어요 12,000원" in text_of(shopper.get(page))
    answer_claim(market=world.market, actor=SYSTEM, sale_id=only(world).pk, received=True)
    fragment = shopper.get(page, headers={"X-Fragment": "sale"})
    assert "잘 냈어요" in text_of(fragment)
    assert "<html" not in fragment.content.decode()
    given_back(world, only(world))
    assert "가게가 돌려드렸어요" in text_of(shopper.get(page))


def test_a_stall_that_has_nothing_says_so(world: World, shopper: Client) -> None:
    page = paying(shopper, world, way="cash")

    answer_claim(market=world.market, actor=SYSTEM, sale_id=only(world).pk, received=False)

    assert "가게가 아직 못 받았대요" in text_of(shopper.get(page))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"amount_won": ""}, "얼마인지 적어 주세요."),
        ({"amount_won": "많이"}, "숫자로 적어 주세요."),
        ({"amount_won": "99"}, "100원부터 낼 수 있어요."),
        ({"amount_won": "5,000,001"}, "5000000원까지 낼 수 있어요."),
        ({"way": ""}, "어떻게 내는지 골라 주세요."),
        ({"way": "onnuri_paper"}, "어떻게 내는지 골라 주세요."),
        ({"payer_name": "가" * 21}, "20자까지 적을 수 있어요."),
        ({"key": "short"}, "주문서가 다 오지 않았어요."),
    ],
)
def test_what_cannot_be_paid_is_said_beside_it(world: World, shopper: Client, sent: dict[str, str], words: str) -> None:
    key = field(shopper.get(address(world)), "key")

    page = shopper.post(address(world), {"key": key, "amount_won": "12000", "way": "card", **sent})

    assert (page.status_code, words in text_of(page)) == (422, True)


def test_nobody_rings_a_stall_without_end(world: World, shopper: Client) -> None:
    pages = []
    for _ in range(21):
        key = field(shopper.get(address(world)), "key")
        pages.append(shopper.post(address(world), {"key": key, "amount_won": "1000", "way": "cash"}))

    assert [page.status_code for page in pages] == [302] * 20 + [422]
    assert "조금 전에 여러 번 하셨어요." in text_of(pages[-1])


def test_the_code_on_the_phone_asks_for_a_way(world: World, shopper: Client) -> None:
    wanted = WantedSale(world.fish.pk, 7_000, "dynamic")
    sale = open_sale(market=world.market, actor=GUEST, wanted=wanted, key="key-00000001")
    page = f"/jangteo/counter/{sale.token}/"

    assert "순자네 수산에 내기 7,000원" in text_of(shopper.get(page))
    assert shopper.post(page, {"way": "gold"}).status_code == 422
    assert shopper.post(page, {"way": "cash"})["Location"] == page
    assert "가게가 확인하고 있어요" in text_of(shopper.get(page))
    late = shopper.post(page, {"way": "card"})
    assert (late.status_code, "그사이 끝난 결제예요." in text_of(late)) == (422, False)


def test_a_code_that_ran_out_asks_for_a_new_one(world: World, shopper: Client) -> None:
    wanted = WantedSale(world.fish.pk, 7_000, "dynamic")
    sale = open_sale(market=world.market, actor=GUEST, wanted=wanted, key="key-00000001")

    with clock.at(sale.expires_at):
        words = text_of(shopper.get(f"/jangteo/counter/{sale.token}/"))

    assert "시간이 지났어요" in words
    assert "코드를 다시 찍어 주세요." in words


def test_vat_is_shown_by_a_stall_that_may(world: World, shopper: Client) -> None:
    stall = world.tofu_stall
    facts = StallFacts(stall.name, stall.kind_id, stall.street_id, stall.owner_name, tax_status="general")
    change_stall(market=world.market, actor=SYSTEM, stall_id=stall.pk, facts=facts)
    wanted = WantedSale(stall.pk, 11_000, "dynamic")
    sale = open_sale(market=world.market, actor=GUEST, wanted=wanted, key="key-00000001")
    page = f"/jangteo/counter/{sale.token}/"
    shopper.post(page, {"way": "cash"})
    answer_claim(market=world.market, actor=SYSTEM, sale_id=sale.pk, received=True)

    assert "그 가운데 부가세 1,000원" in text_of(shopper.get(page))


@pytest.mark.usefixtures("_receipts")
def test_a_cash_receipt_is_asked_for_on_the_page(world: World, shopper: Client) -> None:
    page = paying(shopper, world, way="cash")
    assert shopper.get(f"{page}cash-receipt/").status_code == 404
    answer_claim(market=world.market, actor=SYSTEM, sale_id=only(world).pk, received=True)

    assert "현금으로 낸 12,000원을 끊어 드려요. 현금영수증 받기" in text_of(shopper.get(page))
    wrong = shopper.post(f"{page}cash-receipt/", {"what": "personal:phone", "digits": "02-123"})
    assert (wrong.status_code, "번호를 다시 봐 주세요." in text_of(wrong)) == (422, True)
    done = shopper.post(f"{page}cash-receipt/", {"what": "personal:phone", "digits": "010-0000-2000"})

    assert done["Location"] == f"{page}#cash-receipt"
    assert "끝자리 2000 번호로 12,000원을 끊고 있어요." in text_of(shopper.get(page))
    with in_market(world.market.pk):
        assert CashReceipt.objects.get().amount_won == 12_000


def test_nobody_is_offered_a_receipt_that_nobody_issues(world: World, shopper: Client) -> None:
    page = paying(shopper, world, way="cash")
    answer_claim(market=world.market, actor=SYSTEM, sale_id=only(world).pk, received=True)

    assert "현금영수증" not in text_of(shopper.get(page))


def test_a_guessed_link_opens_nothing(world: World, shopper: Client) -> None:
    for path in ("", "done/", "failed/", "cash-receipt/"):
        assert shopper.get(f"/jangteo/counter/{'A' * 22}/{path}").status_code == 404


def test_noon_is_when_it_was_paid(world: World, shopper: Client) -> None:
    page = paying(shopper, world)
    settled(world, snapshot(only(world)))

    assert only(world).paid_at == NOON
    assert "오늘 낮 12시" in text_of(shopper.get(page))
