"""What a customer asked and claimed."""

from __future__ import annotations

from jangteo.domains.inquiries.actions.forget_person import forget_person, inquiries_of_person
from jangteo.domains.inquiries.models import Inquiry
from jangteo.kernel.personal import Kept, Part, Person, Row


def kept(person: Person) -> list[Kept]:
    """Two queries."""
    rows = inquiries_of_person(person).select_related("stall").prefetch_related("said").order_by("-pk")
    return [Kept("inquiries", tuple(_row(one) for one in rows))]


def _row(one: Inquiry) -> Row:
    words = [f"{said.by}: {said.words}" for said in one.said.all() if said.words]
    return {"stall": one.stall.name, "name": one.asker, "at": one.asked_at, "text": "\n".join(words)}


PART = Part(kept=kept, forget=forget_person, covers=frozenset({"inquiries.Inquiry"}))
