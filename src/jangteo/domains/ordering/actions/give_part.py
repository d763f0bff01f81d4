"""Goods change hands, and their money becomes the stall's."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ordering.actions.give_back_lines import give_back_lines
from jangteo.domains.ordering.actions.move import move_parts
from jangteo.domains.ordering.models import Line, Shortfall, StallPart
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.states import PartState
from jangteo.domains.payments.actions.capture_tenders import PaidLine
from jangteo.domains.payments.actions.collect_at_stall import Collected, collect_at_stall
from jangteo.domains.payments.rules.tenders import TenderKind, till_of
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def give_part(*, part: StallPart, taken: TenderKind | None, actor: Actor) -> list[Line]:
    """Hand a part of a locked order over and book it; its lines. `taken` as in `hand_over_part`.

    Raises MoveNotAllowed.
    """
    move_parts(parts=[part], to=PartState.HANDED_OVER, actor=actor)
    lines = _lines_given(part)
    spare = {line.pk: facts_of(line).most_won - facts_of(line).due_won for line in lines}
    give_back_lines(order=part.order, wons=spare, reason=f"part_{part.pk}_weighed", actor=actor)
    collected = collect_at_stall(
        market_id=part.market_id,
        order_ref=part.order.ref,
        stall_id=part.stall_id,
        lines=[_due(line) for line in lines],
        taken=taken,
    )
    _book(part, collected, actor)
    return lines


def _lines_given(part: StallPart) -> list[Line]:
    """A line whose shortfall was refunded is not charged again."""
    refunded = Shortfall.objects.filter(line__part=part, state=Shortfall.State.REFUNDED).values("line_id")
    return list(Line.objects.filter(part=part).exclude(pk__in=refunded))


def _due(line: Line) -> PaidLine:
    return PaidLine(str(line.pk), line.stall_id, facts_of(line).due_won, line.tax == Good.Tax.EXEMPT)


def _book(part: StallPart, collected: Collected, actor: Actor) -> None:
    """Money from outside becomes what the stall is owed; money in the stall's hand is only written down."""
    stall = f"stall:{part.stall_id}"
    lines = {f"order:{part.order.ref}": collected.ahead_won, f"{stall}:payable": -collected.ahead_won}
    for kind, won in collected.here_won.items():
        account = till_of(part.stall_id, kind)
        lines[account] = lines.get(account, 0) + won
    lines[f"{stall}:sales"] = -sum(collected.here_won.values())
    entry = NewEntry(
        key=f"part:{part.pk}:handed_over",
        kind="allocate" if collected.ahead_won else "recorded",
        cause=f"order:{part.order.ref}",
        lines=lines,
    )
    post_entry(market_id=part.market_id, actor=actor, entry=entry)
