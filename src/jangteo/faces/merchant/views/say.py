"""Goods by voice or text: one sentence in, one deed done, or a question back."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import all_goods_of_stall
from jangteo.domains.catalog.speech import understand
from jangteo.domains.markets.models import Stall
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces._parts.words.saying import with_price
from jangteo.faces.merchant.arrivals import done_with_arrival
from jangteo.faces.merchant.deeds import Deed, carry_out, deed_of
from jangteo.faces.merchant.done import Done, done_with_good
from jangteo.faces.merchant.pages import page
from jangteo.faces.merchant.price_done import done_with_prices
from jangteo.faces.merchant.saying import Choice, Question, answer, known, objection
from jangteo.faces.merchant.shelf import Thing, shelf

MOST_LETTERS = 120


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def say(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The one big button, or the text field; after that what was done, or what is asked back."""
    if request.method != "POST":
        done, aloud = _last_deed(request, at), _aloud(request, at)
        said = request.GET.get("said", "")[:MOST_LETTERS]
        return page(request, at, "say", said=said, done=done, aloud=aloud, again=_again(request, at))
    said = _said(request)
    meant = _meant(request, at, said)
    if isinstance(meant, Deed):
        return HttpResponseRedirect(carry_out(at, meant, said))
    return page(request, at, "say", said=said, question=meant, aloud=meant.words, status=409)


def _said(request: HttpRequest) -> str:
    """The sentence; a price that was typed in for it goes behind."""
    told = request.POST
    if told.get("before") and told.get("won"):
        return with_price(told["before"], told["won"])[:MOST_LETTERS]
    return told.get("said", "").strip()[:MOST_LETTERS]


def _meant(request: HttpRequest, at: AtStall, said: str) -> Deed | Question:
    things = shelf(at.stall.pk)
    deed = deed_of(request.POST)
    meant = deed if deed is not None else answer(understand(said, known(things)), things)
    return objection(meant, things, all_goods_of_stall(at.stall.pk)) if isinstance(meant, Deed) else meant


def _aloud(request: HttpRequest, at: AtStall) -> str:
    """What was just done as it is said aloud: in Korean."""
    with translation.override("ko"):
        done = _last_deed(request, at)
    return done.words if done else ""


def _again(request: HttpRequest, at: AtStall) -> Choice | None:
    """A price was named for something that is sold out: it can be sold again in one tap."""
    told = request.GET
    if not (told.get("was") or told.get("same")):
        return None
    good_id = told.get("did") or told.get("same")
    things = shelf(at.stall.pk)
    good = next((thing.good for thing in things if thing.is_sold_out and str(thing.good.pk) == good_id), None)
    if good is None:
        return None
    deed = Deed(Good.State.ON_SALE.value, good_id=good.pk)
    return Choice(_("%(name)s, 품절 풀고 다시 팔기") % {"name": good.name}, deed.fields)


def _last_deed(request: HttpRequest, at: AtStall) -> Done | None:
    told = request.GET
    if told.get("door") in Stall.Door.values:
        undo_url = reverse("merchant:door") if told["door"] != at.stall.door else ""
        return Done(_door_words(at.stall.door), undo_url, (("door", told["door"]),))
    things = shelf(at.stall.pk)
    if told.get("same"):
        return _as_it_was(things, told["same"])
    return (
        done_with_prices([thing.good for thing in things], told)
        or done_with_good(things, told.get("did", ""), told.get("was", ""), "")
        or done_with_arrival(at.stall.pk, told)
    )


def _as_it_was(things: Sequence[Thing], good_id: str) -> Done | None:
    """Nothing had to be changed."""
    good = next((thing.good for thing in things if str(thing.good.pk) == good_id), None)
    if good is None:
        return None
    facts = {"name": good.name, "won": f"{good.price_won:,}"}
    if good.state == Good.State.SOLD_OUT:
        return Done(_("%(name)s, 이미 품절이에요.") % facts)
    return Done(_("%(name)s, 이미 %(won)s원에 팔고 있어요.") % facts)


def _door_words(door: str) -> str:
    words = {
        Stall.Door.OPEN: _("문을 열었어요. 주문을 받아요."),
        Stall.Door.PAUSED: _("잠깐 쉬고 있어요. 새 주문이 안 들어와요."),
        Stall.Door.CLOSED: _("오늘 장사를 마쳤어요. 새 주문이 안 들어와요."),
    }
    return words[Stall.Door(door)]
