"""내 정보: the e-mail address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jangteo.domains.markets.models import Market
from jangteo.domains.people.actions.change_email import change_email
from jangteo.domains.people.models import User
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.shop.customer import actor_of
from jangteo.faces.shop.entering import customer_page
from jangteo.faces.shop.my_email import NEW_EMAIL, EmailForm, can_send, code_form, send_code
from jangteo.faces.shop.pages import shown
from jangteo.faces.shop.proving import waits_for_code
from jangteo.kernel.errors import Refused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def my_email(request: HttpRequest, market: Market, user: User) -> HttpResponse:
    """Type an address, to which a code goes; or take the one away that is known."""
    if request.POST.get("off") == "yes":
        change_email(market=market, actor=actor_of(request), user_id=user.pk, email="")
        return _back(market)
    form = EmailForm(request.POST or None)
    if form.is_valid():
        try:
            send_code(request, market, user, form.cleaned_data["email"])
        except Refused as refused:
            form.add_error("email", sentence(refused))
        else:
            return HttpResponseRedirect(reverse("my_email_code", args=[market.slug]))
    return _asks(request, market, user, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def my_email_code(request: HttpRequest, market: Market, user: User) -> HttpResponse:
    """The code that came by mail; only then is the address written down."""
    address = waits_for_code(request, NEW_EMAIL)
    if not address and request.method == "POST":
        return HttpResponseRedirect(reverse("my_email", args=[market.slug]))
    if not address:
        return _asks(request, market, user, EmailForm())
    form = code_form(request)
    if form.is_valid():
        change_email(market=market, actor=actor_of(request), user_id=user.pk, email=address)
        del request.session[NEW_EMAIL]
        return _back(market)
    facts = {"form": form, "address": address}
    return shown(request, market, "my_email_code.html", facts, status=422 if form.is_bound else 200)


def _asks(request: HttpRequest, market: Market, user: User, form: EmailForm) -> HttpResponse:
    facts = {"form": form, "user": user, "can_send": can_send(), "at": reverse("my_email", args=[market.slug])}
    return shown(request, market, "my_email.html", facts, status=422 if form.is_bound else 200)


def _back(market: Market) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('my_data', args=[market.slug])}?done=yes")
