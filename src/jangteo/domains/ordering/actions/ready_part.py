"""Packed and waiting for the customer."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.lock_part import lock_part
from jangteo.domains.ordering.actions.move import move_parts
from jangteo.domains.ordering.errors import NotWeighed
from jangteo.domains.ordering.models import Line, Shortfall, StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def ready_part(*, market: Market, actor: Actor, part_id: int) -> StallPart:
    """Mark an accepted part as ready. Raises NotWeighed, MoveNotAllowed, StallPart.DoesNotExist."""
    part = lock_part(part_id=part_id)
    if part.state == PartState.READY:
        return part
    unweighed = first_unweighed(part)
    if unweighed is not None:
        raise NotWeighed(name=unweighed.name)
    move_parts(parts=[part], to=PartState.READY, actor=actor)
    audit.record(actor, "part.ready", f"part:{part.pk}", number=part.order.number)
    return part


def first_unweighed(part: StallPart) -> Line | None:
    """A line that waits for the scale; what was missing and paid back does not."""
    lost = Shortfall.objects.filter(line__part=part, state=Shortfall.State.REFUNDED).values("line_id")
    waiting = Line.objects.filter(part=part, price_grams__isnull=False, final_grams__isnull=True)
    return waiting.exclude(pk__in=lost).first()
