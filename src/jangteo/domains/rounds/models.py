"""Couriers' rounds: who brings which order of a wave, in which sequence, what happened at the door, and the pay."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jangteo.domains.delivery.models import Wave
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Order
from jangteo.domains.people.models import Device
from jangteo.domains.rounds.states import StopState
from jangteo.kernel.tenancy import MarketManager


class Round(models.Model):
    """One courier's stops of one wave. `left_at`: they dropped out, and get nothing new of this wave."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="+")
    courier = models.ForeignKey(Device, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "courier"], name="one_round_per_wave")]
        indexes = [models.Index(fields=["courier", "-id"], name="rounds_of_courier")]

    def __str__(self) -> str:
        return f"round:{self.pk}"


class Stop(models.Model):
    """One order's way to its door. Stops of the same round with the same `building` are one door.

    `due_at` is when the courier was planned to be there. `photo` names the picture at the door, gone with its time.
    A failed one may be followed by another for the same order once `again` is set.
    """

    class Why(models.TextChoices):
        NOBODY = "nobody"
        ADDRESS = "address"
        REFUSED = "refused"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, related_name="stops")
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    building = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=StopState.choices, default=StopState.PLANNED)
    changed_at = models.DateTimeField()
    photo = models.CharField(max_length=22, default="", blank=True)
    why = models.CharField(max_length=7, choices=Why.choices, default="", blank=True)
    again = models.BooleanField(default=False)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                name="order_in_one_round",
                condition=~Q(state__in=["failed", "called_off"]),
            )
        ]
        indexes = [models.Index(fields=["round", "position"], name="stops_of_round")]

    def __str__(self) -> str:
        return f"stop:{self.pk}"


class StopMove(models.Model):
    """Each step of a stop. `at` is when the courier pressed, `kept_at` when the server heard of it. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stop = models.ForeignKey(Stop, models.PROTECT, related_name="moves")
    was = models.CharField(max_length=10)
    became = models.CharField(max_length=10)
    at = models.DateTimeField()
    kept_at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return f"stop {self.stop_id}: {self.was} to {self.became}"


class Lack(models.Model):
    """Something that was not in the boxes when the courier looked. Append-only; the association settles the money."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stop = models.ForeignKey(Stop, models.PROTECT, related_name="lacks")
    line_id = models.BigIntegerField()
    good_name = models.CharField(max_length=40)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stop", "line_id"], name="lacks_once")]

    def __str__(self) -> str:
        return f"line {self.line_id} not aboard"


class Rate(models.Model):
    """What a courier gets for an order brought, from a day on. Append-only; the newest that has begun counts."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    starts = models.DateField()
    stop_won = models.PositiveIntegerField()
    written_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["market", "-starts", "-id"], name="courier_rate_newest")]

    def __str__(self) -> str:
        return f"{self.starts}: {self.stop_won}"


class Earning(models.Model):
    """The pay for one order brought, as the rate was on that day. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    courier = models.ForeignKey(Device, models.PROTECT, related_name="+")
    stop = models.OneToOneField(Stop, models.PROTECT, related_name="+")
    day = models.DateField()
    won = models.PositiveIntegerField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["courier", "day"], name="earnings_by_day")]

    def __str__(self) -> str:
        return f"{self.won} for stop {self.stop_id}"
