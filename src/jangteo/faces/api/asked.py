"""What the API accepts. Strict: a number is a number, and a field nobody knows is refused rather than ignored."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated

from ninja import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema

from jangteo.domains.catalog.actions.set_price import MOST_WON
from jangteo.domains.delivery.fees import MOST_FEE_WON
from jangteo.domains.ordering.actions.weigh_line import MOST_GRAMS
from jangteo.domains.ordering.wanted import MOST_LINES, MOST_NAME, MOST_NOTE, MOST_OF_ONE, WantedOrder
from jangteo.faces.api.cursors import DEFAULT_LIMIT, MOST_ITEMS
from jangteo.faces.api.shapes import Door, Fulfil, GoodState, HeldMoney, StallReason, Substitute, Tender, Way

LARGEST_ID = 2**63 - 1
MOST_CEILING_WON = 40_000_000
MOST_HELD_WON = 40_000_000
MOST_MONEYS = 8
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")
# Texts go to a database that refuses NUL and to a slip of paper that has one line for a name.
_ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
_SOME_WORD = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"
_LINES = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
_PHONE = r"^(\+82[- ]?0?|0)[1-9]([- ]?[0-9]){7,9}$"

MarketSlug = Annotated[str, Path(pattern="^[-a-zA-Z0-9_]{1,40}$", description="The market's name in addresses")]
OrderToken = Annotated[str, Path(pattern="^[-a-zA-Z0-9_]{1,32}$", description="The order's secret")]
Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]


def _moment(value: object) -> datetime:
    """RFC 3339 and nothing else: a bare number is no time."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("a moment looks like 2026-11-20T16:30:00+09:00")
    return datetime.fromisoformat(value.upper())


def _whole(value: object) -> object:
    """JSON has one kind of number: 2.0 is two."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


_WHOLE = BeforeValidator(_whole)
Moment = Annotated[datetime, PlainValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]


class Asked(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class AskedLine(Asked):
    """`ceiling_won` is required for goods sold by weight and left out for the rest."""

    good_id: Annotated[int, Field(ge=1, le=LARGEST_ID), _WHOLE]
    quantity: Annotated[int, Field(ge=1, le=MOST_OF_ONE, description="How many of the good's unit"), _WHOLE]
    ceiling_won: Annotated[int, Field(ge=1, le=MOST_CEILING_WON), _WHOLE] | None = None


class AskedMoney(Asked):
    """Money the customer holds beside. `won` null: as much as is needed. `points` are cashback of a `scheme`."""

    kind: HeldMoney
    scheme: Annotated[str, Field(pattern=r"^[a-z_]{0,20}$", description="Only for points")] = ""
    won: Annotated[int, Field(ge=1, le=MOST_HELD_WON), _WHOLE] | None = None


class OrderAsked(Asked):
    """An order over any number of stalls. `wanted_at` null: as soon as possible. `deliver` needs an address.

    A market that delivers by windows brings it in the window `wave_id` of those listed, null for the next one or the
    one that `wanted_at` lies in, and refuses a `fee_won` that is not today's. `place_id` is of a place listed there;
    `address` is then only what comes after its name.

    `tender` pays what `moneys` do not: card is ahead, by the `way` that is named, at_stall across the counter.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"fulfil": {"const": "deliver"}}},
            "then": {
                "anyOf": [
                    {"required": ["address"], "properties": {"address": {"pattern": _SOME_WORD}}},
                    {"required": ["place_id"], "properties": {"place_id": {"type": "integer", "minimum": 1}}},
                ]
            },
            "else": {"properties": {"wave_id": {"type": "null"}}},
            "examples": [
                {
                    "lines": [{"good_id": 1, "quantity": 2}, {"good_id": 2, "quantity": 1, "ceiling_won": 11500}],
                    "name": "김하나",
                    "phone": "010-0000-2000",
                    "fulfil": "pickup",
                    "wanted_at": None,
                    "tender": "card",
                    "way": "card",
                    "moneys": [{"kind": "local_currency", "won": 3000}],
                }
            ],
        }
    )

    lines: Annotated[list[AskedLine], Field(min_length=1, max_length=MOST_LINES)]
    name: Annotated[str, Field(max_length=MOST_NAME, pattern=_SOME_WORD, description="The name to call out")]
    phone: Annotated[str, Field(pattern=_PHONE, description="A Korean phone number in any usual form")]
    fulfil: Fulfil
    tender: Tender
    way: Way = "card"
    moneys: Annotated[list[AskedMoney], Field(max_length=MOST_MONEYS)] = []
    wanted_at: Moment | None = None
    address: Annotated[str, Field(max_length=MOST_NOTE, pattern=_ONE_LINE)] = ""
    place_id: Annotated[int, Field(ge=1, le=LARGEST_ID), _WHOLE] | None = None
    wave_id: Annotated[int, Field(ge=1, le=LARGEST_ID), _WHOLE] | None = None
    fee_won: Annotated[int, Field(ge=0, le=MOST_FEE_WON, description="Null: nothing"), _WHOLE] | None = None
    substitute: Annotated[Substitute, Field(description="What is done where a good is missing")] = "call"
    note: Annotated[str, Field(max_length=MOST_NOTE, pattern=_LINES)] = ""


class RefuseAsked(Asked):
    reason: StallReason


class WeighAsked(Asked):
    """`cap`: charge the customer's ceiling and give the rest, instead of being refused for weighing too much."""

    grams: Annotated[int, Field(ge=1, le=MOST_GRAMS), _WHOLE]
    cap: bool = False


class GoodAsked(Asked):
    """What is left out or null stays as it is."""

    price_won: Annotated[int, Field(ge=1, le=MOST_WON), _WHOLE] | None = None
    state: GoodState | None = None


class DoorAsked(Asked):
    door: Door


class GoodsAsked(BaseModel):
    """What is left out or empty does not filter."""

    kind: Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]{0,20}$", description="Key of a kind")] = ""
    stall: Annotated[str, Field(pattern=r"^([0-9]{6})?$", description="A stall's six digits")] = ""
    q: Annotated[
        str,
        Field(max_length=40, pattern=_ONE_LINE, description="Syllables, initial consonants (ㄱㄷㅇ) or a near miss"),
    ] = ""
    cursor: Annotated[str, Field(pattern=r"^(c[0-9a-f]{1,15})?$")] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_ITEMS)] = DEFAULT_LIMIT


class WindowsAsked(BaseModel):
    """What is left out narrows nothing: the windows alone, and the fee of the smallest order."""

    goods_won: Annotated[int, Field(ge=0, le=MOST_CEILING_WON, description="What the goods come to")] = 0
    address: Annotated[str, Field(max_length=MOST_NOTE, pattern=_ONE_LINE)] = ""
    place_id: Annotated[int, Field(ge=1, le=LARGEST_ID)] | None = None


@dataclass(frozen=True, slots=True)
class TimedOrder(WantedOrder):
    """An order whose time or window was chosen for the customer where they left it open.

    The digest holds what was asked, so that "as soon as possible" asked twice is the same request an hour later.
    """

    asked_at: datetime | None = None
    asked_wave_id: int | None = None
    asked_place_id: int | None = None

    def as_json(self) -> dict[str, object]:
        moment = None if self.asked_at is None else self.asked_at.isoformat()
        chosen = {**asdict(self), "wanted_at": moment, "asked_at": moment}
        return {**chosen, "wave_id": chosen.pop("asked_wave_id"), "place": chosen.pop("asked_place_id")}
