"""Goods as a stall sells them: named with their unit, priced by the piece or by weight."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from jangteo.domains.markets.models import Kind, Market, Stall
from jangteo.kernel.tenancy import MarketManager, StallManager


class Good(models.Model):
    """One thing for sale. `name` and `unit` are read together: 고등어 1손.

    Sold by weight: `price_won` is for `price_grams`, and one ordered unit weighs `unit_grams` or so.
    A price of today holds until `price_until`; then nobody is shown the good until the stall has named a price again.
    A price that is asked for at the stall has the last known one in `price_won`, which no shopper is shown.
    """

    class State(models.TextChoices):
        ON_SALE = "on_sale"
        SOLD_OUT = "sold_out"
        HIDDEN = "hidden"

    class Tax(models.TextChoices):
        EXEMPT = "exempt"
        TAXABLE = "taxable"

    class PriceLife(models.TextChoices):
        STANDING = "standing"
        TODAY = "today"
        ASKED = "asked"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60, default="", blank=True)
    unit = models.CharField(max_length=20)
    origin = models.CharField(max_length=80)
    note = models.CharField(max_length=60, default="", blank=True)
    price_won = models.PositiveIntegerField()
    price_life = models.CharField(max_length=8, choices=PriceLife.choices, default=PriceLife.STANDING)
    price_until = models.DateTimeField(null=True)
    price_grams = models.PositiveIntegerField(null=True)
    unit_grams = models.PositiveIntegerField(null=True)
    tax = models.CharField(max_length=7, choices=Tax.choices)
    picture = models.CharField(max_length=40)
    # The name of a Photo of the stall, which goes before the drawn picture; "" for none.
    photo = models.CharField(max_length=22, default="", blank=True)
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
                name="price_of_today_ends",
                condition=models.Q(price_life="today", price_until__isnull=False)
                | (~models.Q(price_life="today") & models.Q(price_until__isnull=True)),
            ),
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

    @property
    def asks_price(self) -> bool:
        """시가: the price is asked for at the stall, so nothing can be ordered ahead."""
        return self.price_life == self.PriceLife.ASKED

    def price_ended(self, now: datetime) -> bool:
        """A price of an earlier day, which the stall has not answered for yet."""
        return self.price_until is not None and self.price_until <= now


class Photo(models.Model):
    """A photo that a stall took. Its files are named by `name`; `digest` is that of the upload it was made from."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    name = models.CharField(max_length=22)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = StallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "name"], name="photo_once_by_name"),
            models.UniqueConstraint(fields=["stall", "digest"], name="photo_once_for_a_stall"),
        ]

    def __str__(self) -> str:
        return self.name


class PriceChange(models.Model):
    """What a good cost from when on. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    good = models.ForeignKey(Good, models.PROTECT, related_name="+")
    price_won = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return f"{self.good_id}: {self.price_won}"
