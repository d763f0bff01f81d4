"""내 영수증: orders and payments at counters, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jangteo.domains.markets.models import Market
from jangteo.domains.regulars.queries_privacy import person_of
from jangteo.domains.regulars.receipts import ReceiptLine, receipts_of
from jangteo.faces.shop import my_orders
from jangteo.faces.shop.customer import signed_in
from jangteo.faces.shop.pages import asked, market_page, shown
from jangteo.kernel import clock

LONGEST = 40


@dataclass(frozen=True, slots=True)
class Month:
    """The receipts of one calendar month and what they come to."""

    first: date
    lines: tuple[ReceiptLine, ...]

    @property
    def won(self) -> int:
        return sum(line.won for line in self.lines)


@require_safe
@market_page
def my_receipts(request: HttpRequest, market: Market) -> HttpResponse:
    """Of the account and its number where somebody is signed in, else of the orders of this phone."""
    user, said = signed_in(request), asked(request, "q")[:LONGEST]
    found = receipts_of(None if user is None else person_of(user), my_orders.tokens(request, market))
    lines = [line for line in found if line.has(said.casefold())] if said else found
    facts = {"months": by_month(lines), "said": said, "any": bool(found), "user": user}
    return shown(request, market, "my_receipts.html", facts)


def by_month(lines: list[ReceiptLine]) -> list[Month]:
    """Newest month first, by the Korean calendar."""
    return [Month(first, tuple(of_month)) for first, of_month in groupby(lines, _month)]


def _month(line: ReceiptLine) -> date:
    return line.at.astimezone(clock.KST).date().replace(day=1)
