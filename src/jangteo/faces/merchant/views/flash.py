"""떨이: what is left goes for less, from now or from an hour on, and can be taken back."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from jangteo.domains.events.actions.start_flash import start_flash
from jangteo.domains.events.actions.take_back_flash import take_back_flash
from jangteo.domains.events.queries import flashes, sellable_goods
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.merchant.flash_form import FlashForm
from jangteo.faces.merchant.pages import page, posted
from jangteo.kernel.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def flash(request: HttpRequest, at: AtStall) -> HttpResponse:
    """What goes for less now, with the way back; below it the form."""
    goods = sellable_goods(at.stall.pk)
    form = FlashForm(posted(request), market=at.market, goods=goods)
    if form.is_valid():
        try:
            start_flash(market=at.market, actor=at.actor, told=form.told(at.stall.pk))
            return redirect("merchant:flash")
        except Refused as no:
            form.add_error(None, sentence(no))
    batches = [list(rows) for _, rows in groupby(flashes(at.stall.pk), key=lambda row: row.batch)]
    return page(request, at, "flash", form=form, goods=goods, batches=batches, status=422 if form.is_bound else 200)


@require_POST
@for_stall
def undo(request: HttpRequest, at: AtStall) -> HttpResponse:
    """All of it costs again what it did."""
    take_back_flash(market=at.market, actor=at.actor, batch=request.POST.get("batch", "")[:32].replace("\x00", ""))
    return redirect("merchant:flash")
