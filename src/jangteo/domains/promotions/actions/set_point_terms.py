"""What is given in points for what customers pay."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.markets.models import Market
from jangteo.domains.promotions.errors import BadPoints
from jangteo.domains.promotions.models import PointTerms, of_giver
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_BP = 1_000
MOST_DAYS = 3_650


@dataclass(frozen=True, slots=True)
class NewPointTerms:
    """`earn_bp` 0 gives none from now on; what was given stays. `stall_id` None is the association."""

    earn_bp: int
    lasts_days: int
    stall_id: int | None = None


@action
def set_point_terms(*, market: Market, actor: Actor, new: NewPointTerms) -> PointTerms:
    """Points for orders from now on. Raises BadPoints above a tenth, below nothing, or for no days."""
    if not 0 <= new.earn_bp <= MOST_BP:
        raise BadPoints(field="earn_bp")
    if not 0 < new.lasts_days <= MOST_DAYS:
        raise BadPoints(field="lasts_days")
    terms = PointTerms.objects.select_for_update().filter(of_giver(new.stall_id)).first()
    terms = terms or PointTerms(market=market, stall_id=new.stall_id)
    terms.earn_bp, terms.lasts_days, terms.changed_at = new.earn_bp, new.lasts_days, clock.now()
    terms.save()
    subject = f"market:{market.pk}" if new.stall_id is None else f"stall:{new.stall_id}"
    audit.record(actor, "points.terms", subject, earn_bp=new.earn_bp, lasts_days=new.lasts_days)
    return terms
