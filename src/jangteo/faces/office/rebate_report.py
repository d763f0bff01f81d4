"""The report of a rebate event that a municipality asks for: sums, people, vouchers, and every receipt."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from django.utils.translation import gettext as _

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.models import PaperMove, Payout, RebateEvent
from jangteo.domains.rebates.queries import hand_overs, paper_moves, payouts_between, people_between, receipts_between
from jangteo.faces._parts.words.rebate_words import KIND_NAMES
from jangteo.kernel import clock

Row = Sequence[str | int]
Sheet = tuple[str, Sequence[str], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Span:
    """An event between two moments, the second exclusive."""

    event: RebateEvent
    start: datetime
    end: datetime


def workbook(market: Market, event: RebateEvent, first: date, last: date) -> bytes:
    """XLSX with four sheets: 총괄, 지급 내역, 영수증, 상품권 재고. Persons as they are kept."""
    start, end = clock.day_bounds(first)[0], clock.day_bounds(last)[1]
    box = io.BytesIO()
    book = xlsxwriter.Workbook(box, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bg_color": "#EEEEE6", "border": 1})
    won = book.add_format({"num_format": "#,##0"})
    span = Span(event, start, end)
    for name, heads, rows in _sheets(market, span, (first, last)):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 20)
        sheet.write_row(0, 0, heads, bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell, won if isinstance(cell, int) else None)
    book.close()
    return box.getvalue()


def _sheets(market: Market, span: Span, days: tuple[date, date]) -> Iterable[Sheet]:
    payouts = list(payouts_between(span.event.pk, span.start, span.end))
    yield _("총괄"), (_("항목"), _("값")), _summary(market, span, days, payouts)
    paid = (_("일시"), _("번호"), _("받은 사람"), _("농축산물(원)"), _("수산물(원)"), _("상품권(장)"), _("비고"))
    yield _("지급 내역"), paid, map(_paid, payouts)
    bought = (_("구매 일시"), _("점포"), _("종류"), _("영수증 금액(원)"), _("인정 금액(원)"), _("받은 사람"), _("비고"))
    yield _("영수증"), bought, _receipts(span)
    yield _("상품권 재고"), (_("일시"), _("내용"), _("변동(장)"), _("잔량(장)"), _("비고")), _paper(span.event)


def _summary(market: Market, span: Span, days: tuple[date, date], payouts: Sequence[Payout]) -> Iterable[Row]:
    event, people = span.event, people_between(span.event.pk, span.start, span.end)
    yield _("시장"), market.name
    yield _("행사"), event.name
    yield _("기간"), f"{days[0].isoformat()} ~ {days[1].isoformat()}"
    yield _("받은 사람 (명)"), people[""]
    yield _("나간 상품권 (장)"), sum(payout.vouchers for payout in payouts)
    yield _("나간 상품권 (원)"), sum(payout.vouchers for payout in payouts) * event.voucher_won
    yield _("남은 상품권 (장)"), event.vouchers_left
    shares = [share for payout in payouts for share in payout.shares.all()]
    for pot in event.pots.all():
        name = {"name": KIND_NAMES[pot.kind]}
        mine = [share for share in shares if share.kind == pot.kind]
        yield _("%(name)s 받은 사람 (명)") % name, people.get(pot.kind, 0)
        yield _("%(name)s 구매 금액 (원)") % name, sum(share.sum_won for share in mine)
        yield _("%(name)s 환급 금액 (원)") % name, sum(share.won for share in mine)
        yield _("%(name)s 예산 (원)") % name, pot.budget_won
        yield _("%(name)s 남은 예산 (원)") % name, pot.left_won
    overs = hand_overs(event.pk)
    yield _("인수인계 (번)"), len(overs)
    yield _("인수인계 차이 (장)"), sum(over.counted - over.expected for over in overs)


def _paid(payout: Payout) -> Row:
    won = {share.kind: share.won for share in payout.shares.all()}
    note = _("되돌림") if payout.undoes_id else ""
    person = payout.person.shown
    return _at(payout.at), payout.visit.number, person, won.get("agri", 0), won.get("fish", 0), payout.vouchers, note


def _receipts(span: Span) -> Iterable[Row]:
    for one in receipts_between(span.event.pk, span.start, span.end):
        note = _("되돌림") if one.freed_at else ""
        kind, person = str(KIND_NAMES[one.kind]), one.payout.person.shown
        yield _at(one.bought_at), one.stall.name, kind, one.total_won, one.won, person, note


def _paper(event: RebateEvent) -> Iterable[Row]:
    why = PaperMove.Why
    words = {
        why.BROUGHT: _("들어옴"),
        why.TAKEN_AWAY: _("반납"),
        why.PAID: _("지급"),
        why.UNDONE: _("되돌림"),
        why.COUNTED: _("세어서 고침"),
    }
    for move in reversed(paper_moves(event.pk, most=None)):
        yield _at(move.at), words[why(move.why)], move.change, move.left_after, move.note


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(clock.KST):%Y-%m-%d %H:%M}"
