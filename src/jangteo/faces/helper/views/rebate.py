"""The rebate desk (환급 창구) on a helper's or the manager's tablet."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.markets.queries import streets_of_stalls
from jangteo.domains.rebates.actions.add_paper import add_paper
from jangteo.domains.rebates.actions.ask_to_be_told import ask_to_be_told
from jangteo.domains.rebates.actions.call_next import call_next
from jangteo.domains.rebates.actions.check_paper import check_paper
from jangteo.domains.rebates.actions.hand_over_drawer import hand_over_drawer
from jangteo.domains.rebates.actions.move_visit import move_visit
from jangteo.domains.rebates.actions.name_person import name_person
from jangteo.domains.rebates.actions.pay_out import pay_out
from jangteo.domains.rebates.actions.scan_receipt import scan_receipt
from jangteo.domains.rebates.actions.take_number import take_number
from jangteo.domains.rebates.actions.undo_payout import undo_payout
from jangteo.domains.rebates.models import Payout, RebateVisit, TableReceipt
from jangteo.domains.rebates.queries import current_rebate, visit_of
from jangteo.faces._parts.devices import AtOffice, for_helper
from jangteo.faces.helper.rebate_desk import desk_page, drawer_page, table_page, ticket_page
from jangteo.faces.helper.rebate_forms import AmountsForm, DrawerForm, PaperForm, PersonForm
from jangteo.kernel.errors import Refused

S = RebateVisit.State
MOVES = {"call": S.CALLED, "miss": S.MISSED, "wait": S.WAITING, "leave": S.LEFT, "done": S.DONE}


@require_safe
@for_helper
def desk(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """The queue and the drawer."""
    return desk_page(request, at)


@require_POST
@for_helper
def take(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """A number for somebody without a phone, to be printed; with `now` they are served at once."""
    event = current_rebate()
    if event is None:
        raise Http404
    try:
        visit = take_number(market=at.market, actor=at.actor, event_id=event.pk, key=request.POST.get("key", ""))
        if request.POST.get("now") and visit.state == S.WAITING:
            move_visit(market=at.market, actor=at.actor, visit_id=visit.pk, state=S.CALLED)
    except Refused as no:
        return desk_page(request, at, no)
    return redirect("helper:rebate_table" if request.POST.get("now") else "helper:rebate_ticket", visit.pk)


@require_POST
@for_helper
def call(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """The next one, please."""
    event = current_rebate()
    if event is None:
        raise Http404
    try:
        visit = call_next(market=at.market, actor=at.actor, event_id=event.pk)
    except Refused as no:
        return desk_page(request, at, no)
    return redirect("helper:rebate_table", visit.pk)


@require_safe
@for_helper
def ticket(request: HttpRequest, at: AtOffice, visit_id: int) -> HttpResponse:
    """The number on paper, with a QR that opens its page on the customer's phone."""
    return ticket_page(request, at, visit_id)


@require_POST
@for_helper
def tell(request: HttpRequest, at: AtOffice, visit_id: int) -> HttpResponse:
    """The number that somebody without a smartphone gives, to be told of their turn by."""
    phone = request.POST.get("phone", "").replace("\x00", "")
    try:
        ask_to_be_told(market=at.market, actor=at.actor, visit_id=visit_id, phone=phone)
    except Refused as no:
        return ticket_page(request, at, visit_id, typed=phone, refused=no)
    return redirect("helper:rebate_ticket", visit_id)


@require_safe
@for_helper
def table(request: HttpRequest, at: AtOffice, visit_id: int) -> HttpResponse:
    """Who, which receipts, how many vouchers."""
    return table_page(request, at, visit_id)


@require_POST
@for_helper
def person(request: HttpRequest, at: AtOffice, visit_id: int) -> HttpResponse:
    """By the phone number everything that was bought is found."""
    form = PersonForm(request.POST)
    if not form.is_valid():
        return table_page(request, at, visit_id, forms={"person_form": form})
    told = form.cleaned_data
    return _done(
        request,
        at,
        visit_id,
        lambda: name_person(
            market=at.market, actor=at.actor, visit_id=visit_id, phone=told["phone"], name=told["name"]
        ),
    )


@require_POST
@for_helper
def scan(request: HttpRequest, at: AtOffice, visit_id: int) -> HttpResponse:
    """A receipt's QR, read by a scanner or the tablet's camera."""
    code = request.POST.get("code", "").replace("\x00", "")
    return _done(
        request,
        at,
        visit_id,
        lambda: scan_receipt(market=at.market, actor=at.actor, visit_id=visit_id, code=code),
    )


@require_POST
@for_helper
def paper(request: HttpRequest, at: AtOffice, visit_id: int) -> HttpResponse:
    """A receipt that this program knows nothing of."""
    kinds = [pot.kind for pot in visit_of(visit_id).event.pots.all()]
    form = PaperForm(request.POST, kinds=kinds, streets=streets_of_stalls())
    if not form.is_valid():
        return table_page(request, at, visit_id, forms={"paper_form": form})
    return _done(
        request,
        at,
        visit_id,
        lambda: add_paper(market=at.market, actor=at.actor, visit_id=visit_id, told=form.receipt(), checked=True),
    )


@require_POST
@for_helper
def check(request: HttpRequest, at: AtOffice, receipt_id: int) -> HttpResponse:
    """So much of a receipt counts; `drop` takes it off the table."""
    receipt = TableReceipt.objects.select_related("visit__event").get(pk=receipt_id)
    kinds = [pot.kind for pot in receipt.visit.event.pots.all()]
    form = AmountsForm(request.POST, kinds=kinds)
    if not form.is_valid():
        return table_page(request, at, receipt.visit_id, forms={"amounts_form": form})
    drops = bool(request.POST.get("drop"))
    agri, fish = (0, 0) if drops else (form.won_of("agri"), form.won_of("fish"))
    return _done(
        request,
        at,
        receipt.visit_id,
        lambda: check_paper(market=at.market, actor=at.actor, receipt_id=receipt_id, agri_won=agri, fish_won=fish),
    )


@require_POST
@for_helper
def pay(request: HttpRequest, at: AtOffice, visit_id: int) -> HttpResponse:
    """Vouchers go over the desk: as many as the screen said."""
    said = request.POST.get("vouchers", "")
    vouchers = int(said) if said.isascii() and said.isdigit() and len(said) < 7 else -1
    key = f"desk:{request.POST.get('key', '')[:80]}"
    return _done(
        request,
        at,
        visit_id,
        lambda: pay_out(market=at.market, actor=at.actor, visit_id=visit_id, key=key, vouchers=vouchers),
    )


@require_POST
@for_helper
def undo(request: HttpRequest, at: AtOffice, payout_id: int) -> HttpResponse:
    """They came back over the desk."""
    visit_id = Payout.objects.values_list("visit_id", flat=True).get(pk=payout_id)
    return _done(request, at, visit_id, lambda: undo_payout(market=at.market, actor=at.actor, payout_id=payout_id))


@require_POST
@for_helper
def move(request: HttpRequest, at: AtOffice, visit_id: int) -> HttpResponse:
    """Call again, pass over, back into the queue, or give up."""
    state = MOVES.get(request.POST.get("to", ""))
    if state is None:
        raise Http404
    try:
        move_visit(market=at.market, actor=at.actor, visit_id=visit_id, state=state)
    except Refused as no:
        return desk_page(request, at, no)
    return redirect("helper:rebate_table", visit_id) if state == S.CALLED else redirect("helper:rebate")


@require_http_methods(["GET", "HEAD", "POST"])
@for_helper
def drawer(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Count the vouchers and give them to the next shift."""
    event = current_rebate()
    if event is None:
        raise Http404
    form = DrawerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        hand_over_drawer(market=at.market, actor=at.actor, event_id=event.pk, **form.cleaned_data)
        return redirect("helper:rebate_drawer")
    return drawer_page(request, at, event, form)


def _done(request: HttpRequest, at: AtOffice, visit_id: int, deed: Callable[[], object]) -> HttpResponse:
    """Do it and show the table anew; what was refused is said on it."""
    try:
        deed()
    except Refused as no:
        return table_page(request, at, visit_id, no)
    return redirect("helper:rebate_table", visit_id)
