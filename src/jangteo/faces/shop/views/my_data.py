"""내 정보: see it, correct it, take it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.markets.models import Market
from jangteo.domains.people.actions.change_person import change_person
from jangteo.domains.people.actions.change_phone import change_phone
from jangteo.domains.people.models import User
from jangteo.domains.regulars.actions.ask_take_out import ask_take_out
from jangteo.domains.regulars.errors import TakeOutGone
from jangteo.domains.regulars.queries_privacy import (
    content_now,
    newest_take_out,
    open_deletion,
    sign_ins_of,
    take_out_of,
)
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.privacy import time_limits, without_limit
from jangteo.faces.shop.customer import actor_of
from jangteo.faces.shop.entering import customer_page, fresh_page
from jangteo.faces.shop.forms import PhoneForm
from jangteo.faces.shop.my_data import (
    NEW_NUMBER,
    PersonForm,
    new_number_form,
    send_new_number_code,
    topics,
)
from jangteo.faces.shop.pages import asked, market_page, shown, wants_fragment
from jangteo.faces.shop.proving import waits_for_code
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused

SIGN_INS = 3


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@customer_page
def my_data(request: HttpRequest, market: Market, user: User) -> HttpResponse:
    """Everything by topic; the name is corrected right here."""
    form = PersonForm(request.POST or None, initial={"name": user.name})
    if form.is_valid():
        change_person(market=market, actor=actor_of(request), user_id=user.pk, **form.cleaned_data)
        return HttpResponseRedirect(f"{reverse('my_data', args=[market.slug])}?done=yes")
    facts = {"form": form, "user": user, "topics": topics(market, user), "deletion": open_deletion(user.pk)}
    more = {"sign_ins": sign_ins_of(user.pk, SIGN_INS), "done": asked(request, "done") == "yes"}
    return shown(request, market, "my_data.html", {**facts, **more}, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_page
def my_phone(request: HttpRequest, market: Market, user: User) -> HttpResponse:
    """The new number, to which a code goes."""
    form = PhoneForm(request.POST or None)
    if form.is_valid():
        try:
            send_new_number_code(request, user, form.cleaned_data["phone"])
        except Refused as refused:
            form.add_error("phone", sentence(refused))
        else:
            return HttpResponseRedirect(reverse("my_phone_code", args=[market.slug]))
    return shown(request, market, "my_phone.html", {"form": form, "user": user}, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_page
def my_phone_code(request: HttpRequest, market: Market, user: User) -> HttpResponse:
    """The code that came to the new number."""
    phone = waits_for_code(request, NEW_NUMBER)
    if not phone:
        return HttpResponseRedirect(reverse("my_phone", args=[market.slug]))
    form = new_number_form(request)
    if form.is_valid():
        change_phone(market=market, actor=actor_of(request), user_id=user.pk, phone=phone)
        del request.session[NEW_NUMBER]
        return HttpResponseRedirect(f"{reverse('my_data', args=[market.slug])}?done=yes")
    facts = {"form": form, "phone": phone}
    return shown(request, market, "my_phone_code.html", facts, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@fresh_page
def my_take(request: HttpRequest, market: Market, user: User) -> HttpResponse:
    """One file with everything; how far it is while it is being made."""
    if request.method == "POST":
        ask_take_out(market=market, actor=actor_of(request), user_id=user.pk)
        return HttpResponseRedirect(reverse("my_take", args=[market.slug]))
    template = "parts/my_take.html" if wants_fragment(request, "take") else "my_take.html"
    return shown(request, market, template, {"take_out": newest_take_out(user.pk)})


@never_cache
@require_safe
@fresh_page
def my_file(request: HttpRequest, market: Market, user: User, token: str) -> HttpResponse:
    """The file, for its person and for a day. Raises TakeOutGone."""
    take_out = take_out_of(user.pk, token)
    if take_out is None:
        raise Http404(token)
    content = content_now(take_out)
    if content is None:
        raise TakeOutGone
    name = f"my-data-{clock.calendar_day():%Y%m%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, "application/zip", headers=headers)


@require_safe
@market_page
def privacy(request: HttpRequest, market: Market) -> HttpResponse:
    """What is kept how long and why, from the table that the program itself keeps to."""
    return shown(request, market, "privacy.html", {"limits": time_limits(), "others": without_limit()})
