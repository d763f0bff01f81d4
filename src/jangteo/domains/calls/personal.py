"""What calls keep of the person who called: by the keyed digest of a proven number."""

from __future__ import annotations

from jangteo.domains.calls.actions.forget_person import forget_person
from jangteo.domains.calls.callers import caller_digest
from jangteo.domains.calls.models import Consent
from jangteo.kernel.personal import Kept, Part, Person, Row
from jangteo.kernel.tenancy import current


def kept(person: Person) -> list[Kept]:
    """One query; calls are known by nothing but the number."""
    market_id = current().market_id
    if not person.phone or market_id is None:
        return [Kept("calls", ())]
    theirs = Consent.objects.filter(made__caller=caller_digest(market_id, person.phone)).order_by("-pk")
    return [Kept("calls", tuple(_row(one) for one in theirs.select_related("made__order")))]


def _row(one: Consent) -> Row:
    return {"number": one.made.order.ref, "at": one.at, "wording": one.said, "taken_by": one.taken_by}


PART = Part(kept=kept, forget=forget_person, covers=frozenset({"calls.PhoneOrder"}))
