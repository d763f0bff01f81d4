"""What leaves the market by somebody else's hands: errands of quick couriers, and parcels."""

from __future__ import annotations

from django.db import models

from jangteo.domains.carriers.rules import MOST_CARE, MOST_DETAIL, MOST_NOTE, Point
from jangteo.domains.carriers.states import QUICK_IS_OVER, ParcelState, QuickState
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.models import Order
from jangteo.kernel.tenancy import MarketManager


def _choices(of: type[QuickState] | type[ParcelState]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in of]


class QuickCall(models.Model):
    """One errand that a quick courier was called for. `ref` is its name at the company and cannot be guessed.

    The place of the customer's door is in millionths of a degree. `won` is what the company says it costs.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    company = models.CharField(max_length=16)
    ref = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=_choices(QuickState), default=QuickState.ASKED)
    address = models.CharField(max_length=200)
    detail = models.CharField(max_length=MOST_DETAIL, default="", blank=True)
    lat_micro = models.IntegerField(null=True)
    lng_micro = models.IntegerField(null=True)
    note = models.CharField(max_length=MOST_NOTE, default="", blank=True)
    estimate_won = models.PositiveIntegerField()
    won = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=60, default="", blank=True)
    stop_asked_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "key"], name="quick_call_once_a_key"),
            models.UniqueConstraint(
                fields=["order"],
                name="one_quick_call_runs",
                condition=~models.Q(state__in=sorted(QUICK_IS_OVER)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["market", "id"],
                name="quick_calls_running",
                condition=~models.Q(state__in=sorted(QUICK_IS_OVER)),
            ),
            models.Index(fields=["order", "-id"], name="quick_calls_of_order"),
        ]

    def __str__(self) -> str:
        return f"quick:{self.pk} {self.state}"

    @property
    def point(self) -> Point | None:
        """None once its person was forgotten."""
        if self.lat_micro is None or self.lng_micro is None:
            return None
        return Point(self.lat_micro, self.lng_micro)


class Parcel(models.Model):
    """A parcel with a carrier's number. `stall` is the one whose goods are in it, None for the whole order.

    State, `since`, `place` and `trouble` are what `states.standing` makes of its sightings. A wrong number is taken
    back, never deleted.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+", null=True)
    carrier = models.CharField(max_length=16)
    number = models.CharField(max_length=20)
    careful = models.CharField(max_length=MOST_CARE, default="", blank=True)
    state = models.CharField(max_length=9, choices=_choices(ParcelState), default=ParcelState.NOTED)
    since = models.DateTimeField()
    place = models.CharField(max_length=40, default="", blank=True)
    trouble = models.CharField(max_length=11, default="", blank=True)
    noted_at = models.DateTimeField()
    news_at = models.DateTimeField()
    looks = models.PositiveSmallIntegerField(default=0)
    look_at = models.DateTimeField(null=True)
    unread = models.CharField(max_length=60, default="", blank=True)
    taken_back_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "carrier", "number"],
                name="parcel_number_once",
                condition=models.Q(taken_back_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["look_at"], name="parcels_to_look", condition=models.Q(look_at__isnull=False)),
            models.Index(fields=["order", "id"], name="parcels_of_order"),
        ]

    def __str__(self) -> str:
        return f"parcel:{self.pk} {self.state}"


class Seen(models.Model):
    """A carrier saw a parcel. Append-only. No words of the carrier: they name drivers and their telephones."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="seen")
    what = models.CharField(max_length=11)
    at = models.DateTimeField()
    place = models.CharField(max_length=40, default="", blank=True)
    noted_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parcel", "what", "at", "place"], name="seen_once")]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.what}"
