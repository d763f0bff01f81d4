"""Goods as a stall sells them: named with their unit, priced by the piece or by weight."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from jangteo.domains.markets.models import Kind, Market, Stall
from jangteo.kernel.tenancy import MarketManager, StallManager


class Good(models.Model):
    """One thing for sale. `name` and `unit` are read together: 고등어 1손.

    Sold by weight: `price_won` is for `price_grams`, and one ordered unit weighs `unit_grams` or so.
    """

    class State(models.TextChoices):
        ON_SALE = "on_sale"
        SOLD_OUT = "sold_out"
        HIDDEN = "hidden"

    class Tax(models.TextChoices):
        EXEMPT = "exempt"
        TAXABLE = "taxable"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60, default="", blank=True)
    unit = models.CharField(max_length=20)
    origin = models.CharField(max_length=80)
    note = models.CharField(max_length=60, default="", blank=True)
    price_won = models.PositiveIntegerField()
    price_grams = models.PositiveIntegerField(null=True)
    unit_grams = models.PositiveIntegerField(null=True)
    tax = models.CharField(max_length=7, choices=Tax.choices)
    picture = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ON_SALE)
    search_jamo = models.CharField(max_length=300)
    search_initials = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    rank = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = StallManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="good_costs_something", condition=models.Q(price_won__gt=0)),
            models.CheckConstraint(
                name="weighed_good_has_both_weights",
                condition=models.Q(price_grams__isnull=True, unit_grams__isnull=True)
                | models.Q(price_grams__gt=0, unit_grams__gt=0),
            ),
        ]
        indexes = [
            models.Index(fields=["market", "kind", "-rank"], name="good_by_kind"),
            models.Index(fields=["stall", "position"], name="good_by_stall"),
            GinIndex(OpClass("search_jamo", name="gin_trgm_ops"), name="good_jamo_trgm"),
            GinIndex(OpClass("search_initials", name="gin_trgm_ops"), name="good_initials_trgm"),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.name} {self.unit}"

    @property
    def is_weighed(self) -> bool:
        return self.price_grams is not None


class PriceChange(models.Model):
    """What a good cost from when on. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    good = models.ForeignKey(Good, models.PROTECT, related_name="+")
    price_won = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return f"{self.good_id}: {self.price_won}"
