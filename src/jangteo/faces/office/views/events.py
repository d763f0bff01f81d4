"""Events of the market: the list, the form, and one event with those who come."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.catalog import photo_files
from jangteo.domains.catalog.photo_sizes import sizes_of
from jangteo.domains.events.actions.cancel_sign_up import cancel_sign_up
from jangteo.domains.events.actions.show_event import show_event
from jangteo.domains.events.actions.write_event import write_event
from jangteo.domains.events.models import Event
from jangteo.domains.events.queries import counted, flashes, office_event, office_events, sign_ups_of
from jangteo.domains.markets.queries import streets_of_stalls
from jangteo.domains.rebates.queries import rebates
from jangteo.domains.regulars.actions.note_look import Seen
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.looking import seen
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.event_words import EVENT_KINDS
from jangteo.faces._parts.words.privacy import REASONS
from jangteo.faces.office.event_forms import EventForm, initial_of
from jangteo.faces.office.looking import comers_shown, listed
from jangteo.faces.office.pages import page, show
from jangteo.kernel import clock, ids
from jangteo.kernel.errors import Refused

STATES = {
    "show": (Event.State.SHOWN, "event_shown"),
    "hide": (Event.State.DRAFT, "event_hidden"),
    "off": (Event.State.CALLED_OFF, "event_off"),
}


@require_safe
@for_office
def events(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Events, rebates, and what stalls let go for less today."""
    now = clock.now()
    every = office_events()
    return page(
        request,
        at,
        "events",
        ahead=[one for one in every if one.ends_at > now][::-1],
        over=[one for one in every if one.ends_at <= now],
        rebates=rebates(),
        flashes=flashes(),
        kinds=EVENT_KINDS,
        today=clock.business_day(now),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def new_event(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """A draft, which is looked at before customers see it."""
    today = clock.calendar_day()
    form = _form(request, starts_on=today, ends_on=today, starts_at="10:00", ends_at="17:00")
    return _written(request, at, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def change(request: HttpRequest, at: AtOffice, happening_id: int) -> HttpResponse:
    """The same form with what is written."""
    known = office_event(happening_id)
    return _written(request, at, _form(request, **initial_of(known)), known)


@require_safe
@for_office
def event(request: HttpRequest, at: AtOffice, happening_id: int) -> HttpResponse:
    """As customers will see it, and who comes: masked, unless this device has just said why."""
    found, rows = office_event(happening_id), sign_ups_of(happening_id)
    if rows:
        seen(request, at, Seen("event", f"event:{happening_id}", people=len(rows)))
    who = comers_shown(rows, happening_id, at)
    facts = {"event": found, "kind": EVENT_KINDS[found.kind], "who": who, "reasons": REASONS}
    return show(request, at, "event", {**facts, "count": counted(happening_id)})


@require_safe
@for_office
def paper_list(request: HttpRequest, at: AtOffice, happening_id: int) -> HttpResponse:
    """For the desk at the door: masked names and last digits, which is enough to find somebody on it."""
    found, rows = office_event(happening_id), sign_ups_of(happening_id)
    if rows:
        seen(request, at, Seen("event.list", f"event:{happening_id}", people=len(rows)))
    return page(request, at, "event_list", event=found, rows=[one for one in listed(rows) if one.row.state == "in"])


@require_POST
@for_office
def unmask(request: HttpRequest, at: AtOffice, happening_id: int) -> HttpResponse:
    """Say why, and see everybody who signed up for ten minutes."""
    people = len(sign_ups_of(office_event(happening_id).pk))
    reason = request.POST.get("other", "").strip() or request.POST.get("reason", "")
    what = Seen("event.unmasked", f"event:{happening_id}", people=people, reason=reason, asks_reason=True)
    seen(request, at, what)
    return redirect("office:event", happening_id)


@require_POST
@for_office
def state(request: HttpRequest, at: AtOffice, happening_id: int) -> HttpResponse:
    """Show it, take it back, call it off; all of it can be undone."""
    if request.POST.get("to", "") not in STATES:
        raise Http404
    wanted, done = STATES[request.POST["to"]]
    show_event(market=at.market, actor=at.actor, event_id=happening_id, state=wanted)
    return redirect(reverse("office:event", args=[happening_id]) + f"?done={done}")


@require_POST
@for_office
def cancel(request: HttpRequest, at: AtOffice, sign_up_id: int) -> HttpResponse:
    """Somebody called and does not come."""
    row = cancel_sign_up(market=at.market, actor=at.actor, sign_up_id=sign_up_id)
    return redirect(reverse("office:event", args=[row.event_id]) + "?done=sign_up_off")


def _form(request: HttpRequest, **initial: object) -> EventForm:
    told, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return EventForm(told, files, streets=streets_of_stalls(), **initial)


def _written(request: HttpRequest, at: AtOffice, form: EventForm, known: Event | None) -> HttpResponse:
    if form.is_valid():
        try:
            photo = _photo(form) or (known.photo if known else "")
            row = write_event(
                market=at.market, actor=at.actor, told=form.told(photo), event_id=known.pk if known else None
            )
            return redirect(reverse("office:event", args=[row.pk]) + "?done=event")
        except Refused as no:
            form.add_error("photo" if no.code.startswith("catalog.photo") else None, sentence(no))
    return page(request, at, "event_form", form=form, event=known, status=422 if form.is_bound else 200)


def _photo(form: EventForm) -> str:
    """The name under which an uploaded picture is kept, "" for none."""
    upload = form.cleaned_data["photo"]
    if not upload:
        return ""
    name = ids.new_token()
    photo_files.write(name, sizes_of(upload.read()))
    return name
