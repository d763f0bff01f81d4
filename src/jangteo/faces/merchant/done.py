"""What the last tap did, said once, with the way back beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext as _

from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.states import PartState
from jangteo.faces.merchant.shelf import Thing
from jangteo.faces.merchant.slips import Slip, slip
from jangteo.kernel import clock

SAID_FOR = timedelta(minutes=1)
NUMBER_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Done:
    """`undo_url` is empty where there is no way back; `undo` are the fields that its form posts.

    `undo_key` is the key of a keypad that takes it back.
    """

    words: str
    undo_url: str = ""
    undo: tuple[tuple[str, str], ...] = ()
    undo_key: str = ""


def done_with_part(part_id: str) -> Done | None:
    """What happened to the part in the last minute. None for anything else, whatever the address says."""
    if not is_number(part_id):
        return None
    try:
        moved = slip(int(part_id))
    except ObjectDoesNotExist:
        return None
    if clock.now() - moved.part.changed_at > SAID_FOR or moved.part.state not in _WORDS:
        return None
    words = _WORDS[PartState(moved.part.state)](moved)
    undo_url = reverse("merchant:undo", args=[moved.part.id]) if moved.can_step_back else ""
    return Done(words, undo_url, undo_key="0")


def done_with_good(things: Iterable[Thing], good_id: str, was_won: str, left: str) -> Done | None:
    """What happened to the good: a new price (`was_won` is the old one), a count, or else sold out and back."""
    if not is_number(good_id):
        return None
    good = next((thing.good for thing in things if thing.good.pk == int(good_id)), None)
    if good is not None and is_number(left):
        return Done(_("%(name)s, %(left)s개 남았다고 적었어요.") % {"name": good.name, "left": left})
    if good is None or clock.now() - good.changed_at > SAID_FOR:
        return None
    if is_number(was_won) and int(was_won) != good.price_won:
        return _repriced(good, was_won)
    back = Good.State.ON_SALE if good.state == Good.State.SOLD_OUT else Good.State.SOLD_OUT
    words = _("%(name)s, 품절로 해 뒀어요.") if back == Good.State.ON_SALE else _("%(name)s, 다시 팔아요.")
    return Done(words % {"name": good.name}, reverse("merchant:sale", args=[good.pk]), (("state", back),))


def done_with_photo(things: Iterable[Thing], good_id: str, was: str) -> Done | None:
    """What happened to the good's picture; `was` is the photo before, "none" without one."""
    if not was or not is_number(good_id):
        return None
    good = next((thing.good for thing in things if thing.good.pk == int(good_id)), None)
    if good is None or clock.now() - good.changed_at > SAID_FOR:
        return None
    words = _("%(name)s, 사진을 바꿨어요.") if good.photo else _("%(name)s, 사진을 뺐어요.")
    undo = ("off", "yes") if was == "none" else ("kept", was)
    return Done(words % {"name": good.name}, reverse("merchant:good_photo", args=[good.pk]), (undo,))


def sheet_salt(stall_id: int) -> str:
    """What is signed for one stall says nothing to another."""
    return f"merchant.sheet.{stall_id}"


def done_with_sheet(stall_id: int, said: str) -> Done | None:
    """What a list did: told by itself, signed, for a minute."""
    if said == "back":
        return Done(_("모두 되돌렸어요."))
    if said == "same":
        return Done(_("값이 그대로라 바꾼 것이 없어요."))
    try:
        deeds = signing.loads(said, salt=sheet_salt(stall_id), max_age=SAID_FOR) if said else []
    except signing.BadSignature:
        return None
    if not deeds:
        return None
    fresh = sum(1 for _good, was_won, _now in deeds if not was_won)
    facts = {"changed": len(deeds) - fresh, "new": fresh}
    words = _("%(changed)s가지 값을 바꾸고 %(new)s가지를 올렸어요.")
    if not fresh:
        words = _("%(changed)s가지 값을 바꿨어요.")
    elif not facts["changed"]:
        words = _("%(new)s가지를 올렸어요.")
    return Done(words % facts, reverse("merchant:sheet_undo"), (("sheet", said),))


def _repriced(good: Good, was_won: str) -> Done:
    words = _("%(name)s, %(won)s원으로 바꿨어요.") % {"name": good.name, "won": f"{good.price_won:,}"}
    return Done(words, reverse("merchant:price", args=[good.pk]), (("price_won", was_won), ("sure", "on")))


def _handed_over(moved: Slip) -> str:
    facts = {"number": moved.order.number, "won": f"{moved.part.due_won:,}"}
    return _("%(number)s번을 건넸어요. %(won)s원이에요.") % facts


def _plainly(words: Callable[[], str]) -> Callable[[Slip], str]:
    return lambda moved: words() % {"number": moved.order.number}


_WORDS: dict[PartState, Callable[[Slip], str]] = {
    PartState.NEW: _plainly(lambda: _("%(number)s번을 처음으로 되돌렸어요.")),
    PartState.ACCEPTED: _plainly(lambda: _("%(number)s번을 받았어요.")),
    PartState.READY: _plainly(lambda: _("%(number)s번이 다 됐다고 손님께 알렸어요.")),
    PartState.HANDED_OVER: _handed_over,
    PartState.REFUSED: _plainly(lambda: _("%(number)s번을 못 받는다고 손님께 알렸어요.")),
}


def is_number(text: str) -> bool:
    """What an address says may be the number of something."""
    return text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS
