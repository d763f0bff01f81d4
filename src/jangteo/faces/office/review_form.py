"""A review event as the association fills it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.queries import coupons_of_maker
from jangteo.domains.reviews.models import ReviewEvent
from jangteo.domains.reviews.wanted import WantedEvent
from jangteo.kernel import clock


def coupons_to_give() -> list[Coupon]:
    """Coupons of the association that are given to people, and still run."""
    today = clock.calendar_day()
    return [
        one
        for one in coupons_of_maker(None)
        if one.form == Coupon.Form.GIVEN and one.stopped_at is None and (one.ends is None or one.ends >= today)
    ]


@dataclass(slots=True)
class EventForm:
    """As typed; `error` is the sentence above the form."""

    name: str = ""
    kind: str = ReviewEvent.Kind.DRAW.value
    winners: str = "10"
    days: str = "14"
    coupon: str = ""
    error: str = ""

    @classmethod
    def of(cls, told: Mapping[str, str]) -> EventForm:
        return cls(
            told.get("name", "")[:200],
            told.get("kind", "")[:20],
            told.get("winners", "")[:9],
            told.get("days", "")[:9],
            told.get("coupon", "")[:18],
        )

    def wanted(self, coupons: list[Coupon]) -> WantedEvent:
        """What is no number counts as 0, which the action refuses with the name of the field."""
        coupon = next((one for one in coupons if str(one.pk) == self.coupon), None)
        return WantedEvent(
            name=self.name,
            kind=self.kind,
            winners=_number(self.winners),
            coupon_id=coupon.pk if coupon else 0,
            prize=coupon.name if coupon else "-",
            days=_number(self.days),
        )


def _number(text: str) -> int:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() else 0
