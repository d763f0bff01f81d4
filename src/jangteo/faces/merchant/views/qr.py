"""Taking an amount at the counter: the code on the phone, claims, giving back, and the sticker."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.open_sale import WantedSale, open_sale
from jangteo.domains.counter.actions.refund_sale import refund_sale
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.queries import sale_of_stall, sales_since
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces._parts.stickers import sticker_file
from jangteo.faces.merchant.counter import how_it_stands, sale_address, seconds_left
from jangteo.faces.merchant.forms import AskForm
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
    today = sales_since(at.stall.pk, since)
    return page(request, at, "qr", form=form, today=today, status=422 if form.is_bound else 200)


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
@for_stall
def give_back(request: HttpRequest, at: AtStall, sale_id: int) -> HttpResponse:
    """The whole amount goes back; asked about first, with the amount."""
    sale = sale_of_stall(sale_id)
    if request.method == "POST":
        refund_sale(market=at.market, actor=at.actor, sale_id=sale_id)
        return HttpResponseRedirect(reverse("merchant:qr"))
    return page(request, at, "give_back", sale=sale)


@require_safe
@for_stall
def sticker(request: HttpRequest, at: AtStall) -> HttpResponse:
    return sticker_file(request, at.market, [at.stall])
