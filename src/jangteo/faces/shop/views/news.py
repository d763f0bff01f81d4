"""A customer says which news they want, by which way; and never again by a link that needs no sign-in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.campaigns import outside
from jangteo.domains.campaigns.errors import LinkMadeUp
from jangteo.domains.campaigns.queries import push_endpoint
from jangteo.domains.markets.models import Market
from jangteo.faces.shop.customer import actor_of, signed_in
from jangteo.faces.shop.news import NewsForm, PushForm, choices_of, keep_push, say, say_by_link, worker_text
from jangteo.faces.shop.pages import market_page, shown
from jangteo.faces.shop.practice import real_only


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
@real_only
def shop_news(request: HttpRequest, market: Market) -> HttpResponse:
    """Every press is kept at once, and can be taken back by the next."""
    user, form = signed_in(request), NewsForm(request.POST or None)
    if user is None:
        return shown(request, market, "news.html", {})
    if form.is_valid():
        say(market, actor_of(request), user, form)
        return HttpResponseRedirect(f"{reverse('shop_news', args=[market.slug])}?kept=1")
    return shown(request, market, "news.html", {"user": user, "choices": choices_of(user)})


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
@real_only
def news_push(request: HttpRequest, market: Market) -> HttpResponse:
    """Whether this browser is known as this person's; posted, it is from now on."""
    user = signed_in(request)
    if user is None:
        return HttpResponse(status=403)
    if request.method != "POST":
        return JsonResponse({"known": push_endpoint(user.pk, request.GET.get("endpoint", "")[:1000])})
    form = PushForm(request.POST)
    if not form.is_valid():
        return JsonResponse(form.errors.get_json_data(), status=422)
    keep_push(market, actor_of(request), user, form)
    return HttpResponse(status=204)


@require_safe
@market_page
def news_worker(request: HttpRequest, market: Market) -> HttpResponse:
    """What shows a message when it comes. Anybody may read it."""
    return HttpResponse(worker_text(), content_type="text/javascript; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def no_ads(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The address at the end of every message. Only a press counts: programs that look links over press nothing."""
    user_id = outside.seal().user_id(market.pk, token)
    if user_id is None or market.is_practice:
        return shown(request, market, "no_ads.html", {"refused": LinkMadeUp()}, status=404)
    said = request.POST.get("say", "no") if request.method == "POST" else ""
    if said:
        say_by_link(market, user_id, said)
    return shown(request, market, "no_ads.html", {"said": said})
