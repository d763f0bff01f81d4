"""손님 쿠폰: a customer who is known by number uses a coupon at the till."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jangteo.domains.counter.actions.refund_sale import WantedBack, refund_sale
from jangteo.domains.counter.actions.sell_with_coupon import sell_with_coupon
from jangteo.domains.stamps.actions.name_customer import name_customer
from jangteo.faces._parts.devices import AtStall, for_stall, for_stall_itself
from jangteo.faces._parts.words.coupon_words import counter_sentence
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.merchant import till_coupons as facts
from jangteo.faces.merchant.pages import page
from jangteo.kernel.errors import Refused
from jangteo.kernel.limits import check_rate

# What somebody holds is told for a number that was only said: so not for one number after the other.
LOOKS, LOOKS_WINDOW = 60, timedelta(minutes=10)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def coupons(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The number and the amount; then what can be used for it."""
    if request.method == "POST":
        return _named(request, at)
    user_id = facts.known_user(at, request.GET.get("who", ""))
    form = facts.WhoForm(request.GET) if user_id is not None else facts.WhoForm()
    if user_id is None or "amount_won" in form.errors:
        used = facts.used_sale(at, request.GET.get("used", ""))
        blank = facts.WhoForm(initial={"amount_won": request.GET.get("amount_won", "")})
        return _page(request, at, form=blank, used=used)
    chooser = facts.chooser(at, user_id, form.cleaned_data["amount_won"], request.GET.get("way", ""))
    return _page(request, at, chooser=chooser)


@require_POST
@for_stall
def use(request: HttpRequest, at: AtStall) -> HttpResponse:
    """One tap: the sale is booked less the coupon. What went wrong is said where another can be chosen."""
    told = request.POST.dict()
    wanted = facts.wanted_sale(at, told)
    if wanted is None:
        return HttpResponseRedirect(reverse("merchant:till_coupons"))
    try:
        sale = sell_with_coupon(market=at.market, actor=at.actor, wanted=wanted, key=told.get("key", ""))
    except Refused as no:
        chooser = facts.chooser(at, wanted.user_id, wanted.amount_won, wanted.way)
        return _page(request, at, chooser=chooser, wrong=counter_sentence(no) or sentence(no), status=422)
    return HttpResponseRedirect(facts.told_address(at, sale))


@require_POST
@for_stall_itself
def back(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The wrong one: sale and coupon are as if nobody had tapped. A second press changes nothing."""
    sale = facts.used_sale(at, request.POST.get("used", ""))
    if sale is None:
        return HttpResponseRedirect(reverse("merchant:till_coupons"))
    refund_sale(market=at.market, actor=at.actor, wanted=WantedBack(sale.pk), key=f"coupon-back-{sale.ref}")
    return HttpResponseRedirect(f"{reverse('merchant:till_coupons')}?back=yes")


def _named(request: HttpRequest, at: AtStall) -> HttpResponse:
    form = facts.WhoForm(request.POST)
    if form.is_valid():
        try:
            check_rate(f"till-coupons:{at.stall.pk}", most=LOOKS, window=LOOKS_WINDOW)
            user = name_customer(market=at.market, actor=at.actor, who=form.cleaned_data["who"])
        except Refused as no:
            form.add_error("who", sentence(no))
        else:
            asked = {"who": facts.known_as(at, user.pk), "amount_won": form.cleaned_data["amount_won"]}
            return HttpResponseRedirect(f"{reverse('merchant:till_coupons')}?{urlencode(asked)}")
    return _page(request, at, form=form, status=422)


def _page(request: HttpRequest, at: AtStall, *, status: int = 200, **more: object) -> HttpResponse:
    done = facts.done_with_coupon(at, request.GET.dict())
    return page(request, at, "till_coupons", status=status, done=done, **more)
