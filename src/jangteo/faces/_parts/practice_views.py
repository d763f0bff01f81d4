"""The page of five things to try, which is also the door into practice and out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import Device, Role
from jangteo.domains.practice.entering import Learner, begin, begin_afresh, leave
from jangteo.domains.practice.errors import NobodyCame
from jangteo.domains.practice.lessons import tried
from jangteo.domains.practice.life import send_customer
from jangteo.domains.practice.models import Sitting
from jangteo.domains.practice.queries import done_by, sitting_by_secret, texts_unsent
from jangteo.faces._parts.devices import (
    OFFICE_COOKIE,
    STALL_COOKIE,
    AtOffice,
    AtStall,
    easy_look,
    for_helper,
    for_office,
    for_stall,
    real_device_of,
)
from jangteo.faces._parts.practising import forget, practice_cookie, practising, remember
from jangteo.faces._parts.words.practice import lesson_words
from jangteo.kernel.limits import check_rate

MOST_COPIES = 30
WINDOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Room:
    """A face to practise: the cookie of its devices and its first page."""

    face: str
    cookie: str
    home: str


STALL = Room("stall", STALL_COOKIE, "merchant:today")
OFFICE = Room("office", OFFICE_COOKIE, "office:todo")
HELPER = Room("helper", OFFICE_COOKIE, "helper:queue")
ROOMS = {room.face: room for room in (STALL, OFFICE, HELPER)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def stall_practice(request: HttpRequest, at: AtStall) -> HttpResponse:
    """Of a stall's phone."""
    return _room(request, STALL, at.market, {"stall": at.stall, **easy_look(request)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def office_practice(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Of the association's screens."""
    return _room(request, OFFICE, at.market, {})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_helper
def helper_practice(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Of a helper's phone."""
    return _room(request, HELPER, at.market, easy_look(request))


@require_POST
def stop(request: HttpRequest, face: str) -> HttpResponse:
    """Back to the real screens, also where the copy is gone. Without a device it changes nothing."""
    room = ROOMS[face]
    sitting = sitting_by_secret(request.COOKIES.get(practice_cookie(room.cookie), ""))
    real = real_device_of(request, room.cookie)
    if sitting is not None and real is not None:
        leave(sitting)
    if real is not None and real.role == Role.HELPER:
        room = HELPER  # the cookie is the office's, whose screens are not for helpers
    response = HttpResponseRedirect(reverse(room.home))
    forget(request, response, room.cookie)
    return response


def _room(request: HttpRequest, room: Room, market: Market, shown: dict[str, object]) -> HttpResponse:
    do = request.POST.get("do", "")
    real = real_device_of(request, room.cookie)
    now = practising(request)
    if real is not None and do in ("begin", "afresh"):
        return _begin(request, room, real, None if now is None else now.sitting, afresh=do == "afresh")
    if now is None or now.sitting is None:
        return render(request, "practice/door.html", {"market": market, "room": room, **shown})
    nobody = do == "customer" and not _sent(now.sitting)
    if do == "customer" and not nobody:
        return HttpResponseRedirect(reverse(room.home))
    facts = {"market": market, "room": room, "nobody": nobody, **lessons_of(now.sitting), **shown}
    return render(request, "practice/room.html", facts)


def _begin(request: HttpRequest, room: Room, real: Device, was: Sitting | None, *, afresh: bool) -> HttpResponse:
    """Into a copy: the same again where one is in already, unless it is to begin afresh."""
    if was is None or afresh:
        check_rate(f"practice:{real.pk}", most=MOST_COPIES, window=WINDOW)
        learner = Learner(room.face, real.role, real.stall)
        seated = (begin_afresh if afresh else begin)(real.market, learner)
        if was is not None:
            leave(was)
        response = HttpResponseRedirect(reverse(f"{room.face}_practice"))
        remember(request, response, room.cookie, seated.secret)
        return response
    return HttpResponseRedirect(reverse(f"{room.face}_practice"))


def lessons_of(sitting: Sitting) -> dict[str, object]:
    """The five things with what of them is done, in the scope of the copy."""
    done = set() if sitting.device_id is None else done_by(sitting.device_id, sitting.began_at)
    rows = [(lesson_words(sitting.face, one.key), one.is_done) for one in tried(sitting.face, done)]
    return {"lessons": rows, "done": sum(is_done for _words, is_done in rows), "texts": texts_unsent()}


def _sent(sitting: Sitting) -> bool:
    try:
        send_customer(sitting)
    except NobodyCame:
        return False
    return True
