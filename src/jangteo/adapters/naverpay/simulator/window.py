"""The payment page of the practice Naver Pay, as a plain page with forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from jangteo.adapters._simulator.pages import page
from jangteo.adapters._simulator.server import Reply
from jangteo.adapters._wire import is_web_address
from jangteo.adapters.naverpay.simulator.book import Order, PracticePayment, Refusal

TITLE = "연습 네이버페이"
NOTICE = "연습 네이버페이 · 진짜 돈이 나가지 않아요"

_AMOUNT = re.compile(r"[0-9]{1,12}")


def order_from(query: Mapping[str, str], client_id: str, chain_id: str) -> Order:
    """The order in the address of the window. Raises Refusal."""
    total, taxed, exempt = (query.get(name, "") for name in ("totalPayAmount", "taxScopeAmount", "taxExScopeAmount"))
    checks = (
        (query.get("clientId") == client_id and query.get("chainId") == chain_id, "InvalidMerchant"),
        (all(_AMOUNT.fullmatch(amount) for amount in (total, taxed, exempt)), "InvalidPayAmount"),
        (query.get("merchantPayKey") and query.get("productName"), "InvalidRequest"),
        (is_web_address(query.get("returnUrl", "")), "InvalidReturnUrl"),
    )
    for holds, code in checks:
        if not holds:
            raise Refusal(code, "")
    if int(taxed) + int(exempt) != int(total):
        raise Refusal("InvalidPayAmount", "")
    return Order(query["merchantPayKey"], query["productName"], int(total), int(exempt), query["returnUrl"])


def window_page(payment: PracticePayment) -> Reply:
    """What the customer sees: what for, how much, two buttons."""
    order = payment.order
    name = f'<input type="hidden" name="reserveId" value="{escape(payment.reserve_id)}">'
    content = f"""<h1>{escape(order.product_name)}</h1>
<p class="price">{order.total_won:,}원</p>
<dl><dt>주문 번호</dt><dd>{escape(order.pay_key)}</dd></dl>
<form method="post" action="/window/pay">{name}<button class="button">결제하기</button></form>
<form method="post" action="/window/cancel">{name}<button class="button quiet">취소</button></form>"""
    return page(TITLE, NOTICE, content)


def problem_page(code: str) -> Reply:
    """What the customer sees when there is no window to show."""
    content = f"""<h1>결제창을 열 수 없어요</h1>
<p>가게 화면으로 돌아가서 다시 눌러 주세요.</p>
<p class="small">{escape(code)}</p>"""
    return page(TITLE, NOTICE, content, status=400)


def back(payment: PracticePayment, extra: dict[str, str]) -> Reply:
    """Send the browser to the shop."""
    parts = urlsplit(payment.order.return_url)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *extra.items()])
    location = urlunsplit(parts._replace(query=query))
    return Reply(303, headers={"Location": location, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
