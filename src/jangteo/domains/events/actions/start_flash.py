"""A stall lets goods go for less (떨이), now or from a time on."""

from __future__ import annotations

from datetime import datetime, timedelta

from jangteo.domains.catalog.models import Good
from jangteo.domains.events.actions.begin_flash import begin_flash
from jangteo.domains.events.errors import AlreadyFlash, BadFlash, NothingToSell
from jangteo.domains.events.models import FlashSale
from jangteo.domains.events.rules import LEAST_PERCENT, LONGEST_FLASH, MOST_PERCENT, flash_price
from jangteo.domains.events.told import NewFlash
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, ids, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

LATEST_START = timedelta(days=7)


@action
def start_flash(*, market: Market, actor: Actor, told: NewFlash) -> list[FlashSale]:
    """One row for each good that is on sale at a price; they share a batch, by which they are taken back.

    Goods that have no price now are left out. Raises BadFlash, NothingToSell, AlreadyFlash.
    """
    now = clock.now()
    _check(told, now)
    wanted = Good.objects.select_for_update().filter(stall_id=told.stall_id, pk__in=told.good_ids)
    goods = [good for good in wanted.order_by("pk") if _sells(good, told, now)]
    if not goods:
        raise NothingToSell
    alive = FlashSale.objects.filter(good__in=goods, state__in=[FlashSale.State.COMING, FlashSale.State.ON])
    twice = alive.select_related("good").first()
    if twice is not None:
        raise AlreadyFlash(name=twice.good.name)
    batch = ids.new_token()
    rows = [_row(market, good, told, batch) for good in goods]
    if told.starts_at <= now:
        begin_flash(rows=rows, actor=actor)
    audit.record(actor, "flash.made", f"stall:{told.stall_id}", percent=told.percent, goods=len(rows))
    live.publish([live.News(f"market:{market.pk}", "event", {"stall": told.stall_id})])
    return rows


def _check(told: NewFlash, moment: datetime) -> None:
    if not LEAST_PERCENT <= told.percent <= MOST_PERCENT:
        raise BadFlash(field="percent")
    if told.ends_at <= max(told.starts_at, moment) or told.ends_at - told.starts_at > LONGEST_FLASH:
        raise BadFlash(field="ends_at")
    if told.starts_at - moment > LATEST_START:
        raise BadFlash(field="starts_at")


def _sells(good: Good, told: NewFlash, now: datetime) -> bool:
    priced = not good.asks_price and not good.price_ended(now)
    return good.state == Good.State.ON_SALE and priced and flash_price(good.price_won, told.percent) < good.price_won


def _row(market: Market, good: Good, told: NewFlash, batch: str) -> FlashSale:
    return FlashSale.objects.create(
        market=market,
        stall_id=good.stall_id,
        good=good,
        batch=batch,
        price_won=flash_price(good.price_won, told.percent),
        was_won=good.price_won,
        was_life=good.price_life,
        was_until=good.price_until,
        starts_at=told.starts_at,
        ends_at=told.ends_at,
        state=FlashSale.State.COMING,
        made_at=clock.now(),
    )
