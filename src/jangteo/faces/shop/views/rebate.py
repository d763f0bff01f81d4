"""The rebate event as customers see it: its rules, a number without standing in line, receipts sent ahead."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jangteo.domains.campaigns import outside
from jangteo.domains.catalog import photo_files
from jangteo.domains.catalog.photo_sizes import whole_of
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import streets_of_stalls
from jangteo.domains.rebates.actions.add_paper import add_paper
from jangteo.domains.rebates.actions.ask_to_be_told import ask_to_be_told
from jangteo.domains.rebates.actions.move_visit import move_visit
from jangteo.domains.rebates.actions.take_number import take_number
from jangteo.domains.rebates.desk_hours import is_all_gone, is_open
from jangteo.domains.rebates.models import RebateEvent, RebateVisit
from jangteo.domains.rebates.queries import ahead_of, current_rebate, last_payout, visit_by_token
from jangteo.domains.rebates.table import table_of
from jangteo.domains.rebates.told import PaperReceipt
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.rebate_words import KIND_NAMES, kinds_on_table
from jangteo.faces.shop.customer import actor_of, last_person
from jangteo.faces.shop.event_forms import ReceiptForm
from jangteo.faces.shop.pages import market_page, shown, wants_fragment
from jangteo.kernel import clock, ids, live, masking
from jangteo.kernel.errors import Refused
from jangteo.kernel.limits import check_rate

AHEAD = timedelta(days=30)
NUMBERS, NUMBERS_WINDOW = 10, timedelta(minutes=10)
RECEIPTS, RECEIPTS_WINDOW = 30, timedelta(minutes=30)
NUMBER_KEPT = timedelta(hours=20)
OPEN = (RebateVisit.State.WAITING, RebateVisit.State.CALLED, RebateVisit.State.MISSED)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def rebate(request: HttpRequest, market: Market) -> HttpResponse:
    """What one gets for how much, when and where; POST takes a number."""
    event = current_rebate(ahead=AHEAD)
    refused: Refused | None = None
    if request.method == "POST" and event is not None:
        try:
            check_rate(f"rebate:{request.META['REMOTE_ADDR']}", most=NUMBERS, window=NUMBERS_WINDOW)
            key = f"web:{request.POST.get('key', '')[:80]}"
            visit = take_number(market=market, actor=actor_of(request), event_id=event.pk, key=key)
            answer = HttpResponseRedirect(reverse("rebate_visit", args=[market.slug, visit.token]))
            _remember(answer, market, visit)
            return answer
        except Refused as no:
            refused = no
    return shown(request, market, "rebate.html", _facts(request, event, refused), status=409 if refused else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def visit(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """One's number: how many are before it, what lies on the table. POST sends a receipt ahead."""
    row = _visit_or_404(token)
    form = _receipt_form(request, row, request.POST if request.method == "POST" else None)
    if row.state in OPEN and form.is_valid():
        try:
            _send_ahead(request, market, row, form)
            return HttpResponseRedirect(reverse("rebate_visit", args=[market.slug, token]))
        except Refused as no:
            form.add_error(None, sentence(no))
    page = "parts/rebate_now.html" if wants_fragment(request, "rebate_now") else "rebate_visit.html"
    return shown(request, market, page, _visit_facts(request, market, row, form), status=422 if form.errors else 200)


@require_POST
@market_page
def tell(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """A telephone number to be told of one's turn by; none takes it back."""
    row = _visit_or_404(token)
    phone = request.POST.get("phone", "").replace("\x00", "")
    try:
        check_rate(f"rebate-tell:{request.META['REMOTE_ADDR']}", most=NUMBERS, window=NUMBERS_WINDOW)
        ask_to_be_told(market=market, actor=actor_of(request), visit_id=row.pk, phone=phone)
    except Refused as no:
        facts = _visit_facts(request, market, row, _receipt_form(request, row, None))
        return shown(request, market, "rebate_visit.html", {**facts, "typed": phone, "refused": no}, status=422)
    return HttpResponseRedirect(reverse("rebate_visit", args=[market.slug, token]))


@require_POST
@market_page
def leave(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """Give the number up, or take it back."""
    row = _visit_or_404(token)
    back = row.state == RebateVisit.State.LEFT
    state = RebateVisit.State.WAITING if back else RebateVisit.State.LEFT
    move_visit(market=market, actor=actor_of(request), visit_id=row.pk, state=state)
    return HttpResponseRedirect(reverse("rebate_visit", args=[market.slug, token]))


def _facts(request: HttpRequest, event: RebateEvent | None, refused: Refused | None) -> dict[str, object]:
    if event is None:
        return {"event": None}
    now, pots = clock.now(), event.pots.all()
    return {
        "event": event,
        "pots": [(KIND_NAMES[pot.kind], pot) for pot in pots],
        "is_open": is_open(event, now),
        "is_all_gone": is_all_gone(event, pots),
        "mine": _remembered(request, event),
        "refused": refused,
        "key": str(uuid.uuid4()),
    }


def _receipt_form(request: HttpRequest, row: RebateVisit, told: QueryDict | None) -> ReceiptForm:
    return ReceiptForm(
        told, None if told is None else request.FILES, streets=streets_of_stalls() if row.state in OPEN else []
    )


def _visit_facts(request: HttpRequest, market: Market, row: RebateVisit, form: ReceiptForm) -> dict[str, object]:
    table = table_of(row.event, row)
    return {
        **_telling(request, market, row),
        "visit": row,
        "event": row.event,
        "ahead": ahead_of(row),
        "table": table,
        "kinds": kinds_on_table(table.kinds),
        "payout": last_payout(row.pk),
        "is_mine": row.state in OPEN,
        "form": form,
        "ticket": live.ticket([f"rebate:{row.event_id}"]),
    }


def _telling(request: HttpRequest, market: Market, row: RebateVisit) -> dict[str, object]:
    """Where the turn is told, or the number that this customer gave last."""
    typed = "" if row.phone else last_person(request, market).get("phone", "")
    return {"texts_leave": outside.texts_leave(), "told_at": masking.phone(row.phone), "typed": typed}


def _send_ahead(request: HttpRequest, market: Market, row: RebateVisit, form: ReceiptForm) -> None:
    """The files first: a row without them would show nothing, files without a row are only litter."""
    check_rate(f"rebate-receipt:{row.pk}", most=RECEIPTS, window=RECEIPTS_WINDOW)
    told = form.cleaned_data
    sizes, name = whole_of(told["photo"].read()), ids.new_token()
    photo_files.write(name, sizes)
    receipt = PaperReceipt(told["stall"], clock.now(), told["won"], 0, 0, photo=name)
    try:
        add_paper(market=market, actor=actor_of(request), visit_id=row.pk, told=receipt, checked=False)
    except Refused:
        photo_files.remove(name)
        raise


def _visit_or_404(token: str) -> RebateVisit:
    try:
        return visit_by_token(token.replace("\x00", ""))
    except RebateVisit.DoesNotExist as unknown:
        raise Http404 from unknown


def _remember(answer: HttpResponse, market: Market, row: RebateVisit) -> None:
    answer.set_cookie(
        "rebate_number",
        row.token,
        max_age=NUMBER_KEPT,
        secure=settings.HTTPS,
        path=f"/{market.slug}/",
        httponly=True,
        samesite="Lax",
    )


def _remembered(request: HttpRequest, event: RebateEvent) -> RebateVisit | None:
    """The number that this browser took today, as long as it is good."""
    token = request.COOKIES.get("rebate_number", "")
    if not 20 <= len(token) <= 32:
        return None
    today = clock.business_day(clock.now())
    return RebateVisit.objects.filter(token=token, event=event, day=today, state__in=OPEN).first()
