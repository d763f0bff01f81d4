"""Settlement runs from the close of a period to its end, and where stalls are paid."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.markets.queries import stall_by_id, stall_names
from jangteo.domains.settlement.actions.close_run import close_run
from jangteo.domains.settlement.actions.confirm_account import confirm_account
from jangteo.domains.settlement.actions.note_returned import note_returned
from jangteo.domains.settlement.actions.propose_account import propose_account
from jangteo.domains.settlement.actions.set_payout_terms import set_payout_terms
from jangteo.domains.settlement.actions.take_answer import take_answer
from jangteo.domains.settlement.bankfiles.samples import samples
from jangteo.domains.settlement.billing import terms_of
from jangteo.domains.settlement.business_days import korean_date
from jangteo.domains.settlement.errors import SettlementRefused
from jangteo.domains.settlement.models import PayoutFile
from jangteo.domains.settlement.queries import (
    accounts_of,
    due_day,
    line_view,
    open_money,
    outcome_of,
    run_view,
    runs,
)
from jangteo.domains.settlement.queries_payouts import payout_of
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.done import went_well
from jangteo.faces.office.money_forms import AccountForm, TermsForm, given_file, told_day
from jangteo.faces.office.money_words import MODES, STATES, yesterday
from jangteo.faces.office.pages import page, show
from jangteo.faces.office.payee_page import payee_shown
from jangteo.faces.office.run_deeds import DEEDS
from jangteo.faces.office.run_page import run_page
from jangteo.faces.office.sending_words import STATES as PAYOUT_STATES
from jangteo.kernel import clock


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def settlements(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """What has come together, the form that closes it, and the runs so far."""
    if request.method == "POST":
        last = told_day(request.POST.get("last", ""), yesterday())
        return went_well("run_closed", "office:run", close_run(market=at.market, actor=at.actor, last=last).pk)
    collected = open_money(at.market)
    names = stall_names(collected.won_by_stall.keys())
    rows = [(names[stall], one) for stall, one in collected.won_by_stall.items()]
    shown: dict[str, object] = {"runs": runs(), "states": STATES, "modes": MODES, "rows": rows, "open": collected}
    return show(request, at, "settlements", shown | {"terms": terms_of(at.market), "last": yesterday()})


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def run(request: HttpRequest, at: AtOffice, run_id: int) -> HttpResponse:
    """One run: where it stands, who must do what next, and every stall's line."""
    view = run_view(run_id)
    deed = DEEDS.get(request.POST.get("do", ""))
    if deed is not None:
        return deed(at, run_id)
    return show(request, at, "run", run_page(view, at.actor))


@require_safe
@for_office
def run_file(request: HttpRequest, at: AtOffice, run_id: int) -> HttpResponse:
    """The bank's file, byte for byte as it was made."""
    file = PayoutFile.objects.get(run_id=run_id)
    answer = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
@for_office
def answer(request: HttpRequest, at: AtOffice, run_id: int) -> HttpResponse:
    """The bank's answer file: whose money was sent, and whose came back."""
    known = run_view(run_id).run
    take_answer(market=at.market, actor=at.actor, run_id=known.pk, source=given_file(request))
    return went_well("run_answered", "office:run", run_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def statement(request: HttpRequest, at: AtOffice, statement_id: int) -> HttpResponse:
    """A stall's statement to be printed; a post says that the bank has sent its money back."""
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        line = note_returned(market=at.market, actor=at.actor, line_id=statement_id, reason=reason)
        return went_well("returned", "office:run", line.run_id)
    line = line_view(statement_id)
    shown: dict[str, object] = {"line": line, "run": line.run, "outcome": outcome_of(line), "modes": MODES}
    return show(request, at, "statement", shown | {"payout": payout_of(line.pk), "payout_states": PAYOUT_STATES})


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def account(request: HttpRequest, at: AtOffice, stall_id: int) -> HttpResponse:
    """Where a stall is paid: one person writes it down, another confirms it."""
    stall, form = stall_by_id(stall_id), AccountForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            propose_account(market=at.market, actor=at.actor, stall_id=stall_id, account=form.account())
            return went_well("account_proposed", "office:account", stall_id)
        except SettlementRefused as no:
            form.add_error("number", sentence(no))
    accounts, status = accounts_of(stall_id), 422 if form.is_bound else 200
    me = {"me": at.actor.ref, **payee_shown(at.market, stall)}
    return page(request, at, "account", stall=stall, accounts=accounts, form=form, status=status, **me)


@require_POST
@for_office
def confirm(request: HttpRequest, at: AtOffice, stall_id: int) -> HttpResponse:
    """The second person's yes to the account that waits."""
    waiting = accounts_of(stall_by_id(stall_id).pk).proposed
    if waiting is None:
        return redirect("office:account", stall_id)
    confirm_account(market=at.market, actor=at.actor, account_id=waiting.pk)
    return went_well("account_confirmed", "office:account", stall_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def terms(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Who pays the stalls, when, what is taken of it, and how the bank wants its file."""
    known = terms_of(at.market)
    form = TermsForm(request.POST if request.method == "POST" else None, terms=known)
    if form.is_valid():
        try:
            set_payout_terms(market=at.market, actor=at.actor, terms=form.new_terms())
            return went_well("terms", "office:settlements")
        except SettlementRefused as no:
            form.add_error("registration" if form.cleaned_data["mode"] == "association_pays" else "fee", sentence(no))
    more = {"known": known, "due": due_day(at.market, korean_date(clock.now())), "samples": samples()}
    return page(request, at, "terms", form=form, status=422 if form.is_bound else 200, **more)
