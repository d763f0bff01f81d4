"""Counted goods: what is there, what is held for a checkout, and every movement between."""

from __future__ import annotations

from django.db import models

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market
from jangteo.kernel.tenancy import MarketManager


class StockItem(models.Model):
    """The count of one good, in ordered units. A good without a row is not counted and never runs out by itself."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    good = models.OneToOneField(Good, models.PROTECT, related_name="+")
    on_hand = models.IntegerField()
    held = models.IntegerField(default=0)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="stock_never_negative", condition=models.Q(on_hand__gte=0)),
            models.CheckConstraint(
                name="held_within_stock", condition=models.Q(held__gte=0, held__lte=models.F("on_hand"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.good_id}: {self.on_hand} ({self.held} held)"


class StockMovement(models.Model):
    """Why a count changed. Append-only; the sum of deltas is the count."""

    class Reason(models.TextChoices):
        COUNTED = "counted"
        RECEIVED = "received"
        SOLD = "sold"
        RETURNED = "returned"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    item = models.ForeignKey(StockItem, models.PROTECT, related_name="+")
    delta = models.IntegerField()
    reason = models.CharField(max_length=8, choices=Reason.choices)
    cause = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return f"{self.item_id} {self.delta:+d} {self.reason}"


class StockHold(models.Model):
    """Units kept aside for a checkout until `expires_at`."""

    class State(models.TextChoices):
        OPEN = "open"
        TAKEN = "taken"
        RELEASED = "released"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    item = models.ForeignKey(StockItem, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    cause = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "cause"], name="one_hold_per_cause")]
        indexes = [
            models.Index(fields=["expires_at"], name="open_hold_expiry", condition=models.Q(state="open")),
            models.Index(fields=["cause"], name="hold_by_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} x{self.quantity} {self.state}"
