"""What the association writes down about a stall, and what of it can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from itertools import count

from jangteo.domains.markets.errors import BadStall
from jangteo.domains.markets.models import Stall, Street
from jangteo.kernel import business_number

MOST_NAME = 30
MOST_INTRO = 120
MOST_PHONE = 20


@dataclass(frozen=True, slots=True)
class StallFacts:
    """`since` is the year it began; hours are Korean wall-clock time within one day.

    `business_number` is as people type it, `tax_status` one of Stall.TaxStatus; either may be "", not known.
    """

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
    business_number: str = ""
    tax_status: str = ""


def check_facts(facts: StallFacts) -> None:
    """Raises BadStall, which names the field, and BusinessNumberRefused."""
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
    if facts.tax_status not in ("", *Stall.TaxStatus.values):
        raise BadStall(field="tax_status")
    if facts.business_number.strip():
        business_number.parsed(facts.business_number)


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
        "business_number": business_number.parsed(facts.business_number) if facts.business_number.strip() else "",
        "tax_status": facts.tax_status,
    }


def free_slot(street: Street) -> int:
    """The first free place from the gate. The caller holds the market's lock."""
    taken = set(Stall.objects.filter(street=street).values_list("slot", flat=True))
    return next(slot for slot in count(1) if slot not in taken)
