"""The telephone desk: one page for a call, from the number to the big order number."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.calls.actions.place_phone_order import place_phone_order
from jangteo.domains.calls.actions.text_link import text_link
from jangteo.domains.calls.models import PhoneOrder
from jangteo.domains.calls.queries import consent_of, last_taker, phone_order_of
from jangteo.domains.counter.actions.make_pay_link import make_pay_link
from jangteo.domains.counter.queries import living_pay_link
from jangteo.domains.ordering.queries_find import order_by_id
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.regulars.actions.note_look import Seen
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.looking import seen
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.call_page import CallPage, looks_up, page_of, pressed, wanted_from
from jangteo.faces.office.call_state import new_call, read_call
from jangteo.faces.office.pages import page
from jangteo.kernel import masking
from jangteo.kernel.errors import Refused
from jangteo.kernel.limits import check_rate
from jangteo.kernel.qr import qr_svg

MOST_LOOKS, WITHIN = 60, timedelta(minutes=10)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def calls(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """A call; every press posts all of it and gets it back changed, so that nothing is kept of it anywhere else."""
    if request.method != "POST":
        return _shown(request, at, page_of(at.market, new_call(last_taker(at.actor.ref) or at.device.name)))
    call, do = read_call(request.POST.dict()), request.POST.get("do", "enter")
    if do == "place":
        return _placed(request, at, page_of(at.market, call))
    try:
        if looks_up(call, do):
            check_rate(f"calls:{at.device.pk}", most=MOST_LOOKS, window=WITHIN)
        return _shown(request, at, page_of(at.market, pressed(at.market, call, do)))
    except Refused as no:
        return _shown(request, at, page_of(at.market, call), sentence(no))


@never_cache
@require_safe
@for_office
def call(request: HttpRequest, at: AtOffice, order_id: int) -> HttpResponse:
    """The big number, what the caller said yes to, and the family's link where there is one."""
    return _done(request, at, order_id)


@require_POST
@for_office
def call_link(request: HttpRequest, at: AtOffice, order_id: int) -> HttpResponse:
    """Send the family the link by text; make a new one where none lives."""
    view = order_by_id(order_id)
    try:
        if living_pay_link(view.order) is None:
            make_pay_link(market=at.market, actor=at.actor, token=view.order.token)
        if request.POST.get("phone", "").strip():
            text_link(market=at.market, actor=at.actor, order_id=order_id, phone=request.POST["phone"])
    except (Refused, PhoneOrder.DoesNotExist) as no:
        return _done(request, at, order_id, sentence(no) if isinstance(no, Refused) else "")
    return redirect("office:call", order_id)


def _shown(request: HttpRequest, at: AtOffice, told: CallPage, problem: str = "") -> HttpResponse:
    if told.call.looked:
        masked = masking.phone(told.call.looked)
        seen(request, at, Seen("caller", f"number:{masked}", people=int(bool(told.caller.orders))))
    facts = {"told": told, "problem": problem}
    fragment = {"call": "parts/call", "found": "parts/call_found"}.get(request.headers.get("X-Fragment", ""))
    if fragment is not None:
        return render(request, f"office/{fragment}.html", {"market": at.market, **facts})
    return page(request, at, "call", status=422 if problem else 200, told=told, problem=problem)


def _placed(request: HttpRequest, at: AtOffice, told: CallPage) -> HttpResponse:
    if (problem := _not_yet(told)) != "":
        return _shown(request, at, told, problem)
    try:
        placed = place_phone_order(market=at.market, actor=at.actor, told=wanted_from(told), key=told.call.key)
        if placed.state == OrderState.AWAITING_PAYMENT:
            make_pay_link(market=at.market, actor=at.actor, token=placed.token)
    except Refused as no:
        return _shown(request, at, page_of(at.market, told.call), sentence(no))
    if "X-Fragment" in request.headers:
        return HttpResponse(status=204, headers={"X-Go": reverse("office:call", args=[placed.order_id])})
    return redirect("office:call", placed.order_id)


def _not_yet(told: CallPage) -> str:
    """What the desk can put right before anything is asked of the market; "" for nothing."""
    call = told.call
    if told.stopped:
        return gettext("살 수 없는 물건이 있어요. 그 줄을 빼고 다시 읽어 드리세요.")
    if told.lines and told.brought is not None and told.brought.offer is None:
        return told.brought.problem or gettext("어디로 가져다드릴지 적고 Enter를 눌러 주세요.")
    if told.lines and told.brought is None and not told.times:
        return gettext("지금은 찾으러 올 수 있는 시간이 없어요. 시장 여는 날을 봐 주세요.")
    if told.lines and call.agreed and not told.is_agreed:
        return gettext("읽어 드린 뒤에 값이나 시간이 바뀌었어요. 다시 읽어 드리고 표시해 주세요.")
    return ""


def _done(request: HttpRequest, at: AtOffice, order_id: int, problem: str = "") -> HttpResponse:
    view, made = order_by_id(order_id), phone_order_of(order_id)
    if made is None:
        return redirect("office:order", order_id)
    seen(request, at, Seen("order", f"order:{order_id}"))
    link = living_pay_link(view.order)
    address = "" if link is None else request.build_absolute_uri(reverse("pay_link", args=[at.market.slug, link.token]))
    facts = {"view": view, "made": made, "consent": consent_of(made), "link": link, "address": address}
    code = qr_svg(address) if address else ""
    return page(request, at, "call_done", status=422 if problem else 200, problem=problem, code=code, **facts)
