"""A break is explained, or what the gateway says is taken over."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.book_settled import book_settled
from jangteo.domains.settlement.errors import BreakSolved, NoteMissing
from jangteo.domains.settlement.models import Break, GatewaySettled
from jangteo.domains.settlement.reconcile.comparing import BreakKind
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_NOTE = 200


@action
def solve_break(*, market: Market, actor: Actor, break_id: int, note: str) -> Break:
    """Keep how it was solved; whoever solves it owns it. A fee that is solved is booked as the gateway kept it.

    Raises NoteMissing, BreakSolved, Break.DoesNotExist.
    """
    said = note.strip()
    if not 0 < len(said) <= MOST_NOTE:
        raise NoteMissing(most=MOST_NOTE)
    row = Break.objects.select_for_update().get(pk=break_id)
    if row.state == Break.State.SOLVED:
        raise BreakSolved
    moment = clock.now()
    row.state, row.note, row.solved_by, row.solved_at = Break.State.SOLVED, said, actor.ref, moment
    if not row.owner:
        row.owner, row.owned_at = actor.ref, moment
    row.save(update_fields=["state", "note", "solved_by", "solved_at", "owner", "owned_at"])
    if row.kind == BreakKind.FEE:
        settled = GatewaySettled.objects.filter(key=row.key).first()
        if settled is not None:
            book_settled(settled=settled, fee_won=settled.fee_won, actor=actor)
    audit.record(actor, "break.solved", f"break:{row.pk}", kind=row.kind)
    return row
