"""Signing in: a phone number, then the code that was sent to it. The first time makes the account."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jangteo.domains.markets.models import Market
from jangteo.domains.people.actions.confirm_phone import confirm_phone
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.shop.customer import GUEST, actor_of
from jangteo.faces.shop.entering import came_in, remember_way
from jangteo.faces.shop.forms import CodeForm, PhoneForm
from jangteo.faces.shop.pages import market_page, shown
from jangteo.faces.shop.practice import real_only
from jangteo.kernel.errors import Refused
from jangteo.kernel.limits import check_rate

HOUR = timedelta(hours=1)
CODES_PER_NUMBER = 5
CODES_PER_ADDRESS = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@market_page
@real_only
def enter(request: HttpRequest, market: Market) -> HttpResponse:
    form = PhoneForm(request.POST or None)
    if form.is_valid():
        try:
            _send_code(request, market, form.cleaned_data["phone"])
        except Refused as refused:
            form.add_error("phone", sentence(refused))
        else:
            remember_way(request, market)
            return HttpResponseRedirect(reverse("enter_code", args=[market.slug]))
    return shown(request, market, "enter.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@market_page
@real_only
def enter_code(request: HttpRequest, market: Market) -> HttpResponse:
    """Five wrong codes or five minutes end it, and one starts again with the number."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    process = LoginCodeVerificationProcess.resume(stage) if stage else None
    if process is None:
        return HttpResponseRedirect(reverse("enter", args=[market.slug]))
    form = CodeForm(request.POST or None, code=process.code)
    if form.is_valid():
        confirm_phone(market=market, actor=actor_of(request), user_id=process.user.pk)
        return came_in(request, market, process.user.pk, process.finish)
    if form.is_bound and not process.record_invalid_attempt():
        return HttpResponseRedirect(reverse("enter", args=[market.slug]))
    facts = {"form": form, "phone": process.state["phone"]}
    return shown(request, market, "enter_code.html", facts, status=422 if form.is_bound else 200)


@require_POST
@market_page
def leave(request: HttpRequest, market: Market) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect(reverse("front", args=[market.slug]))


def _send_code(request: HttpRequest, market: Market, phone: str) -> None:
    """Raises TooOften, NoTexts and TextRefused."""
    check_rate(f"code:{phone}", most=CODES_PER_NUMBER, window=HOUR)
    check_rate(f"code:{request.META.get('REMOTE_ADDR', '')}", most=CODES_PER_ADDRESS, window=HOUR)
    user = register_customer(market=market, actor=GUEST, phone=phone)
    LoginCodeVerificationProcess.initiate(request=request, user=user, phone=phone)
