"""News to one's regulars: what to say, to whom, send; and what came of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.campaigns.actions.plan_campaign import plan_campaign
from jangteo.domains.campaigns.actions.stop_campaign import stop_campaign
from jangteo.domains.campaigns.queries import campaign_of, campaigns
from jangteo.domains.campaigns.trying import try_out
from jangteo.faces._parts.composing import ComposeForm, in_the_morning, preview_of
from jangteo.faces._parts.devices import AtStall, for_stall, for_stall_itself
from jangteo.faces.merchant.news import result_of, sayings, whom
from jangteo.faces.merchant.pages import page


@require_safe
@for_stall
def news(request: HttpRequest, at: AtStall) -> HttpResponse:
    return page(request, at, "news", sent=[result_of(one) for one in campaigns(at.stall.pk)])


@require_safe
@for_stall
def new_news(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The three steps are one address: what is chosen stands behind its question mark."""
    form = ComposeForm(request.GET)
    if form.is_valid():
        preview = preview_of(at.market, form.wanted(at.stall.pk))
        return page(request, at, "news_sure", preview=preview)
    if "body" in form.errors:
        return page(request, at, "news_say", sayings=sayings(at.stall.pk), typed="body" in request.GET)
    return page(request, at, "news_whom", form=form, whom=whom(), body=form.cleaned_data["body"])


@require_POST
@for_stall_itself
def send_news(request: HttpRequest, at: AtStall) -> HttpResponse:
    """It costs the stall money, so nobody else presses this for it."""
    form = ComposeForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("merchant:new_news"))
    wanted = in_the_morning(form.wanted(at.stall.pk))
    campaign = plan_campaign(market=at.market, actor=at.actor, wanted=wanted)
    return HttpResponseRedirect(reverse("merchant:news_sent", args=[campaign.pk]))


@require_POST
@for_stall_itself
def try_news(request: HttpRequest, at: AtStall) -> HttpResponse:
    """To the stall's own phone."""
    form = ComposeForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("merchant:new_news"))
    preview = preview_of(at.market, form.wanted(at.stall.pk))
    try_out(message=preview.message, actor=at.actor, number=at.stall.phone)
    return page(request, at, "news_sure", preview=preview, tried=True)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def news_sent(request: HttpRequest, at: AtStall, campaign_id: int) -> HttpResponse:
    """What came of it; posted, stop."""
    if request.method == "POST":
        stop_campaign(market=at.market, actor=at.actor, campaign_id=campaign_id, stall_id=at.stall.pk)
        return HttpResponseRedirect(reverse("merchant:news_sent", args=[campaign_id]))
    return page(request, at, "news_sent", one=result_of(campaign_of(campaign_id, at.stall.pk)))
