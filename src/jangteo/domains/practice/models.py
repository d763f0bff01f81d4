"""Who practises where. The copy itself is a `Market` with `practice_of`, below zero like everything in it."""

from __future__ import annotations

from django.db import models

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import Device
from jangteo.kernel.tenancy import MarketManager


class Sitting(models.Model):
    """One device, or the shoppers without one, in a copy of a market.

    Invented customers come at `next_at`, as long as somebody has looked at a page lately (`seen_at`).
    """

    class Face(models.TextChoices):
        STALL = "stall"
        OFFICE = "office"
        SHOP = "shop"
        HELPER = "helper"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    device = models.OneToOneField(Device, models.PROTECT, related_name="+", null=True)
    face = models.CharField(max_length=8, choices=Face.choices)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    next_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="sitting_in_a_copy", condition=models.Q(market__lt=0)),
            models.UniqueConstraint(
                fields=["market"], name="one_sitting_of_shoppers", condition=models.Q(device__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"sitting {self.pk} {self.face}"


class PracticeText(models.Model):
    """A text message that would have gone out; it is shown on the screen instead."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    text = models.CharField(max_length=400)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.CheckConstraint(name="text_in_a_copy", condition=models.Q(market__lt=0))]

    def __str__(self) -> str:
        return f"text {self.pk}"
