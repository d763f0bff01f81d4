from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string

from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.queries import order_by_token
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.models import OpenedWindow
from jangteo.faces.shop.tests.pressing import text_of
from tests.money.windows import Street, street
from tests.world import GUEST, World

PHONE = {"user-agent": "Mozilla/5.0 (Linux; Android 14) Mobile"}


@pytest.fixture
def here(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Street]:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with street(world) as built:
        yield built


def placed_by(here: Street, way: str) -> PlacedOrder:
    return here.order((here.world.mackerel, 1), (here.world.tofu, 1), way=way)


def account_part(here: Street, placed: PlacedOrder) -> str:
    """What the order's page says about its deposit."""
    with here.now():
        view = order_by_token(placed.token)
        facts = {"view": view, "payment": here.payment(placed), "market": here.world.market}
        return render_to_string("shop/parts/account.html", facts)


def test_kakaopay_is_left_for_by_a_plain_form(here: Street) -> None:
    placed = placed_by(here, "kakaopay")
    with here.now():
        page = here.browser.get(f"/jangteo/pay/{placed.token}/")

    assert "카카오페이로 내기" in text_of(page)
    assert "<script" not in page.content.decode().partition("<main")[2]
    assert f"form-action 'self' {here.kakao.url}" in page["Content-Security-Policy"]


@pytest.mark.parametrize(("headers", "kind"), [({}, "pc"), (PHONE, "mobile")])
def test_kakaopay_has_a_window_for_phones(here: Street, headers: dict[str, str], kind: str) -> None:
    placed = placed_by(here, "kakaopay")

    with here.now():
        left = here.browser.post(f"/jangteo/pay/{placed.token}/", headers=headers)

    assert left["Location"].startswith(f"{here.kakao.url}/window/{kind}/")


def test_the_token_of_kakaopay_is_kept_until_it_is_used(here: Street) -> None:
    placed = placed_by(here, "kakaopay")
    back = here.agree_at_kakao(here.open_kakao(placed))

    assert here.get(back) == 302
    with here.now():
        window = OpenedWindow.objects.get()
    assert (window.tid, bool(window.token)) == (here.payment(placed).payment_key, True)
    here.work()

    assert here.states(placed) == ("placed", "captured")
    with here.now():
        assert OpenedWindow.objects.get().token == ""


def test_the_order_says_what_it_was_really_paid_with(here: Street) -> None:
    placed = placed_by(here, "kakaopay")
    here.get(here.agree_at_kakao(here.open_kakao(placed)))
    here.work()
    with here.now():
        page = text_of(here.browser.get(f"/jangteo/order/{placed.token}/"))

    assert "미리 낸 돈 10,000원" in page
    assert "내는 법 카카오페이" in page


@pytest.mark.parametrize("back", ["back/nobodys-window/?pg_token=x", "back/nobodys-window/"])
def test_a_return_from_a_window_that_we_did_not_open_changes_nothing(here: Street, back: str) -> None:
    placed = placed_by(here, "kakaopay")
    here.open_kakao(placed)

    assert here.get(f"/jangteo/pay/{placed.token}/{back}") == 409
    assert here.payment(placed).state == "created"


def test_leaving_kakaopay_leads_to_another_try(here: Street) -> None:
    placed = placed_by(here, "kakaopay")
    back = here.agree_at_kakao(here.open_kakao(placed), "quit")
    with here.now():
        page = text_of(here.browser.get(back))
    assert "결제창을 닫으셨어요" in page
    assert "다시 카카오페이로 내기" in page

    here.get(here.agree_at_kakao(here.open_kakao(placed)))
    here.work()

    assert here.states(placed) == ("placed", "captured")


@pytest.mark.parametrize("fault", ["timeout", "server_error", "garbage"])
def test_a_gateway_that_is_silent_is_said_so(here: Street, fault: str) -> None:
    placed = placed_by(here, "kakaopay")
    here.kakao.dial.next_up("ready", fault)

    with here.now():
        answer = here.browser.post(f"/jangteo/pay/{placed.token}/")

    assert answer.status_code == 503
    assert "결제 회사가 지금 대답하지 않아요." in text_of(answer)
    assert here.payment(placed).state == "created"
    assert here.open_kakao(placed).startswith(here.kakao.url)


def test_an_amount_below_the_gateways_minimum_is_said_so(here: Street) -> None:
    placed = placed_by(here, "card")
    with here.now():
        here.payment(placed).__class__.objects.update(amount_won=50, tax_free_won=0)
        answer = here.browser.get(f"/jangteo/pay/{placed.token}/")

    assert answer.status_code == 409
    assert "금액이 작아서" in text_of(answer)


def test_portone_gets_its_own_script_and_its_amount_beforehand(here: Street) -> None:
    here.offer("portone")
    placed = placed_by(here, "card")
    with here.now():
        page = here.browser.get(f"/jangteo/pay/{placed.token}/")
    html = page.content.decode()

    assert 'data-pay="portone"' in html
    assert f'<script src="{here.portone.sdk_url}" defer>' in html
    assert f"script-src 'self' {here.portone.url}" in page["Content-Security-Policy"]


@pytest.mark.parametrize("fault", ["server_error", "timeout_after_commit"])
def test_portones_window_waits_until_the_amount_is_fixed(here: Street, fault: str) -> None:
    here.offer("portone")
    placed = placed_by(here, "card")
    here.portone.dial.next_up("pre_register", fault)

    assert here.get(f"/jangteo/pay/{placed.token}/") == 503
    assert here.get(f"/jangteo/pay/{placed.token}/") == 200


def test_a_second_try_at_portone_has_the_same_key_and_is_confirmed_all_the_same(here: Street) -> None:
    here.offer("portone")
    placed = placed_by(here, "card")
    here.portone.dial.next_up("pay", "decline")
    here.get(here.pay_at_portone(placed))
    here.work()
    assert here.payment(placed).state == "failed"

    here.get(here.pay_at_portone(placed))
    here.work()

    assert here.states(placed) == ("placed", "captured")


def test_a_payment_that_portone_has_taken_is_looked_for_instead_of_asked_for_again(here: Street) -> None:
    here.offer("portone")
    placed = placed_by(here, "card")
    here.pay_at_portone(placed)

    assert here.get(f"/jangteo/pay/{placed.token}/") == 302
    here.work()

    assert here.states(placed) == ("placed", "captured")


def test_portone_tells_on_one_address_how_it_ended(here: Street) -> None:
    here.offer("portone")
    placed = placed_by(here, "card")
    told = f"paymentId={placed.ref}&txId=1&code=FAILURE_TYPE_PG&pgCode=PAY_PROCESS_CANCELED"

    with here.now():
        answer = here.browser.get(f"/jangteo/pay/{placed.token}/done/?{told}", follow=True)

    assert "결제창을 닫으셨어요" in text_of(answer)
    assert here.payment(placed).state == "created"


def test_money_that_portone_took_after_we_gave_up_is_found(here: Street) -> None:
    here.offer("portone")
    placed = placed_by(here, "card")
    here.pay_page(placed)
    here.pass_by(minutes=11)
    here.sweep()
    assert here.states(placed) == ("expired", "expired")
    here.pay_at_portone_unasked(placed)

    here.pass_by(minutes=31)
    here.sweep()
    here.work()

    assert here.payment(placed).state in ("captured", "refunded")
    assert here.payment(placed).captured_won == 10_000


def test_the_account_is_shown_with_all_that_a_bank_asks_for(here: Street) -> None:
    placed = placed_by(here, "virtual_account")
    here.come_back(placed, here.window(placed))
    here.work()
    payment = here.payment(placed)

    html = account_part(here, placed)

    assert "입금을 기다리고 있어요" in html
    assert "우리은행" in html
    assert f'id="account-number">{payment.account_number}<' in html
    assert 'data-copies="account-number"' in html
    assert "10,000" in html
    assert (payment.expires_at - here.watch.moment).total_seconds() == 24 * 3600


def test_the_customer_is_told_that_the_bank_took_the_deposit_back(here: Street) -> None:
    placed = placed_by(here, "virtual_account")
    key = here.window(placed)
    here.come_back(placed, key)
    here.work()
    here.toss.deposit(key)
    here.sweep_account(placed)
    assert account_part(here, placed).strip() == ""

    here.toss.undo_deposit(key)
    here.hooks(6)
    here.work()

    assert "은행이 입금을 되돌렸어요" in account_part(here, placed)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"back-bank": ""}, "은행을 골라 주세요."),
        ({"back-bank": "999"}, "999"),
        ({"back-number": "12"}, "계좌번호를 다시 봐 주세요."),
        ({"back-number": "１２３４５６７８"}, "계좌번호를 다시 봐 주세요."),
        ({"back-holder": " "}, "예금주를 적어 주세요."),
    ],
)
def test_what_is_no_account_is_said_beside_its_field(here: Street, change: dict[str, str], sentence: str) -> None:
    placed = deposited_and_cancelled(here)
    assert "환불받을 계좌" in account_part(here, placed)
    given = {"back-bank": "020", "back-number": "1002-123-456789", "back-holder": "김하나", **change}

    with here.now():
        answer = here.browser.post(f"/jangteo/order/{placed.token}/account/", given)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert here.refunds(placed) == [(10_000, 8_000, "queued")]


def test_an_account_is_not_asked_for_without_a_refund(here: Street) -> None:
    placed = placed_by(here, "virtual_account")
    given = {"back-bank": "020", "back-number": "1002123456789", "back-holder": "김하나"}

    with here.now():
        answer = here.browser.post(f"/jangteo/order/{placed.token}/account/", given)

    assert answer.status_code == 409


def deposited_and_cancelled(here: Street) -> PlacedOrder:
    placed = placed_by(here, "virtual_account")
    key = here.window(placed)
    here.come_back(placed, key)
    here.work()
    here.toss.deposit(key)
    here.sweep_account(placed)
    with here.now():
        cancel_order(market=here.world.market, actor=GUEST, order_id=placed.order_id)
    here.work()
    return placed
