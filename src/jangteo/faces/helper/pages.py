"""The frame that every page of a helper's phone stands in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jangteo.domains.helping.models import HelpCall
from jangteo.domains.helping.queries import acting_of, just_finished, taken_calls, waiting_calls
from jangteo.faces._parts.devices import AtOffice, easy_look
from jangteo.faces._parts.words.help_words import WHAT
from jangteo.kernel import live

FRAGMENTS = {"queue": "parts/queue", "rings": "parts/rings", "hub_list": "parts/hub_list"}
GUIDE_FOR = {"goods": "first_goods", "orders": "accept", "money": "paid"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call with its words; `guide` is the script that fits it, "" for none."""

    call: HelpCall
    what: str
    guide: str


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits, what this helper is at, what the others are at, and what this one may still want back."""

    new: list[Waiting]
    mine: list[Waiting]
    others: list[Waiting]
    finished: HelpCall | None


def queue_of(helper_id: int) -> Queue:
    """The calls of the market in scope as this helper sees them."""
    taken = [_waiting(call) for call in taken_calls()]
    return Queue(
        new=[_waiting(call) for call in waiting_calls()],
        mine=[one for one in taken if one.call.taken_by_id == helper_id],
        others=[one for one in taken if one.call.taken_by_id != helper_id],
        finished=just_finished(helper_id),
    )


def page(request: HttpRequest, at: AtOffice, template: str, *, status: int = 200, **more: object) -> HttpResponse:
    """Render a page, or the fragment that the live screen asks for. Calls ring on every page."""
    part = FRAGMENTS.get(request.headers.get("X-Fragment", ""), template)
    frame = {
        "market": at.market,
        "helper": at.device,
        "queue": queue_of(at.device.pk),
        "acting_now": acting_of(at.device.pk, at.market.pk),
        "live_ticket": live.ticket([f"helpers:{at.market.pk}"]),
        **easy_look(request),
    }
    return render(request, f"helper/{part}.html", {**frame, **more}, status=status)


def _waiting(call: HelpCall) -> Waiting:
    what = str(WHAT[call.what])
    return Waiting(call, f"{what} → {call.to}" if call.to else what, GUIDE_FOR.get(call.what, ""))
