"""What the account itself keeps of its person."""

from __future__ import annotations

from jangteo.domains.people.actions.forget_person import forget_person
from jangteo.domains.people.models import ApiToken, User
from jangteo.kernel.personal import Kept, Part, Person, Row


def kept(person: Person) -> list[Kept]:
    """The account, and the programs that act for it here. Two queries."""
    user = User.objects.get(pk=person.user_id)
    account: Row = {"phone": user.phone or "", "name": user.name, "email": user.email, "joined_at": user.joined_at}
    tokens = ApiToken.objects.filter(user_id=person.user_id).order_by("-pk")
    programs = tuple(
        {"label": one.label, "made_at": one.created_at, "ended_at": one.revoked_at} for one in tokens.iterator()
    )
    return [Kept("account", (account,)), Kept("programs", programs)]


PART = Part(
    kept=kept,
    forget=forget_person,
    covers=frozenset({"people.User", "people.ApiToken"}),
)
