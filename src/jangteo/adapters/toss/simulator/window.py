"""The card window of the practice gateway: what the browser script opens, as plain pages and forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from jangteo.adapters._simulator.pages import page
from jangteo.adapters._simulator.server import Reply
from jangteo.adapters._wire import is_web_address
from jangteo.adapters.toss.simulator.book import WEEK_H, Order, PracticePayment
from jangteo.adapters.toss.simulator.payload import METHODS

TITLE = "연습 결제창"
NOTICE = "연습 결제창 · 진짜 돈이 나가지 않아요"

_ORDER_ID = re.compile(r"[A-Za-z0-9_=-]{6,64}")
_AMOUNT = re.compile(r"[0-9]{1,12}")
_HOURS = re.compile(r"[1-9][0-9]{0,2}")


class Unopenable(Exception):
    """The window was asked for with something it cannot take; the text is the documented code."""


def order_from(query: Mapping[str, str], client_key: str) -> Order:
    """The order in the address of the window. Raises Unopenable."""
    amount, tax_free = query.get("amount", ""), query.get("taxFreeAmount", "0")
    name = query.get("orderName", "")
    checks = (
        (query.get("clientKey") == client_key, "INVALID_CLIENT_KEY"),
        (query.get("method") in METHODS, "NOT_SUPPORTED_METHOD"),
        (_HOURS.fullmatch(query.get("validHours", str(WEEK_H))), "INVALID_VALID_HOURS"),
        (query.get("currency") == "KRW", "INVALID_CURRENCY"),
        (_ORDER_ID.fullmatch(query.get("orderId", "")), "INVALID_ORDER_ID"),
        (0 < len(name) <= 100, "INVALID_ORDER_NAME"),
        (_AMOUNT.fullmatch(amount) and _AMOUNT.fullmatch(tax_free), "INVALID_REQUEST"),
        (is_web_address(query.get("successUrl", "")), "INCORRECT_SUCCESS_URL_FORMAT"),
        (is_web_address(query.get("failUrl", "")), "INCORRECT_FAIL_URL_FORMAT"),
    )
    for holds, code in checks:
        if not holds:
            raise Unopenable(code)
    if int(tax_free) > int(amount):
        raise Unopenable("INVALID_REQUEST")
    return Order(
        query["orderId"],
        name,
        int(amount),
        int(tax_free),
        query["successUrl"],
        query["failUrl"],
        query["method"],
        int(query.get("validHours", WEEK_H)),
    )


def window_page(payment: PracticePayment) -> Reply:
    """What the customer sees: what for, how much, two buttons."""
    order = payment.order
    key = f'<input type="hidden" name="paymentKey" value="{escape(payment.payment_key)}">'
    content = f"""<h1>{escape(order.order_name)}</h1>
<p class="price">{order.amount_won:,}원</p>
<dl><dt>주문 번호</dt><dd>{escape(order.order_id)}</dd></dl>
<form method="post" action="/window/pay">{key}<button class="button">결제하기</button></form>
<form method="post" action="/window/cancel">{key}<button class="button quiet">취소</button></form>"""
    return page(TITLE, NOTICE, content)


def problem_page(code: str) -> Reply:
    """What the customer sees when there is no window to show."""
    content = f"""<h1>결제창을 열 수 없어요</h1>
<p>가게 화면으로 돌아가서 다시 눌러 주세요.</p>
<p class="small">{escape(code)}</p>"""
    return page(TITLE, NOTICE, content, status=400)


def receipt_page(payment: PracticePayment) -> Reply:
    """The practice receipt."""
    content = f"""<h1>{escape(payment.order.order_name)}</h1>
<p class="price">{payment.balance_won:,}원</p>
<dl><dt>주문 번호</dt><dd>{escape(payment.order.order_id)}</dd>
<dt>결제한 금액</dt><dd>{payment.order.amount_won:,}원</dd></dl>{_bank(payment)}"""
    return page("연습 영수증", "연습 영수증 · 진짜 돈이 나가지 않았어요", content)


def _bank(payment: PracticePayment) -> str:
    """The account of a payment that waits for its deposit, and the button that stands in for a bank."""
    if payment.status != "WAITING_FOR_DEPOSIT":
        return ""
    return f"""<dl><dt>연습 계좌</dt><dd>우리 {escape(payment.account_number)}</dd></dl>
<form method="post" action="/window/deposit">
<input type="hidden" name="paymentKey" value="{escape(payment.payment_key)}">
<button class="button">연습으로 입금하기</button></form>"""


def back_with_success(payment: PracticePayment) -> Reply:
    """Send the browser to the shop with the key to confirm."""
    return _redirect(
        payment.order.success_url,
        {
            "paymentType": "NORMAL",
            "orderId": payment.order.order_id,
            "paymentKey": payment.payment_key,
            "amount": str(payment.order.amount_won),
        },
    )


def back_with_failure(payment: PracticePayment, code: str, message: str) -> Reply:
    """Send the browser to the shop with the reason."""
    return _redirect(payment.order.fail_url, {"code": code, "message": message, "orderId": payment.order.order_id})


def _redirect(address: str, extra: Mapping[str, str]) -> Reply:
    parts = urlsplit(address)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *extra.items()])
    location = urlunsplit(parts._replace(query=query))
    return Reply(303, headers={"Location": location, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
