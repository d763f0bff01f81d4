"""What the customer of a gathered order sees: where it waits for them, and what was not to be had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jangteo.domains.hub.models import Missing, Parcel
from jangteo.domains.hub.queries import USUAL_HOURS, keep_rule, missing_of, parcel_of
from jangteo.domains.hub.rules import digits_of
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.states import OrderState


@dataclass(frozen=True, slots=True)
class Gathered:
    """`until` is how long the shelf keeps it, `rule` what happens then; None for what is not complete or is brought."""

    parcel: Parcel | None
    digits: str
    until: datetime | None
    missing: Sequence[Missing]
    rule: str = ""

    @property
    def on_shelf(self) -> bool:
        return self.until is not None


def gathered_here(order: Order) -> Gathered | None:
    """None where nothing of it is gathered. Two statements, three once it is on the shelf."""
    if order.fulfil == Order.Fulfil.PICKUP and order.tender != Order.Tender.CARD:
        return None  # paid at the stalls, so fetched there
    parcel, missing = parcel_of(order.pk), missing_of(order.pk)
    if parcel is None and not missing:
        return None
    waits = parcel is not None and parcel.given_at is None and order.state == OrderState.PLACED
    is_fetched = order.fulfil == Order.Fulfil.PICKUP
    ready = parcel.ready_at if parcel is not None and waits and is_fetched else None
    rule = None if ready is None else keep_rule()
    hours = USUAL_HOURS if rule is None else rule.hours
    until = None if ready is None else ready + timedelta(hours=hours)
    words = "" if rule is None else rule.words
    return Gathered(parcel if waits else None, digits_of(order.token), until, missing, words)
