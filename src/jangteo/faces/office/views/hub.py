"""The hub of the market: whether orders are gathered, how, and what becomes of what nobody fetches."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from jangteo.domains.hub.actions.set_plan import set_plan
from jangteo.domains.hub.actions.write_keep_rule import write_keep_rule
from jangteo.domains.hub.queries import any_plan, keep_rule, keep_rules
from jangteo.domains.hub.told import NewPlan
from jangteo.domains.markets.queries import streets_in_order
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.done import went_well
from jangteo.faces.office.hub_forms import PlanForm, RuleForm
from jangteo.faces.office.pages import page
from jangteo.kernel.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def hub(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Gather orders, and how."""
    form = PlanForm(request.POST if request.method == "POST" else None, any_plan(), streets_in_order())
    if form.is_valid():
        set_plan(market=at.market, actor=at.actor, told=form.told())
        return went_well("hub", "office:hub")
    return _page(request, at, form, RuleForm(None))


@require_POST
@for_office
def off(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Orders are handed over at the stalls again; what is written stays for the next time."""
    plan = any_plan()
    if plan is not None:
        told = NewPlan(plan.brings, plan.tour_minutes, plan.shelves, is_on=False, street_id=plan.street_id)
        set_plan(market=at.market, actor=at.actor, told=told)
    return went_well("hub_off", "office:hub")


@require_POST
@for_office
def rule(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """How long the shelf keeps things, from a day on."""
    form = RuleForm(request.POST)
    if form.is_valid():
        try:
            write_keep_rule(market=at.market, actor=at.actor, told=form.told())
            return went_well("hub_rule", "office:hub")
        except Refused as no:
            form.add_error("starts", sentence(no))
    return _page(request, at, PlanForm(None, any_plan(), streets_in_order()), form)


def _page(request: HttpRequest, at: AtOffice, form: PlanForm, rule_form: RuleForm) -> HttpResponse:
    status = 422 if form.is_bound or rule_form.is_bound else 200
    facts = {"plan": any_plan(), "form": form, "rule_form": rule_form, "rules": keep_rules(), "rule": keep_rule()}
    return page(request, at, "hub", status=status, **facts)
