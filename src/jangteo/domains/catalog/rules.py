"""What tax a good usually bears, until when a price of today holds, and how near a typed word is to a name.

Words are compared letter by letter (of `hangul.jamo` text).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from jangteo.kernel.clock import KST, korean

LETTERS_PER_SLIP = 9
# Kinds whose goods are unprocessed food for the most part, which bears no VAT (부가가치세법 제26조 1항 1호).
EXEMPT_KINDS = frozenset({"fish", "dried", "vegetable", "fruit", "meat", "poultry", "tofu", "grain", "flower"})
EXEMPT, TAXABLE = "exempt", "taxable"


def usual_tax(kind_key: str) -> str:
    """The VAT class that most goods of a kind have, "exempt" or "taxable"; kinds that nobody knows are taxed."""
    return EXEMPT if kind_key in EXEMPT_KINDS else TAXABLE


def closing_after(moment: datetime, closes_at: time) -> datetime:
    """The first closing after the moment, in UTC. What is priced when the market has closed is meant for tomorrow."""
    day = moment.astimezone(KST).date()
    closing = korean(day, closes_at)
    return closing if closing > moment else korean(day + timedelta(days=1), closes_at)


def slips_within(wanted: str, text: str) -> int:
    """The fewest letters to insert, drop or change so that `wanted` occurs somewhere in `text` (Sellers, 1980)."""
    best = list(range(len(wanted) + 1))
    least = best[-1]
    for letter in text:
        previous, best = best, [0]
        for place, asked in enumerate(wanted, start=1):
            best.append(min(previous[place] + 1, best[-1] + 1, previous[place - 1] + (letter != asked)))
        least = min(least, best[-1])
    return least


def allowed_slips(wanted: str) -> int:
    """One slip of the finger, one more for each further nine letters; words under four letters must be right."""
    return 0 if len(wanted) < 4 else 1 + len(wanted) // LETTERS_PER_SLIP
