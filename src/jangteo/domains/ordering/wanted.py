"""What a customer asks for, and what placing it answers. Plain values, checked before anything is locked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TypedDict, cast

from jangteo.domains.delivery.addresses import Address
from jangteo.domains.ordering import errors
from jangteo.kernel import clock

MOST_LINES = 50
MOST_OF_ONE = 99
MOST_NAME = 30
MOST_NOTE = 200
SUBSTITUTES = frozenset({"call", "nearest", "refund"})


@dataclass(frozen=True, slots=True)
class WantedLine:
    """`ceiling_won` is required for goods sold by weight and forbidden for the rest."""

    good_id: int
    quantity: int
    ceiling_won: int | None = None


@dataclass(frozen=True, slots=True)
class WantedMoney:
    """Money the customer holds beside: `kind` as in the rules of tenders, `won` None for as much as there is."""

    kind: str
    scheme: str = ""
    won: int | None = None


@dataclass(frozen=True, slots=True)
class WantedOrder:
    """`fulfil` is "pickup" or "deliver", `tender` "at_stall" or "card", `phone` in any usual Korean form.

    `way` is how the part that is paid ahead goes ("card", "virtual_account", "kakaopay"). `moneys` are used as far as
    they save most, the rest is paid as `tender` says.

    `wave_id` is the wave that brings it, `place` where to, `fee_won` the customer's fee as it was shown, None where
    none was. `substitute` is what is done where a good is missing: "call", "nearest" or "refund".
    """

    lines: tuple[WantedLine, ...]
    name: str
    phone: str
    fulfil: str
    wanted_at: datetime
    tender: str
    address: str = ""
    note: str = ""
    way: str = "card"
    moneys: tuple[WantedMoney, ...] = ()
    wave_id: int | None = None
    place: Address | None = None
    fee_won: int | None = None
    substitute: str = "call"

    def as_json(self) -> dict[str, object]:
        """The request for the idempotency digest."""
        return {**asdict(self), "wanted_at": self.wanted_at.isoformat()}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why money pays what it pays: `code` finds the sentence, `facts` fill it."""

    code: str
    facts: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class PlacedMoney:
    """What one money pays of a new order, which saves so much (`later` as cashback); 0 won with the why of it.

    `not_for` are goods, by id, that it may not pay.
    """

    kind: str
    scheme: str
    won: int
    saved_won: int
    later: bool
    why: Reason
    not_for: Mapping[str, Reason] = field(default_factory=dict)


class _KeptMoney(TypedDict):
    """A `PlacedMoney` as JSON."""

    kind: str
    scheme: str
    won: int
    saved_won: int
    later: bool
    why: dict[str, object]
    not_for: dict[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """The answer to placing an order, the same for every repeat of its key. Amounts in won.

    `pay_won` is what a card is charged now (ceilings for weighed goods), 0 when paying at the stall. `moneys` say what
    each money pays where the customer named any.
    """

    order_id: int
    token: str
    ref: str
    number: int
    state: str
    estimate_won: int
    pay_won: int
    moneys: tuple[PlacedMoney, ...] = ()

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_json(cls, answer: Mapping[str, object]) -> PlacedOrder:
        """What `as_json` gave, also before there were moneys in it."""
        kept = cast(list[_KeptMoney], answer.get("moneys", []))
        return cls(**{**answer, "moneys": tuple(map(_read_money, kept))})  # type: ignore[arg-type]  # as_json() above


def _read_money(kept: _KeptMoney) -> PlacedMoney:
    reasons = {good: _read_reason(why) for good, why in kept["not_for"].items()}
    return PlacedMoney(**{**kept, "why": _read_reason(kept["why"]), "not_for": reasons})  # type: ignore[arg-type]  # as_json()


def _read_reason(kept: Mapping[str, object]) -> Reason:
    return Reason(str(kept["code"]), cast(Mapping[str, str | int], kept["facts"]))


def plain_phone(text: str) -> str:
    """Digits of a Korean phone number: 010-1234-5678 and +82 10 1234 5678 give 01012345678. Raises BadPhone."""
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    if text.strip().startswith("+"):
        if not digits.startswith("82"):
            raise errors.BadPhone
        digits = "0" + digits[2:].removeprefix("0")
    if not (digits.startswith("0") and 9 <= len(digits) <= 11):
        raise errors.BadPhone
    return digits


def merge_lines(lines: tuple[WantedLine, ...]) -> dict[int, WantedLine]:
    """One line per good, sorted by good so that every order locks stock in the same sequence."""
    if not lines:
        raise errors.BasketEmpty
    if len(lines) > MOST_LINES:
        raise errors.TooManyLines(most=MOST_LINES)
    merged: dict[int, WantedLine] = {}
    for line in sorted(lines, key=lambda wanted: wanted.good_id):
        before = merged.get(line.good_id)
        quantity = line.quantity + (before.quantity if before else 0)
        ceilings = [w.ceiling_won for w in (before, line) if w is not None and w.ceiling_won is not None]
        if line.quantity < 1 or quantity > MOST_OF_ONE:
            raise errors.BadQuantity(most=MOST_OF_ONE)
        merged[line.good_id] = WantedLine(line.good_id, quantity, sum(ceilings) if ceilings else None)
    return merged


def check_person(wanted: WantedOrder) -> None:
    """Refuse an order that nobody could call out, ring up or bring."""
    if not wanted.name.strip():
        raise errors.NameMissing
    if len(wanted.name) > MOST_NAME:
        raise errors.TextTooLong(field="name", most=MOST_NAME)
    for name, value in (("note", wanted.note), ("address", wanted.address)):
        if len(value) > MOST_NOTE:
            raise errors.TextTooLong(field=name, most=MOST_NOTE)
    if wanted.substitute not in SUBSTITUTES:
        raise errors.BadSubstitute
    if wanted.wave_id is None:
        _check_own_time(wanted)
    elif wanted.fulfil != "deliver":
        raise errors.NothingToBring
    plain_phone(wanted.phone)


def _check_own_time(wanted: WantedOrder) -> None:
    """A wave knows its own time, and whether it goes to an address."""
    if wanted.fulfil == "deliver" and not wanted.address.strip():
        raise errors.AddressMissing
    if wanted.wanted_at < clock.now():
        raise errors.BadTime
