"""현장 계산: the till in the stall's own hand, online and offline."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.counter.actions.open_sale import WantedSale, open_sale
from jangteo.domains.counter.actions.record_till_sale import record_till_sale
from jangteo.domains.counter.errors import LinesWrong
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.queries import taken_won
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.merchant import spoken
from jangteo.faces.merchant import till as tills
from jangteo.faces.merchant.pages import page
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused
from jangteo.kernel.idempotency import KeyBusy

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def till(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The pad with the stall's goods. Posted, it is the plain form of a phone without scripts: one amount."""
    if request.method != "POST":
        return _till(request, at, done=tills.done_ringing(request.GET.get("rung", ""), at.stall.pk))
    try:
        told = tills.typed_sale(at.stall.pk, request.POST)
    except ValidationError as wrong:
        return _till(request, at, errors=wrong.messages, status=422)
    key = request.POST.get("key", "")
    sale = record_till_sale(market=at.market, actor=at.actor, told=told, key=key)
    return HttpResponseRedirect(f"{reverse('merchant:till')}?rung={sale.pk}")


@require_POST
@for_stall
def ring_up(request: HttpRequest, at: AtStall, stall_id: int) -> HttpResponse:
    """A sale from the device's outbox. What another stall has kept on this phone is never written to this one."""
    if stall_id != at.stall.pk:
        return JsonResponse({}, status=HTTPStatus.FORBIDDEN)
    key = request.headers.get("Idempotency-Key", "")
    try:
        told = tills.told_sale(at.stall.pk, request.body)
        sale = record_till_sale(market=at.market, actor=at.actor, told=told, key=key)
    except KeyBusy:
        return JsonResponse({}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    except Refused as no:
        return JsonResponse({"code": no.code, "words": sentence(no)}, status=UNPROCESSABLE)
    return JsonResponse(tills.answer_of(request, sale))


@require_safe
@for_stall
def till_pass(request: HttpRequest, at: AtStall) -> HttpResponse:
    """Whose phone this is now, and what its next sending has to carry: a page from the cache knows neither."""
    return JsonResponse({"stall": at.stall.pk, "csrf": get_token(request)})


@require_POST
@for_stall
def till_code(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The customer pays by phone: a code to scan over the lines."""
    lines = tills.told_lines(request.POST.get("lines", ""))
    if not (key := request.POST.get("key", "")):
        raise LinesWrong
    wanted = WantedSale(
        at.stall.pk,
        sum(line.amount_won for line in lines),
        CounterSale.Source.DYNAMIC,
        lines=lines,
        phone=tills.readable_phone(request.POST.get("phone")),
    )
    sale = open_sale(market=at.market, actor=at.actor, wanted=wanted, key=key)
    return HttpResponseRedirect(reverse("merchant:code", args=[sale.pk]))


def _till(request: HttpRequest, at: AtStall, *, status: int = 200, **more: object) -> HttpResponse:
    goods, ways = tills.till_goods(at.stall.pk), tills.till_ways(at.stall)
    today_won = taken_won(at.stall.pk, *clock.day_bounds(clock.today()))
    facts: dict[str, object] = {"stamp_url": tills.stamp_of_rung(request.GET.get("rung", ""), at.stall.pk)}
    facts |= {"goods": goods, "ways": ways, "today_won": today_won, "say": spoken.TILL, "key": str(uuid.uuid4())}
    return page(request, at, "till", status=status, **facts, **more)
