"""An order as it stands on a label."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext

from jangteo.domains.carriers.ports import Label
from jangteo.domains.carriers.queries import Leaving
from jangteo.domains.hub.models import Parcel
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


def box_labels(market: Market, one: Leaving, packed: Parcel | None) -> list[Label]:
    """One for each box of the hub, saying which of how many it is and how to carry it."""
    label = label_of(market, one)
    if packed is None:
        return [label]
    how = [label.careful] if label.careful else []
    how += [gettext("차갑게")] if packed.is_cold else []
    how += [gettext("깨져요")] if packed.is_fragile else []
    return [
        replace(label, careful=", ".join([gettext("상자 %(at)s/%(of)s") % {"at": at, "of": packed.boxes}, *how]))
        for at in range(1, packed.boxes + 1)
    ]
