"""The payment pages of the practice KakaoPay, as plain pages and forms."""

from __future__ import annotations

from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from jangteo.adapters._simulator.pages import page
from jangteo.adapters._simulator.server import Reply
from jangteo.adapters.kakaopay.simulator.book import PracticePayment

TITLE = "연습 카카오페이"
NOTICE = "연습 카카오페이 · 진짜 돈이 나가지 않아요"


def window_page(payment: PracticePayment) -> Reply:
    """What the customer sees: what for, how much, two buttons."""
    order = payment.order
    name = f'<input type="hidden" name="window" value="{escape(payment.window)}">'
    content = f"""<h1>{escape(order.item_name)}</h1>
<p class="price">{order.amount.total_won:,}원</p>
<dl><dt>주문 번호</dt><dd>{escape(order.order_id)}</dd></dl>
<form method="post" action="/window/pay">{name}<button class="button">결제하기</button></form>
<form method="post" action="/window/quit">{name}<button class="button quiet">취소</button></form>"""
    return page(TITLE, NOTICE, content)


def problem_page(code: str) -> Reply:
    """What the customer sees when there is no window to show."""
    content = f"""<h1>결제창을 열 수 없어요</h1>
<p>가게 화면으로 돌아가서 다시 눌러 주세요.</p>
<p class="small">{escape(code)}</p>"""
    return page(TITLE, NOTICE, content, status=400)


def receipt_page(payment: PracticePayment) -> Reply:
    """The practice receipt."""
    content = f"""<h1>{escape(payment.order.item_name)}</h1>
<p class="price">{payment.left.total_won:,}원</p>
<dl><dt>주문 번호</dt><dd>{escape(payment.order.order_id)}</dd>
<dt>결제한 금액</dt><dd>{payment.order.amount.total_won:,}원</dd></dl>"""
    return page("연습 영수증", "연습 영수증 · 진짜 돈이 나가지 않았어요", content)


def back(address: str, extra: dict[str, str] | None = None) -> Reply:
    """Send the browser to one of the shop's addresses."""
    parts = urlsplit(address)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *(extra or {}).items()])
    location = urlunsplit(parts._replace(query=query))
    return Reply(303, headers={"Location": location, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
