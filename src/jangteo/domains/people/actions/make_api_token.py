"""A bearer token for a program."""

from __future__ import annotations

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.models import ApiToken, User
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def make_api_token(
    *, market: Market, actor: Actor, label: str, stall: Stall | None = None, user: User | None = None
) -> str:
    """The token, shown once. With `stall` it acts as it, with `user` as that customer. Raises NeverForAnother."""
    audit.in_person(actor)
    token = ids.new_token()
    row = ApiToken.objects.create(
        market=market,
        stall=stall,
        user=user,
        label=label[:60],
        token_digest=ids.token_digest(token),
        created_at=clock.now(),
    )
    audit.record(actor, "token.made", f"token:{row.pk}")
    return token
