"""The association's messages: what was sent and what it did, a new one, refusals by telephone, prices, Alimtalk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.campaigns.actions.change_terms import change_terms
from jangteo.domains.campaigns.actions.plan_campaign import plan_campaign
from jangteo.domains.campaigns.actions.refuse_by_numbers import refuse_by_numbers
from jangteo.domains.campaigns.actions.stop_campaign import stop_campaign
from jangteo.domains.campaigns.actions.write_template import write_template
from jangteo.domains.campaigns.queries import campaign_of, campaigns, templates, untold_notices
from jangteo.domains.campaigns.queries_people import terms_of
from jangteo.domains.campaigns.trying import try_out
from jangteo.faces._parts.composing import ComposeForm, in_the_morning, preview_of
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces.office.done import went_well
from jangteo.faces.office.message_forms import NumbersForm, TemplateForm, TermsForm, terms_initial
from jangteo.faces.office.message_page import approved, detail_of, listed_of, template_rows
from jangteo.faces.office.pages import page, show


@require_safe
@for_office
def messages(request: HttpRequest, at: AtOffice) -> HttpResponse:
    listed = [listed_of(one) for one in campaigns()]
    return page(request, at, "messages", sent=listed, untold=untold_notices())


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def new_message(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Looked at as often as one likes; posted, it goes."""
    form = ComposeForm(request.POST or request.GET or None)
    if not form.is_valid():
        return page(request, at, "message_new", form=form, templates=approved(), status=422 if form.is_bound else 200)
    if request.method == "POST":
        campaign = plan_campaign(market=at.market, actor=at.actor, wanted=in_the_morning(form.wanted()))
        return went_well("message", "office:message", campaign.pk)
    return page(request, at, "message_sure", preview=preview_of(at.market, form.wanted()))


@require_POST
@for_office
def try_message(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """To a number of one's own."""
    form = ComposeForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("office:new_message"))
    preview = preview_of(at.market, form.wanted())
    try_out(message=preview.message, actor=at.actor, number=request.POST.get("number", ""))
    return page(request, at, "message_sure", preview=preview, tried=True)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def message(request: HttpRequest, at: AtOffice, campaign_id: int) -> HttpResponse:
    """What it did, and what was sent to whom; posted, stop."""
    if request.method == "POST":
        stop_campaign(market=at.market, actor=at.actor, campaign_id=campaign_id)
        return went_well("message_stopped", "office:message", campaign_id)
    return show(request, at, "message", detail_of(campaign_of(campaign_id)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def refusals(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Numbers that asked for no more by telephone or by answering a text."""
    form = NumbersForm(request.POST or None)
    if not form.is_valid():
        return page(request, at, "message_refusals", form=form, status=422 if form.is_bound else 200)
    count = refuse_by_numbers(market=at.market, actor=at.actor, numbers=form.cleaned_data["numbers"], place="phone")
    return page(request, at, "message_refusals", form=NumbersForm(), count=count)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def message_terms(request: HttpRequest, at: AtOffice) -> HttpResponse:
    form = TermsForm(request.POST or None, initial=terms_initial(terms_of(at.market)))
    if not form.is_valid():
        return page(request, at, "message_terms", form=form, status=422 if form.is_bound else 200)
    change_terms(market=at.market, actor=at.actor, values=form.values())
    return went_well("message_terms", "office:messages")


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def message_templates(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """One code is one text: written again it is changed."""
    form = TemplateForm(request.POST or None)
    if not form.is_valid():
        rows = template_rows(templates())
        return page(request, at, "message_templates", form=form, rows=rows, status=422 if form.is_bound else 200)
    write_template(market=at.market, actor=at.actor, new=form.template())
    return went_well("message_template", "office:message_templates")
