"""A whole wave will come later, and all its customers are told at once."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.delivery.errors import BadPromise, NothingPromised
from jangteo.domains.delivery.models import Promise, Seat, Wave
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_MINUTES = 240


@action
def revise_wave(*, market: Market, actor: Actor, wave_id: int, minutes: int, why: Promise.Why) -> int:
    """So many minutes later than the wave's own hours, for every seat taken; how many were told anew.

    Said again with the same minutes it changes nothing. Raises BadPromise, NothingPromised.
    """
    if not 0 < minutes <= MOST_MINUTES or why == Promise.Why.FIRST:
        raise BadPromise
    wave = Wave.objects.select_for_update().filter(pk=wave_id).first()
    if wave is None or not wave.taken:
        raise NothingPromised
    later = timedelta(minutes=minutes)
    from_at, until_at = wave.starts_at + later, wave.ends_at + later
    if until_at <= clock.now():
        raise BadPromise
    if wave.said_until == until_at:
        return 0
    orders = Seat.objects.filter(wave=wave, freed_at=None).order_by("pk").values_list("order_id", flat=True)
    rows = [
        Promise(market=market, order_id=order, from_at=from_at, until_at=until_at, why=why, said_at=clock.now())
        for order in orders
    ]
    Promise.objects.bulk_create(rows)
    wave.is_late, wave.said_until = False, until_at
    wave.save(update_fields=["is_late", "said_until"])
    audit.record(actor, "wave.revised", f"wave:{wave.pk}", minutes=minutes, orders=len(rows), why=why.value)
    live.publish(
        [live.News(f"market:{market.pk}", "wave"), *(live.News(f"order:{row.order_id}", "promise") for row in rows)]
    )
    return len(rows)
