"""Kiosks and boards of the market: taking them in, what they are called and show, starting them anew."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.devices.actions.ask_reload import ask_reload
from jangteo.domains.devices.actions.change_screen import ScreenFacts, change_screen
from jangteo.domains.devices.actions.claim_pairing import claim_pairing
from jangteo.domains.devices.actions.retire_screen import retire_screen
from jangteo.domains.devices.board import plan_from, setting_of
from jangteo.domains.devices.errors import PairingMistyped, PairingUnknown
from jangteo.domains.devices.models import ScreenKind
from jangteo.domains.devices.queries import screen_by_id, screens_of_market
from jangteo.domains.devices.rules import MOST_CLAIMS, is_silent
from jangteo.domains.markets.queries import streets_of_stalls
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.done import went_well
from jangteo.faces.office.pages import page
from jangteo.faces.office.screen_forms import BoardForm, PairForm, ScreenForm
from jangteo.kernel import clock
from jangteo.kernel.limits import TooOften, check_rate

CLAIMS_WINDOW = timedelta(minutes=10)


@require_safe
@for_office
def screens(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Every kiosk and board, and which of them are silent."""
    now = clock.now()
    rows = [(screen, is_silent(screen.seen_at, now)) for screen in screens_of_market()]
    return page(request, at, "screens", screens=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def pair(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Type the digits that a screen shows, and say what it is called and where it stands."""
    form = PairForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            check_rate(f"claim:{at.actor.ref}", most=MOST_CLAIMS, window=CLAIMS_WINDOW)
            screen = claim_pairing(market=at.market, actor=at.actor, **form.cleaned_data)
            to = "office:screen" if screen.kind == ScreenKind.BOARD else "office:screens"
            return went_well("screen_paired", to, *([screen.pk] if to == "office:screen" else []))
        except (PairingMistyped, PairingUnknown, TooOften) as no:
            form.add_error("code", sentence(no))
    # The kiosk's own address is known by its name as soon as the face has one.
    addresses = {f"{kind.value}_address": request.build_absolute_uri(f"/{kind.value[0]}/") for kind in ScreenKind}
    return page(request, at, "pair", form=form, status=422 if form.is_bound else 200, **addresses)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def screen(request: HttpRequest, at: AtOffice, screen_id: int) -> HttpResponse:
    """One screen: its words, and for a board what it shows when."""
    known = screen_by_id(screen_id)
    posted = request.POST if request.method == "POST" else None
    form: ScreenForm = ScreenForm(posted, screen=known)
    if known.kind == ScreenKind.BOARD:
        form = BoardForm(posted, screen=known, streets=streets_of_stalls())
    if form.is_valid():
        change_screen(market=at.market, actor=at.actor, screen_id=screen_id, facts=_facts(form))
        return went_well("screen", "office:screen", screen_id)
    shown = {"screen": known, "form": form, "silent": is_silent(known.seen_at, clock.now())}
    plan = plan_from(known.setting)
    return page(request, at, "screen", plan=plan, status=422 if form.is_bound else 200, **shown)


@require_POST
@for_office
def reload(request: HttpRequest, at: AtOffice, screen_id: int) -> HttpResponse:
    """Let the screen load itself again, also when it is at the other end of the market."""
    ask_reload(market=at.market, actor=at.actor, screen_id=screen_id)
    return went_well("screen_reload", "office:screens")


@require_POST
@for_office
def retire(request: HttpRequest, at: AtOffice, screen_id: int) -> HttpResponse:
    """Take the screen down; it shows new digits and can come back by them."""
    retire_screen(market=at.market, actor=at.actor, screen_id=screen_id)
    return went_well("screen_retired", "office:screens")


def _facts(form: ScreenForm) -> ScreenFacts:
    setting = setting_of(form.plan()) if isinstance(form, BoardForm) else None
    return ScreenFacts(form.cleaned_data["name"], form.cleaned_data["place"], setting)
