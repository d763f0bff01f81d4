"""The association says where bags are carried to."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.helping.errors import BadPoints
from jangteo.domains.helping.models import CarryPoint
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_POINTS, LONGEST = 6, 30


@action
def set_carry_points(*, market: Market, actor: Actor, names: Sequence[str]) -> int:
    """Write the list over; none means that nothing is carried. How many there are now. Raises BadPoints."""
    wanted = list(dict.fromkeys(" ".join(name.split()) for name in names if name.strip()))
    if len(wanted) > MOST_POINTS or any(len(name) > LONGEST for name in wanted):
        raise BadPoints(most=MOST_POINTS, longest=LONGEST)
    CarryPoint.objects.all().delete()
    rows = [CarryPoint(market=market, name=name, position=at) for at, name in enumerate(wanted)]
    CarryPoint.objects.bulk_create(rows)
    audit.record(actor, "help.carry_points", f"market:{market.pk}", points=len(wanted))
    return len(wanted)
