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
from jangteo.domains.settlement.billing import terms_of
from jangteo.domains.settlement.errors import SettlementRefused
from jangteo.domains.settlement.models import PayoutFile
from jangteo.domains.settlement.queries import accounts_of, line_view, open_money, outcome_of, run_view, runs
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.done import went_well
from jangteo.faces.office.money_forms import AccountForm, TermsForm, given_file, told_day
from jangteo.faces.office.money_words import MODES, STATES, is_blocked, next_of, steps_of, yesterday
from jangteo.faces.office.pages import page, show
from jangteo.faces.office.run_deeds import DEEDS


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
    names, now = steps_of(view)
    outcomes = {line.pk: outcome_of(line) for line in view.lines}
    steps = {"steps": names, "now": now, "next": next_of(view, at.actor.ref), "blocked": is_blocked(view)}
    words = {"states": STATES, "modes": MODES}
    return show(request, at, "run", {"view": view, "run": view.run, "outcomes": outcomes, **steps, **words})


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
    return page(request, at, "statement", line=line, run=line.run, outcome=outcome_of(line), modes=MODES)


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
    return page(request, at, "account", stall=stall, accounts=accounts, me=at.actor.ref, form=form, status=status)


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
    """Who pays the stalls, and what is taken of it."""
    form = TermsForm(request.POST if request.method == "POST" else None, terms=terms_of(at.market))
    if form.is_valid():
        try:
            set_payout_terms(market=at.market, actor=at.actor, terms=form.new_terms())
            return went_well("terms", "office:settlements")
        except SettlementRefused as no:
            form.add_error("registration" if form.cleaned_data["mode"] == "association_pays" else "fee", sentence(no))
    return page(request, at, "terms", form=form, status=422 if form.is_bound else 200)
