"""Which window brings an order that a program asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jangteo.domains.delivery.errors import NoDelivery, NoSuchWave, NoWindow
from jangteo.domains.delivery.queries import offers
from jangteo.domains.markets.models import Market
from jangteo.faces.api.asked import OrderAsked
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market

NO_WAVE = 0


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
