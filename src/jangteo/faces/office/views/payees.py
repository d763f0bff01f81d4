"""Stalls at the gateway that pays them, and pay-outs that are wanted back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from jangteo.domains.markets.queries import stall_by_id
from jangteo.domains.payments.payouts_port import PayeeKind
from jangteo.domains.settlement.actions.call_payout_back import call_payout_back
from jangteo.domains.settlement.actions.set_payee import set_payee
from jangteo.domains.settlement.errors import BadPayee
from jangteo.domains.settlement.queries import accounts_of
from jangteo.domains.settlement.queries_payouts import payee_of
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces.office.done import went_well
from jangteo.faces.office.money_forms import AccountForm
from jangteo.faces.office.pages import page
from jangteo.faces.office.payee_page import PayeeForm, payee_shown


@require_POST
@for_office
def payee(request: HttpRequest, at: AtOffice, stall_id: int) -> HttpResponse:
    """Have the gateway told about the stall, or told again."""
    stall = stall_by_id(stall_id)
    form = PayeeForm(request.POST, stall=stall, payee=payee_of(stall_id))
    if form.is_valid():
        told = {**form.cleaned_data, "kind": PayeeKind(form.cleaned_data["kind"])}
        try:
            set_payee(market=at.market, actor=at.actor, stall_id=stall_id, **told)
            return went_well("payee", "office:account", stall_id)
        except BadPayee as no:
            form.refused(no)
    me = {"me": at.actor.ref, **payee_shown(at.market, stall, form)}
    return page(
        request, at, "account", stall=stall, accounts=accounts_of(stall_id), form=AccountForm(), status=422, **me
    )


@require_POST
@for_office
def call_back(request: HttpRequest, at: AtOffice, statement_id: int) -> HttpResponse:
    """Ask for a stall's money back before the gateway has begun to send it."""
    line = call_payout_back(market=at.market, actor=at.actor, line_id=statement_id)
    return went_well("called_back", "office:run", line.run_id)
