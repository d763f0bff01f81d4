"""A one-tap way in for one stall or role."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.models import EntryLink, Role
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

GOOD_FOR = timedelta(days=7)


@action
def make_entry_link(*, market: Market, actor: Actor, role: Role, stall: Stall | None = None, name: str = "") -> str:
    """The token of a new link, shown once and stored only as a digest. It dies in a week if nobody opens it.

    `name` is who will come in by it, up to 20 characters. Raises NeverForAnother.
    """
    audit.in_person(actor)
    token = ids.new_token()
    moment = clock.now()
    link = EntryLink.objects.create(
        market=market,
        stall=stall,
        role=role,
        name=name,
        token_digest=ids.token_digest(token),
        created_at=moment,
        expires_at=moment + GOOD_FOR,
    )
    audit.record(actor, "link.made", f"link:{link.pk}", role=role)
    return token
