"""A customer's coupons and points, and the code of a new one."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jangteo.domains.markets.models import Market
from jangteo.domains.promotions.actions.take_code import take_code
from jangteo.domains.promotions.queries import point_grants_of
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.shop.coupon_cards import coupon_cards, point_cards
from jangteo.faces.shop.customer import actor_of, user_id_of
from jangteo.faces.shop.pages import market_page, shown
from jangteo.faces.shop.practice import real_only
from jangteo.kernel.errors import Refused
from jangteo.kernel.limits import check_rate

# Nobody types ten wrong codes; a program that guesses gets no further, nor with many accounts from one address.
TRIES, ADDRESS_TRIES, WINDOW = 10, 60, timedelta(minutes=10)
MOST_CODE = 40


class CodeForm(forms.Form):
    """A coupon's code as it is printed or said."""

    code = forms.CharField(
        label=_("쿠폰 번호"),
        max_length=MOST_CODE,
        help_text=_("종이나 문자에 적힌 번호예요. 띄어쓰기는 없어도 돼요."),
        widget=forms.TextInput({"class": "input num", "autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("쿠폰 번호를 적어 주세요."), "max_length": _("번호가 너무 길어요.")},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@market_page
@real_only
def coupons(request: HttpRequest, market: Market) -> HttpResponse:
    """`?code=` is what a QR brings: it is filled in, and one press takes it."""
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"code": request.GET.get("code", "")})
    user_id = user_id_of(request)
    if user_id is None:
        status = 422 if form.is_bound else 200
        return shown(request, market, "coupons.html", {"form": form, "user": None}, status=status)
    if form.is_valid() and _take(request, market, user_id, form):
        return HttpResponseRedirect(reverse("coupons", args=[market.slug]) + "?taken=1")
    points = point_cards(user_id)
    facts: dict[str, object] = {"form": form, "user": request.user, "cards": coupon_cards(user_id), "points": points}
    facts |= {"grants": point_grants_of(user_id) if points else (), "taken": "taken" in request.GET}
    return shown(request, market, "coupons.html", facts, status=422 if form.is_bound else 200)


def _take(request: HttpRequest, market: Market, user_id: int, form: CodeForm) -> bool:
    try:
        check_rate(f"coupon:{user_id}", most=TRIES, window=WINDOW)
        check_rate(f"coupon:{request.META.get('REMOTE_ADDR', '')}", most=ADDRESS_TRIES, window=WINDOW)
        take_code(market=market, actor=actor_of(request), user_id=user_id, code=form.cleaned_data["code"])
    except Refused as refused:
        form.add_error("code", sentence(refused))
        return False
    return True
