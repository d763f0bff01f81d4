"""Taking an amount at the counter: the code on the phone, claims, giving back, and the sticker."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.open_sale import WantedSale, open_sale
from jangteo.domains.counter.actions.refund_sale import WantedBack, refund_sale
from jangteo.domains.counter.actions.undo_sale_refund import undo_sale_refund
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.queries import quote_refund, sale_of_stall, sales_since
from jangteo.domains.counter.states import SaleState
from jangteo.faces._parts.devices import AtStall, for_stall, for_stall_itself
from jangteo.faces._parts.stickers import sticker_file
from jangteo.faces.merchant.counter import done_giving, how_it_stands, sale_address, seconds_left, way_back_of
from jangteo.faces.merchant.forms import AskForm, BackForm
from jangteo.faces.merchant.pages import page, posted
from jangteo.kernel import clock, ids
from jangteo.kernel.qr import qr_svg


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def qr(request: HttpRequest, at: AtStall) -> HttpResponse:
    """How much it is; below, what came today."""
    form = AskForm(posted(request), initial={"key": ids.new_token()})
    if form.is_valid():
        wanted = WantedSale(at.stall.pk, form.cleaned_data["amount_won"], CounterSale.Source.DYNAMIC)
        sale = open_sale(market=at.market, actor=at.actor, wanted=wanted, key=form.cleaned_data["key"])
        return HttpResponseRedirect(reverse("merchant:code", args=[sale.pk]))
    since, _end = clock.day_bounds(clock.today())
    today, done = sales_since(at.stall.pk, since), done_giving(request.GET.get("gave", ""), clock.now())
    return page(request, at, "qr", form=form, today=today, done=done, status=422 if form.is_bound else 200)


@require_safe
@for_stall
def code(request: HttpRequest, at: AtStall, sale_id: int) -> HttpResponse:
    """The code to hold out, and what has come of it."""
    sale = sale_of_stall(sale_id)
    stands, left = how_it_stands(sale, clock.now()), seconds_left(sale)
    svg = qr_svg(sale_address(request, at.market, sale))
    return page(request, at, "code", sale=sale, stands=stands, left=left, code=svg)


@require_POST
@for_stall
def answer(request: HttpRequest, at: AtStall, sale_id: int) -> HttpResponse:
    """Whether the money that a customer says was handed over is there."""
    told = request.POST.get("received")
    if told in ("yes", "no"):
        answer_claim(market=at.market, actor=at.actor, sale_id=sale_id, received=told == "yes")
    return HttpResponseRedirect(reverse("merchant:code", args=[sale_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall_itself
def give_back(request: HttpRequest, at: AtStall, sale_id: int) -> HttpResponse:
    """How much, then the quote, and one press: nothing moves until that is posted."""
    sale = sale_of_stall(sale_id)
    if request.method != "POST":
        return _asked(request, at, sale)
    # A form that comes again asks for more than is left by then, and is answered all the same.
    form, key = BackForm(request.POST, sale.amount_won), request.POST.get("key", "")
    if not (form.is_valid() and key):
        return HttpResponseRedirect(reverse("merchant:give_back", args=[sale_id]))
    wanted = WantedBack(sale_id, form.won)
    refund = refund_sale(market=at.market, actor=at.actor, wanted=wanted, key=key)
    return HttpResponseRedirect(f"{reverse('merchant:qr')}?gave={refund.pk}")


@require_POST
@for_stall_itself
def undo_back(request: HttpRequest, at: AtStall, refund_id: int) -> HttpResponse:
    """A mistaken tap: the money never left the stall's hand."""
    undo_sale_refund(market=at.market, actor=at.actor, refund_id=refund_id)
    return HttpResponseRedirect(reverse("merchant:qr"))


@require_safe
@for_stall
def sticker(request: HttpRequest, at: AtStall) -> HttpResponse:
    return sticker_file(request, at.market, [at.stall])


def _asked(request: HttpRequest, at: AtStall, sale: CounterSale) -> HttpResponse:
    if sale.state != SaleState.PAID:
        return HttpResponseRedirect(reverse("merchant:qr"))
    asked = "whole" in request.GET or "amount_won" in request.GET
    form = BackForm(request.GET if asked else None, sale.left_won)
    if not form.is_valid():
        return page(request, at, "give_back", sale=sale, form=form, status=422 if asked else 200)
    quote = quote_refund(sale, form.won)
    ways, key = [way_back_of(sale, quote)], ids.new_token()
    return page(request, at, "give_back_sure", sale=sale, quote=quote, ways=ways, key=key)
