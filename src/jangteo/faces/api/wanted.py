"""What a program asked for, as the order that is placed, and which window brings it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.errors import NoDelivery, NoSuchWave, NoWindow
from jangteo.domains.delivery.queries import offers
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.wanted import WantedLine, WantedMoney
from jangteo.faces.api.asked import OrderAsked, TimedOrder
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market

NO_WAVE = 0


def timed(asked: OrderAsked, wanted_at: datetime, wave_id: int | None) -> TimedOrder:
    """The order. A wave knows its own time: the order is wanted when it begins."""
    return TimedOrder(
        lines=tuple(WantedLine(line.good_id, line.quantity, line.ceiling_won) for line in asked.lines),
        name=asked.name,
        phone=asked.phone,
        fulfil=asked.fulfil,
        wanted_at=wanted_at,
        tender=asked.tender,
        address=asked.address,
        note=asked.note,
        way=asked.way,
        moneys=_moneys(asked),
        wave_id=wave_id,
        place=None if wave_id is None else Address(asked.address, asked.place_id or 0),
        fee_won=asked.fee_won,
        substitute=asked.substitute,
        asked_at=asked.wanted_at,
        asked_wave_id=asked.wave_id,
        asked_place_id=asked.place_id,
    )


def _moneys(asked: OrderAsked) -> tuple[WantedMoney, ...]:
    return tuple(WantedMoney(money.kind, money.scheme, money.won) for money in asked.moneys)


def wave_of(market: Market, asked: OrderAsked) -> int | None:
    """The wave that is asked for, else the next one or that of the asked time; None where the market has no windows.

    NO_WAVE where none is left: placing refuses it, but answers a repeat of an earlier order. Raises NoDelivery.
    """
    if asked.wave_id is not None or asked.fulfil != "deliver":
        return asked.wave_id
    with in_market(market.pk):
        found = offers(market, None, 0, clock.now())
    if found.fee is None:
        if asked.place_id is not None:
            raise NoDelivery
        return None
    at = asked.wanted_at
    return next((one.wave_id for one in found.offers if at is None or one.starts <= at < one.ends), NO_WAVE)


@contextmanager
def telling_of_windows(asked: OrderAsked) -> Iterator[None]:
    """Who asked for no window in particular hears that there is none at all."""
    try:
        yield
    except NoSuchWave as none:
        if asked.wave_id is None and asked.wanted_at is None:
            raise NoWindow from none
        raise
