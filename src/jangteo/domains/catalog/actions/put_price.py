"""A price that another domain has decided on is written, with how long it holds."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.catalog.models import Good, PriceChange
from jangteo.kernel import audit, clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def put_price(*, good: Good, actor: Actor, price_won: int, life: Good.PriceLife, until: datetime | None) -> None:
    """`good` is locked by the caller, who also tells of it. `until` only for a price of today."""
    was, moment = good.price_won, clock.now()
    good.price_won, good.price_life, good.price_until, good.changed_at = price_won, life, until, moment
    good.save(update_fields=["price_won", "price_life", "price_until", "changed_at"])
    if was != price_won:
        PriceChange.objects.create(market_id=good.market_id, good=good, price_won=price_won, at=moment)
    audit.record(actor, "good.priced", f"good:{good.pk}", was_won=was, price_won=price_won)
