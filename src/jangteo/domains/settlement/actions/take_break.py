"""Somebody looks after a break, or hands it back."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.errors import BreakSolved
from jangteo.domains.settlement.models import Break
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def take_break(*, market: Market, actor: Actor, break_id: int, keep: bool = True) -> Break:
    """Whoever takes it is its owner, also when it was another's; `keep` False leaves it to nobody.

    Raises BreakSolved, Break.DoesNotExist.
    """
    row = Break.objects.select_for_update().get(pk=break_id)
    if row.state == Break.State.SOLVED:
        raise BreakSolved
    row.owner, row.owned_at = (actor.ref, clock.now()) if keep else ("", None)
    row.save(update_fields=["owner", "owned_at"])
    audit.record(actor, "break.taken" if keep else "break.left", f"break:{row.pk}")
    return row
