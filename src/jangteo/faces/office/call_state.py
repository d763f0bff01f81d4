"""A call under way. All of it is in the page's own form, so that a call that comes to nothing leaves nothing behind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.core import signing

from jangteo.domains.calls.models import MOST_TAKER
from jangteo.domains.ordering.wanted import MOST_LINES, MOST_NAME, MOST_OF_ONE
from jangteo.kernel import ids

MOST_BACK = 20
LONGEST = 60
EMPTY = "-"
AT_STALL, FAMILY = "at_stall", "family"
PICKUP, DELIVER = "pickup", "deliver"
LONGEST_ADDRESS = 200
_WISH = re.compile(r"([0-9]{1,18})x([0-9]{1,2})@([0-9]{1,9})")
_SALT = "jangteo.calls.looked"


@dataclass(frozen=True, slots=True)
class Wish:
    """So many of a good; `seen_won` is its price when it was put in, or what it cost in the order of before."""

    good_id: int
    quantity: int
    seen_won: int

    def __str__(self) -> str:
        return f"{self.good_id}x{self.quantity}@{self.seen_won}"


@dataclass(frozen=True, slots=True)
class Call:
    """`looked` is the number (digits) whose orders are shown, `back` are baskets of before, the newest last.

    `heard` is the text that the page has read out; `agreed` that the caller said yes to it.
    """

    key: str
    number: str = ""
    looked: str = ""
    name: str = ""
    basket: tuple[Wish, ...] = ()
    back: tuple[str, ...] = ()
    q: str = ""
    when: str = ""
    how: str = PICKUP
    where: str = ""
    wave: str = ""
    way: str = AT_STALL
    taken_by: str = ""
    heard: str = ""
    agreed: bool = False

    @property
    def basket_text(self) -> str:
        return ",".join(map(str, self.basket))

    @property
    def back_text(self) -> str:
        return ";".join(one or EMPTY for one in self.back)

    @property
    def looked_mark(self) -> str:
        """What proves to the next press that this number was looked up, and so was noted."""
        return signing.Signer(salt=_SALT).sign(self.looked) if self.looked else ""

    def quantity(self, good_id: int) -> int:
        return next((wish.quantity for wish in self.basket if wish.good_id == good_id), 0)

    def with_wish(self, wish: Wish) -> Call:
        """The basket with so many of the good, 0 for none; what it was before can be brought back."""
        kept = [one for one in self.basket if one.good_id != wish.good_id]
        place = next((at for at, one in enumerate(self.basket) if one.good_id == wish.good_id), len(kept))
        if wish.quantity > 0 and (place < len(kept) or len(kept) < MOST_LINES):
            kept.insert(place, replace(wish, quantity=min(wish.quantity, MOST_OF_ONE)))
        return self.with_basket(tuple(kept))

    def with_basket(self, basket: tuple[Wish, ...]) -> Call:
        if basket == self.basket:
            return self
        back = (*self.back, self.basket_text)[-MOST_BACK:]
        return replace(self, basket=basket, back=back, agreed=False)

    def undone(self) -> Call:
        """One step back, as far as there are any."""
        if not self.back:
            return self
        return replace(self, basket=_basket(self.back[-1]), back=self.back[:-1], agreed=False)


def new_call(taken_by: str) -> Call:
    return Call(key=ids.new_token(), taken_by=taken_by)


def read_call(sent: Mapping[str, str]) -> Call:
    """The call as the form sent it. What nobody could have typed there is left out."""
    return Call(
        key=_text(sent, "key", 100) or ids.new_token(),
        number=_text(sent, "number", 20),
        looked=_looked(sent.get("looked", "")),
        name=_text(sent, "name", MOST_NAME),
        basket=_basket(sent.get("basket", "")),
        back=tuple(str_basket(one) for one in sent.get("back", "").split(";"))[-MOST_BACK:] if sent.get("back") else (),
        q=_text(sent, "q", LONGEST),
        when=_text(sent, "when", 40),
        how=DELIVER if sent.get("how") == DELIVER else PICKUP,
        where=" ".join(_text(sent, "where", LONGEST_ADDRESS).split()),
        wave=_text(sent, "wave", 20),
        way=FAMILY if sent.get("way") == FAMILY else AT_STALL,
        taken_by=_text(sent, "taken_by", MOST_TAKER),
        heard=sent.get("heard", ""),
        agreed="agreed" in sent,
    )


def str_basket(text: str) -> str:
    return ",".join(map(str, _basket(text)))


def _basket(text: str) -> tuple[Wish, ...]:
    wishes: dict[int, Wish] = {}
    for part in text.split(",")[:MOST_LINES]:
        found = _WISH.fullmatch(part)
        if found is not None and int(found[2]):
            wishes[int(found[1])] = Wish(*map(int, found.groups()))
    return tuple(wishes.values())


def _looked(mark: str) -> str:
    try:
        return signing.Signer(salt=_SALT).unsign(mark)
    except signing.BadSignature:
        return ""


def _text(sent: Mapping[str, str], name: str, most: int) -> str:
    return sent.get(name, "").replace("\x00", "").strip()[:most]
