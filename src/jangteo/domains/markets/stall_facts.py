"""What the association writes down about a stall, and what of it can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from itertools import count

from jangteo.domains.markets.errors import BadStall
from jangteo.domains.markets.models import Stall, Street

MOST_NAME = 30
MOST_INTRO = 120
MOST_PHONE = 20


@dataclass(frozen=True, slots=True)
class StallFacts:
    """`since` is the year it began; hours are Korean wall-clock time within one day."""

    name: str
    kind_id: int
    street_id: int
    owner_name: str
    phone: str = ""
    intro: str = ""
    since: int | None = None
    opens_at: time = time(7)
    closes_at: time = time(20)
    takes_card: bool = True
    takes_onnuri: bool = False
    takes_local: bool = False


def check_facts(facts: StallFacts) -> None:
    """Raises BadStall, which names the field."""
    for field, text, least, most in (
        ("name", facts.name, 1, MOST_NAME),
        ("owner_name", facts.owner_name, 1, MOST_NAME),
        ("phone", facts.phone, 0, MOST_PHONE),
        ("intro", facts.intro, 0, MOST_INTRO),
    ):
        if not least <= len(text.strip()) <= most:
            raise BadStall(field=field)
    if facts.opens_at >= facts.closes_at:
        raise BadStall(field="closes_at")


def stored_values(facts: StallFacts) -> dict[str, object]:
    """The facts by column of Stall, kind and street apart."""
    return {
        "name": facts.name.strip(),
        "owner_name": facts.owner_name.strip(),
        "phone": facts.phone.strip(),
        "intro": facts.intro.strip(),
        "since": facts.since,
        "opens_at": facts.opens_at,
        "closes_at": facts.closes_at,
        "takes_card": facts.takes_card,
        "takes_onnuri": facts.takes_onnuri,
        "takes_local": facts.takes_local,
    }


def free_slot(street: Street) -> int:
    """The first free place from the gate. The caller holds the market's lock."""
    taken = set(Stall.objects.filter(street=street).values_list("slot", flat=True))
    return next(slot for slot in count(1) if slot not in taken)
