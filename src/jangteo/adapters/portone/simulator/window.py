"""The card window of the practice gateway: what the browser script opens, as plain pages and forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from jangteo.adapters._simulator.pages import page
from jangteo.adapters._simulator.server import Reply
from jangteo.adapters._wire import is_web_address
from jangteo.adapters.portone.simulator.book import Order, PracticePayment

TITLE = "연습 결제창"
NOTICE = "연습 결제창 · 진짜 돈이 나가지 않아요"
# The code PortOne gives the page for whatever the company behind it answered; `pgCode` says what that was.
BEHIND = "FAILURE_TYPE_PG"

_PAYMENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_AMOUNT = re.compile(r"[0-9]{1,12}")


class Unopenable(Exception):
    """The window was asked for with something it cannot take; the text names it."""


def order_from(query: Mapping[str, str], store_id: str, channel_key: str) -> Order:
    """The order in the address of the window. Raises Unopenable."""
    amount, tax_free = query.get("totalAmount", ""), query.get("taxFreeAmount", "0")
    name = query.get("orderName", "")
    checks = (
        (query.get("storeId") == store_id, "storeId"),
        (query.get("channelKey") == channel_key, "channelKey"),
        (query.get("payMethod") == "CARD", "payMethod"),
        (query.get("currency") in {"KRW", "CURRENCY_KRW"}, "currency"),
        (_PAYMENT_ID.fullmatch(query.get("paymentId", "")), "paymentId"),
        (0 < len(name) <= 100, "orderName"),
        (_AMOUNT.fullmatch(amount), "totalAmount"),
        (_AMOUNT.fullmatch(tax_free) and int(tax_free) <= int(amount or "0"), "taxFreeAmount"),
        (is_web_address(query.get("redirectUrl", "")), "redirectUrl"),
    )
    for holds, name_of_it in checks:
        if not holds:
            raise Unopenable(name_of_it)
    return Order(query["paymentId"], name, int(amount), int(tax_free), query["redirectUrl"])


def window_page(payment: PracticePayment) -> Reply:
    """What the customer sees: what for, how much, two buttons."""
    order = payment.order
    key = f'<input type="hidden" name="paymentId" value="{escape(order.payment_id)}">'
    content = f"""<h1>{escape(order.order_name)}</h1>
<p class="price">{order.amount_won:,}원</p>
<dl><dt>주문 번호</dt><dd>{escape(order.payment_id)}</dd></dl>
<form method="post" action="/window/pay">{key}<button class="button">결제하기</button></form>
<form method="post" action="/window/cancel">{key}<button class="button quiet">취소</button></form>"""
    return page(TITLE, NOTICE, content)


def problem_page(what: str) -> Reply:
    """What the customer sees when there is no window to show."""
    content = f"""<h1>결제창을 열 수 없어요</h1>
<p>가게 화면으로 돌아가서 다시 눌러 주세요.</p>
<p class="small">{escape(what)}</p>"""
    return page(TITLE, NOTICE, content, status=400)


def receipt_page(payment: PracticePayment) -> Reply:
    """The practice receipt."""
    content = f"""<h1>{escape(payment.order.order_name)}</h1>
<p class="price">{payment.balance_won:,}원</p>
<dl><dt>주문 번호</dt><dd>{escape(payment.order.payment_id)}</dd>
<dt>결제한 금액</dt><dd>{payment.order.amount_won:,}원</dd></dl>"""
    return page("연습 영수증", "연습 영수증 · 진짜 돈이 나가지 않았어요", content)


def back_with_success(payment: PracticePayment) -> Reply:
    """Send the browser to the shop."""
    return _redirect(payment, {})


def back_with_failure(payment: PracticePayment, pg_code: str, message: str) -> Reply:
    """Send the browser to the shop with the reason; the address is the same as for success."""
    return _redirect(payment, {"code": BEHIND, "message": message, "pgCode": pg_code, "pgMessage": message})


def _redirect(payment: PracticePayment, extra: Mapping[str, str]) -> Reply:
    order = payment.order
    parts = urlsplit(order.redirect_url)
    told = {"transactionType": "PAYMENT", "txId": payment.transaction_id, "paymentId": order.payment_id}
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *told.items(), *extra.items()])
    location = urlunsplit(parts._replace(query=query))
    return Reply(303, headers={"Location": location, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
