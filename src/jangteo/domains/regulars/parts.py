"""Every domain's part of what is known of a person. Upper domains come first: they find theirs by what lies below."""

from __future__ import annotations

from jangteo.domains.calls import personal as calls
from jangteo.domains.campaigns import personal as campaigns
from jangteo.domains.carriers import personal as carriers
from jangteo.domains.counter import personal as counter
from jangteo.domains.events import personal as events
from jangteo.domains.helping import personal as helping
from jangteo.domains.inquiries import personal as inquiries
from jangteo.domains.ordering import personal as ordering
from jangteo.domains.people import personal as people
from jangteo.domains.promotions import personal as promotions
from jangteo.domains.rebates import personal as rebates
from jangteo.domains.regulars import personal as regulars
from jangteo.domains.reviews import personal as reviews
from jangteo.domains.rounds import personal as rounds
from jangteo.domains.stamps import personal as stamps
from jangteo.kernel.personal import Kept, Part, Person

PARTS: tuple[Part, ...] = (
    regulars.PART,
    campaigns.PART,
    rounds.PART,
    stamps.PART,
    rebates.PART,
    reviews.PART,
    inquiries.PART,
    events.PART,
    carriers.PART,
    calls.PART,
    counter.PART,
    ordering.PART,
    promotions.PART,
    helping.PART,
    people.PART,
)


def kept_here(person: Person) -> list[Kept]:
    """Everything that the market in scope keeps of a person, the account itself first. A fixed number of queries."""
    return [kept for part in reversed(PARTS) for kept in part.kept(person)]


def still_waits(person: Person) -> int:
    """How many things must end in the market in scope before it can forget the person."""
    return sum(part.waits_for(person) for part in PARTS)
