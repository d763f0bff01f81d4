"""What the asking itself leaves behind: sign-ins, files to take away, what was asked."""

from __future__ import annotations

from jangteo.domains.regulars.actions.forget_person import forget_person
from jangteo.domains.regulars.models import Favourite
from jangteo.domains.regulars.privacy_models import SignIn
from jangteo.kernel.personal import Kept, Part, Person, Row


def kept(person: Person) -> list[Kept]:
    """Two queries."""
    rows = SignIn.objects.filter(user_id=person.user_id).order_by("-pk")
    hearts = Favourite.objects.filter(user_id=person.user_id).select_related("stall", "good").order_by("-pk")
    return [
        Kept("sign_ins", tuple({"at": one.at, "from_address": one.from_address} for one in rows)),
        Kept("favourites", tuple(_heart(one) for one in hearts)),
    ]


def _heart(one: Favourite) -> Row:
    return {"stall": one.stall.name, "goods": "" if one.good is None else one.good.name, "at": one.at}


PART = Part(
    kept=kept,
    forget=forget_person,
    covers=frozenset({"regulars.Deletion", "regulars.TakeOut", "regulars.SignIn", "regulars.Favourite"}),
)
