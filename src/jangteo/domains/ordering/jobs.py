"""What comes round among orders."""

from __future__ import annotations

from jangteo.domains.ordering.actions.pass_on_part import pass_on_part
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.queries_cover import parts_to_pass_on
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped


def pass_on_left_orders() -> None:
    """Tell the next ones of every order that has waited out its turn."""
    with unscoped():
        due = parts_to_pass_on(clock.now())
    for part, whom in due:
        pass_on_part(market=part.market, actor=SYSTEM, part_id=part.pk, told=StallPart.Told(whom))
