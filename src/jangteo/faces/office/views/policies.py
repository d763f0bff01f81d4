"""What voucher schemes give and forbid, from a day to a day."""

from __future__ import annotations

import base64
import hashlib

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import kinds_in_order
from jangteo.domains.payments.actions.add_policy import add_policy
from jangteo.domains.payments.actions.end_policy import end_policy
from jangteo.domains.payments.actions.fund_program import Funding, fund_program
from jangteo.domains.payments.actions.import_policies import import_policies
from jangteo.domains.payments.actions.take_back_policy import take_back_policy
from jangteo.domains.payments.actions.write_policies import Origin
from jangteo.domains.payments.eligibility import area_of
from jangteo.domains.payments.policy_files import ReadPolicies, read_policies
from jangteo.domains.payments.policy_models import PolicyRow
from jangteo.domains.payments.queries_policies import (
    place_of,
    policy_row,
    policy_rows,
    preview_policies,
    program_left_won,
)
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.payments.rules.policy_plan import Plan
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.names import local_name
from jangteo.faces.office.done import went_well
from jangteo.faces.office.pages import page
from jangteo.faces.office.policy_cards import BY_HAND, Telling, changes, closing_words, policy_card, scheme_cards
from jangteo.faces.office.policy_forms import BudgetForm, EndForm, PolicyFileForm, PolicyForm
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused
from jangteo.kernel.files.tables import Source


@require_safe
@for_office
def policies(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """By scheme: what holds today, what comes, what is over."""
    rows = policy_rows()
    return page(request, at, "policies", schemes=scheme_cards(rows, _telling(at.market, rows)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def new_policy(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """A row of its own, or one like another from a later day."""
    form = PolicyForm(
        request.POST if request.method == "POST" else None,
        areas=_areas(at.market),
        kinds=kinds_in_order(),
        like=_like(request),
    )
    if form.is_valid():
        try:
            add_policy(market=at.market, actor=at.actor, policy=form.policy(), origin=_by_hand(form))
            return went_well("policy", "office:policies")
        except Refused as no:
            form.add_error(None, sentence(no))
    return page(request, at, "new_policy", form=form, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def end(request: HttpRequest, at: AtOffice, policy_id: int) -> HttpResponse:
    """The last day is asked for first."""
    row = policy_row(policy_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            end_policy(market=at.market, actor=at.actor, policy_id=row.pk, last_day=form.cleaned_data["last_day"])
            return went_well("policy_ended", "office:policies")
        except Refused as no:
            form.add_error("last_day", sentence(no))
    card = policy_card(row.policy(), _telling(at.market, [row]))
    return page(
        request, at, "end_policy", form=form, card=card, scheme=row.scheme, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def budget(request: HttpRequest, at: AtOffice, policy_id: int) -> HttpResponse:
    """Money arrived for the program that pays a policy's cashback."""
    row = policy_row(policy_id)
    form = BudgetForm(request.POST if request.method == "POST" else None)
    if row.cashback and form.is_valid():
        told = form.cleaned_data
        funding = Funding(f"office:{told['key']}", row.program, told["won"])
        fund_program(market=at.market, actor=at.actor, funding=funding)
        return went_well("budget", "office:policies")
    left_won = program_left_won(row.program)
    status = 422 if form.is_bound else 200
    return page(request, at, "policy_budget", form=form, program=row.program, left_won=left_won, status=status)


@require_POST
@for_office
def take_back(request: HttpRequest, at: AtOffice, policy_id: int) -> HttpResponse:
    """Undo a row that has not begun."""
    take_back_policy(market=at.market, actor=at.actor, policy_id=policy_row(policy_id).pk)
    return went_well("policy_taken_back", "office:policies")


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def policy_file(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Choose a file, see what it would change, and take it in."""
    form = PolicyFileForm(request.POST, request.FILES) if request.method == "POST" else PolicyFileForm()
    shown: dict[str, object] = {}
    if form.is_valid():
        try:
            read, shown = _previewed(at.market, form.source())
            if shown["changes"] and form.cleaned_data["seen"] == shown["seen"]:
                import_policies(market=at.market, actor=at.actor, read=read)
                return went_well("policy_file", "office:policies")
        except Refused as no:
            form.add_error("file", sentence(no))
    status = 422 if form.is_bound and form.errors else 200
    return page(request, at, "policy_file", form=form, shown=shown, status=status)


def _previewed(market: Market, source: Source) -> tuple[ReadPolicies, dict[str, object]]:
    """The file as it was read, and what the page shows of it: what would change, and the file for the next press."""
    read = read_policies(source, place_of(market))
    plan, telling = preview_policies(read), _telling(market, [])
    return read, {
        "name": source.name,
        "content": base64.b64encode(source.data).decode(),
        "seen": _digest(source, plan),
        "changes": changes(plan, telling),
        "closings": closing_words(plan, telling),
        "same": len(plan.same),
        "elsewhere": len(read.elsewhere),
    }


def _digest(source: Source, plan: Plan) -> str:
    """What was shown is what is written; if something else was written meanwhile, it is shown again."""
    lines = [policy.id for policy in plan.new]
    ends = [f"{closing.policy.id}:{closing.last_day}" for closing in plan.closings]
    return hashlib.sha256(source.data + " ".join([*lines, *ends]).encode()).hexdigest()


def _telling(market: Market, rows: list[PolicyRow]) -> Telling:
    programs = {row.program for row in rows if row.cashback}
    return Telling(
        today=clock.calendar_day(),
        area=area_of(market.address_road or market.address_lot),
        kinds={kind.key: local_name(kind) for kind in kinds_in_order()},
        left_won={program: program_left_won(program) for program in programs},
    )


def _areas(market: Market) -> list[str]:
    """Everywhere, the province, the city, the district, as far as the address says."""
    parts = area_of(market.address_road or market.address_lot).split()
    return ["", *(" ".join(parts[: count + 1]) for count in range(len(parts)))]


def _like(request: HttpRequest) -> Policy | None:
    like = request.GET.get("like", "")
    is_number = like.isascii() and like.isdigit() and len(like) <= 18
    return policy_row(int(like)).policy() if is_number else None


def _by_hand(form: PolicyForm) -> Origin:
    return Origin(BY_HAND, form.cleaned_data["law"])
