"""Where a market delivers, when, for how much, and which orders it has promised to bring. Orders are integers here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jangteo.domains.markets.models import Market
from jangteo.kernel.tenancy import MarketManager

PAYERS = [(name, name) for name in ("customer", "stalls", "half", "municipality")]


class Zone(models.Model):
    """Where is delivered: the places on its list and, with a radius, any address with coordinates within it.

    Coordinates of the centre are integer micro-degrees.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    name = models.CharField(max_length=30)
    lat_e6 = models.IntegerField(null=True)
    lon_e6 = models.IntegerField(null=True)
    radius_m = models.PositiveIntegerField(null=True)
    is_on = models.BooleanField(default=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="radius_has_centre",
                condition=Q(radius_m=None) | Q(lat_e6__isnull=False, lon_e6__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A 동 or a building that customers pick. `key` is its name as it is compared; once in a market."""

    class Kind(models.TextChoices):
        DONG = "dong"
        BUILDING = "building"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="places")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    lat_e6 = models.IntegerField(null=True)
    lon_e6 = models.IntegerField(null=True)
    is_on = models.BooleanField(default=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "key"], name="place_once_a_market"),
            models.CheckConstraint(
                name="place_is_a_point",
                condition=Q(lat_e6=None, lon_e6=None) | Q(lat_e6__isnull=False, lon_e6__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Window(models.Model):
    """Hours of the week in which orders are brought. `days` are ISO weekdays, Monday 1. Changed ones get a new row."""

    class Runs(models.TextChoices):
        ALWAYS = "always"
        MARKET_DAYS = "market_days"
        OTHER_DAYS = "other_days"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    days = models.JSONField()
    starts = models.TimeField()
    ends = models.TimeField()
    cut_off_minutes = models.PositiveSmallIntegerField()
    capacity = models.PositiveSmallIntegerField()
    runs = models.CharField(max_length=11, choices=Runs.choices, default=Runs.ALWAYS)
    on_holidays = models.BooleanField(default=False)
    is_on = models.BooleanField(default=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="window_ends_later", condition=Q(starts__lt=F("ends"))),
            models.CheckConstraint(name="window_has_seats", condition=Q(capacity__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}-{self.ends:%H:%M}"


class RestDay(models.Model):
    """A day on which nothing is delivered, whatever the week says."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    day = models.DateField()
    why = models.CharField(max_length=40)

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "day"], name="one_rest_per_day")]

    def __str__(self) -> str:
        return f"{self.day}"


class FeePolicy(models.Model):
    """The fee from a day on, until a later row begins. Append-only; of two that begin together the newer counts."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    starts = models.DateField()
    fee_won = models.PositiveIntegerField()
    payer = models.CharField(max_length=12, choices=PAYERS)
    free_from_won = models.PositiveIntegerField(null=True)
    municipality_won = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["market", "-starts", "-id"], name="fee_policy_newest")]

    def __str__(self) -> str:
        return f"{self.starts}: {self.fee_won}"


class Wave(models.Model):
    """A window on one day, written when its first seat is taken. Its number is known before (`rules.wave_id`).

    `expected_at` is when it is thought to be done, `said_until` the end that was said anew, both null where nobody has.
    `is_late`: the office is to say something to the wave's customers.
    """

    id = models.BigIntegerField(primary_key=True)
    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    window = models.ForeignKey(Window, models.PROTECT, related_name="+")
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cut_off_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    expected_at = models.DateTimeField(null=True)
    said_until = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["window", "day"], name="one_wave_per_day"),
            models.CheckConstraint(name="wave_holds", condition=Q(taken__lte=F("capacity"))),
        ]
        indexes = [models.Index(fields=["market", "starts_at"], name="waves_by_time")]

    def __str__(self) -> str:
        return f"wave:{self.pk}"


class Seat(models.Model):
    """An order's place in a wave, with the fee as it was agreed. Free again once `freed_at` is set."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="seats")
    order_id = models.BigIntegerField()
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", null=True)
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    lat_e6 = models.IntegerField(null=True)
    lon_e6 = models.IntegerField(null=True)
    total_won = models.PositiveIntegerField()
    customer_won = models.PositiveIntegerField()
    stalls_won = models.PositiveIntegerField()
    municipality_won = models.PositiveIntegerField()
    taken_at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order_id"], name="one_seat_per_order"),
            models.CheckConstraint(
                name="fee_shares_come_to_it",
                condition=Q(total_won=F("customer_won") + F("stalls_won") + F("municipality_won")),
            ),
        ]
        indexes = [models.Index(fields=["wave", "id"], name="seats_of_wave")]

    def __str__(self) -> str:
        return f"seat of order {self.order_id}"


class Promise(models.Model):
    """When an order was said to come, and every time it was said anew. Append-only; the newest holds."""

    class Why(models.TextChoices):
        FIRST = "first"
        LATE_STALL = "late_stall"
        LATE_COURIER = "late_courier"
        WEATHER = "weather"
        ASKED = "asked"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    order_id = models.BigIntegerField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    why = models.CharField(max_length=12, choices=Why.choices)
    said_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.CheckConstraint(name="promise_ends_later", condition=Q(from_at__lt=F("until_at")))]
        indexes = [models.Index(fields=["order_id", "-id"], name="promise_newest")]

    def __str__(self) -> str:
        return f"promise of order {self.order_id}"
