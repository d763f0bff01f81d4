"""An order as it stands on a label."""

from __future__ import annotations

from jangteo.domains.carriers.ports import Label
from jangteo.domains.carriers.queries import Leaving
from jangteo.domains.markets.models import Market


def label_of(market: Market, one: Leaving) -> Label:
    """What is careful to handle stands once, however many parcels say it."""
    careful = dict.fromkeys(parcel.careful for parcel in one.parcels if parcel.careful)
    order = one.order
    return Label(
        market=market.name,
        number=order.number,
        name=order.name,
        phone=order.phone,
        address=order.address,
        careful=", ".join(careful),
        wanted_at=order.wanted_at,
    )
