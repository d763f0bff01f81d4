"""Several goods at once, typed off a hand-written board whose photo stays on the phone beside the list."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from jangteo.domains.catalog.actions.put_up_good import put_up_good
from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import all_goods_of_stall
from jangteo.domains.catalog.queries_photos import sold_before
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces.merchant.done import SAID_FOR, sheet_salt
from jangteo.faces.merchant.pages import page
from jangteo.faces.merchant.sheet_rows import MOST_ROWS, Row, rows_told, without_origin
from jangteo.faces.merchant.shelf import shelf

EMPTY_ROWS = 6
# What was there before a line put something up.
NOTHING = 0


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def sheet(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The list, then everything it would do, then the deed. Until the last tap nothing happens."""
    goods = [thing.good for thing in shelf(at.stall.pk)]
    rows = rows_told(request.POST, goods, sold_before(at.stall.pk, MOST_ROWS))
    if not rows or "fix" in request.POST or any(row.error for row in rows):
        asked = request.method == "POST" and "fix" not in request.POST
        blank = range(len(rows), min(MOST_ROWS, len(rows) + EMPTY_ROWS))
        frame = {"rows": rows, "blank": blank, "goods": goods, "asked": asked}
        return page(request, at, "sheet", status=422 if asked else 200, **frame)
    rows = without_origin(rows) if "sure" in request.POST else rows
    wrong = any(row.error for row in rows)
    if "sure" not in request.POST or wrong:
        return page(request, at, "sheet_sure", rows=rows, wrong=wrong, status=422 if wrong else 200)
    return _said(at, [_done(at, row) for row in rows if not row.is_same])


@require_POST
@for_stall
def undo(request: HttpRequest, at: AtStall) -> HttpResponse:
    """Prices as they were, new goods away; what has been changed since stays."""
    try:
        deeds = signing.loads(request.POST.get("sheet", ""), salt=sheet_salt(at.stall.pk), max_age=SAID_FOR)
    except signing.BadSignature:
        return HttpResponseRedirect(reverse("merchant:goods"))
    now = {good.pk: good for good in all_goods_of_stall(at.stall.pk)}
    for good_id, was_won, made_won in deeds:
        if good_id in now and now[good_id].price_won == made_won:
            _taken_back(at, good_id, was_won)
    return HttpResponseRedirect(f"{reverse('merchant:goods')}?sheet=back")


def _done(at: AtStall, row: Row) -> tuple[int, int, int]:
    """The good, what it cost before and what it costs now."""
    price_won = row.price_won or 0
    if row.good is not None:
        set_price(market=at.market, actor=at.actor, good_id=row.good.pk, price_won=price_won)
        return row.good.pk, row.good.price_won, price_won
    new = row.new_good(at.stall, position=len(all_goods_of_stall(at.stall.pk)))
    return put_up_good(market=at.market, actor=at.actor, new=new).pk, NOTHING, price_won


def _taken_back(at: AtStall, good_id: int, was_won: int) -> None:
    if was_won == NOTHING:
        set_sale_state(market=at.market, actor=at.actor, good_id=good_id, state=Good.State.HIDDEN)
    else:
        set_price(market=at.market, actor=at.actor, good_id=good_id, price_won=was_won)


def _said(at: AtStall, deeds: list[tuple[int, int, int]]) -> HttpResponse:
    said = signing.dumps(deeds, salt=sheet_salt(at.stall.pk), compress=True) if deeds else "same"
    return HttpResponseRedirect(f"{reverse('merchant:goods')}?{urlencode({'sheet': said})}")
