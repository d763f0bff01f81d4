"""What goes on in the market: the list, one event, its calendar file, and signing up."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.events.actions.cancel_sign_up import cancel_sign_up
from jangteo.domains.events.actions.sign_up import sign_up as sign_up_for
from jangteo.domains.events.ical import calendar
from jangteo.domains.events.models import Event, SignUp
from jangteo.domains.events.queries import events_ahead, flashes, place_in_line, shown_event, sign_up_by_token
from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.queries import current_rebate
from jangteo.domains.reviews.queries_events import event_to_show
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.event_words import EVENT_KINDS
from jangteo.faces.shop.customer import actor_of, last_person
from jangteo.faces.shop.event_forms import SignUpForm
from jangteo.faces.shop.pages import market_page, shown, wants_fragment
from jangteo.kernel import clock, live
from jangteo.kernel.errors import Refused
from jangteo.kernel.limits import check_rate

SIGN_UPS, SIGN_UPS_WINDOW = 20, timedelta(minutes=10)
CALENDAR = "text/calendar; charset=utf-8"


@require_safe
@market_page
def events(request: HttpRequest, market: Market) -> HttpResponse:
    """Flash sales of now, the rebate, a review event, and what comes."""
    facts = {
        "events": events_ahead(),
        "flashes": flashes(),
        "rebate": current_rebate(ahead=timedelta(days=30)),
        "kinds": EVENT_KINDS,
        "now": clock.now(),
        "reviewing": event_to_show(clock.now()),
        "ticket": live.ticket([f"market:{market.pk}"]),
    }
    return shown(request, market, "events.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def event(request: HttpRequest, market: Market, happening_id: int) -> HttpResponse:
    """One event; POST signs up."""
    found = _event_or_404(happening_id)
    form = _form(request, market, found)
    if form.is_valid():
        try:
            check_rate(f"sign-up:{request.META['REMOTE_ADDR']}", most=SIGN_UPS, window=SIGN_UPS_WINDOW)
            told, key = form.told(), form.cleaned_data["key"]
            row = sign_up_for(market=market, actor=actor_of(request), event_id=found.pk, told=told, key=key)
            return HttpResponseRedirect(reverse("sign_up", args=[market.slug, row.token]))
        except Refused as no:
            form.add_error(None, sentence(no))
    return shown(request, market, "event.html", _facts(found, form), status=422 if form.is_bound else 200)


@require_safe
@market_page
def event_calendar(request: HttpRequest, market: Market, happening_id: int) -> HttpResponse:
    """One event for the phone's own calendar, which then reminds of it."""
    found = _event_or_404(happening_id)
    return _calendar(request, market, [found], f"event-{found.pk}", reminds=True)


@require_safe
@market_page
def market_calendar(request: HttpRequest, market: Market) -> HttpResponse:
    """Everything that comes, to subscribe to."""
    return _calendar(request, market, events_ahead(), "events", reminds=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def sign_up(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """One's own place, or place in line; POST gives it up."""
    row = _sign_up_or_404(token)
    if request.method == "POST":
        cancel_sign_up(market=market, actor=actor_of(request), sign_up_id=row.pk)
        return HttpResponseRedirect(reverse("sign_up", args=[market.slug, token]))
    ticket = live.ticket([f"sign_up:{row.pk}", f"market:{market.pk}"])
    facts = {"row": row, "event": row.event, "line": place_in_line(row), "ticket": ticket}
    page = "parts/sign_up_now.html" if wants_fragment(request, "sign_up_now") else "sign_up.html"
    return shown(request, market, page, facts)


def _form(request: HttpRequest, market: Market, found: Event) -> SignUpForm:
    known = last_person(request, market) if found.places is not None else {}
    person = {name: known[name] for name in ("name", "phone") if name in known}
    told = request.POST if request.method == "POST" else None
    return SignUpForm(told, most=found.most_people, key=str(uuid.uuid4()), **person)


def _sign_up_or_404(token: str) -> SignUp:
    try:
        return sign_up_by_token(token.replace("\x00", ""))
    except SignUp.DoesNotExist as unknown:
        raise Http404 from unknown


def _facts(found: Event, form: SignUpForm) -> dict[str, object]:
    now = clock.now()
    open_now = found.state == Event.State.SHOWN and found.places is not None and now < found.starts_at
    return {
        "event": found,
        "kind": EVENT_KINDS[found.kind],
        "form": form,
        "is_over": found.ends_at <= now,
        "signs_up": open_now and (found.has_waiting or bool(found.left)),
        "is_full": open_now and not found.left,
    }


def _event_or_404(event_id: int) -> Event:
    try:
        return shown_event(event_id if event_id < 2**63 else 0)
    except Event.DoesNotExist as unknown:
        raise Http404 from unknown


def _calendar(request: HttpRequest, market: Market, found: list[Event], name: str, *, reminds: bool) -> HttpResponse:
    host = request.get_host().partition(":")[0]
    content = calendar(market.name, host, found, reminds=reminds)
    return HttpResponse(
        content, content_type=CALENDAR, headers={"Content-Disposition": f'inline; filename="{name}.ics"'}
    )
