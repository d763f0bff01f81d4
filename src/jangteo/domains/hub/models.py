"""Where parts of orders are brought together: tours past the stalls, parcels on the shelf, goods that were missing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market, Stall, Street
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.kernel.tenancy import MarketManager


class HubPlan(models.Model):
    """How a market gathers orders. Without a row, or switched off, they are handed over at the stalls.

    `street` is the one at whose gate the hub stands. `shelves` is how many numbers the shelf has, 0 for no shelf: then
    only what is delivered is gathered.
    """

    class Brings(models.TextChoices):
        PICKER = "picker"
        STALLS = "stalls"

    market = models.OneToOneField(Market, models.PROTECT, related_name="+")
    street = models.ForeignKey(Street, models.PROTECT, related_name="+", null=True)
    brings = models.CharField(max_length=6, choices=Brings.choices, default=Brings.PICKER)
    tour_minutes = models.PositiveSmallIntegerField(default=30)
    shelves = models.PositiveSmallIntegerField(default=0)
    is_on = models.BooleanField(default=True)

    objects = MarketManager()

    def __str__(self) -> str:
        return f"hub of market {self.market_id}"


class KeepRule(models.Model):
    """How many hours the shelf keeps what nobody fetches, and in words what happens then, from a day on.

    Append-only; of two that begin together the newer counts.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    starts = models.DateField()
    hours = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["market", "-starts", "-id"], name="keep_rule_newest")]

    def __str__(self) -> str:
        return f"{self.starts}: {self.hours} h"


class Tour(models.Model):
    """One walk past the stalls. `length_dm` is its length in decimetres as the market is drawn."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    length_dm = models.PositiveIntegerField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["market", "-id"], name="tours_newest")]

    def __str__(self) -> str:
        return f"tour:{self.pk}"


class Pick(models.Model):
    """A stall's part on its way to the hub, once. `tour` is null where the stall brings it; `position` is in the tour.

    LATER: it was not ready, and comes again at the end of the tour.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        LATER = "later"
        GOT = "got"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    tour = models.ForeignKey(Tour, models.PROTECT, related_name="picks", null=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    part = models.OneToOneField(StallPart, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    changed_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["tour", "position"], name="picks_of_tour")]

    def __str__(self) -> str:
        return f"pick of part {self.part_id}"


class Parcel(models.Model):
    """An order at the hub. `shelf` is its number there, null for one that is delivered or has gone."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    order = models.OneToOneField(Order, models.PROTECT, related_name="+")
    boxes = models.PositiveSmallIntegerField(default=1)
    is_cold = models.BooleanField(default=False)
    is_fragile = models.BooleanField(default=False)
    shelf = models.PositiveSmallIntegerField(null=True)
    ready_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "shelf"], name="one_parcel_per_shelf", condition=Q(shelf__isnull=False)
            ),
            models.CheckConstraint(name="parcel_has_a_box", condition=Q(boxes__gt=0)),
        ]
        indexes = [models.Index(fields=["market", "ready_at"], name="parcels_waiting", condition=Q(given_at=None))]

    def __str__(self) -> str:
        return f"parcel of order {self.order_id}"


class Missing(models.Model):
    """A good that a stall turned out not to have, as it was ordered, and what the customer wished for then.

    `won` is what it was to cost at the most. Append-only; what became of it is its `Outcome`.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    line = models.OneToOneField(Line, models.PROTECT, related_name="+")
    good_name = models.CharField(max_length=40)
    unit = models.CharField(max_length=20)
    won = models.PositiveBigIntegerField()
    wish = models.CharField(max_length=7, choices=Order.Substitute.choices)
    at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return f"line {self.line_id} missing"


class Outcome(models.Model):
    """What became of a missing good: paid back, or another one of the stall at no higher a price. Append-only."""

    class What(models.TextChoices):
        REFUND = "refund"
        SWAP = "swap"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    missing = models.OneToOneField(Missing, models.PROTECT, related_name="outcome")
    what = models.CharField(max_length=6, choices=What.choices)
    good = models.ForeignKey(Good, models.PROTECT, related_name="+", null=True)
    good_name = models.CharField(max_length=40, default="", blank=True)
    won = models.PositiveBigIntegerField(default=0)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="swap_has_a_good",
                condition=Q(what="swap", good__isnull=False) | Q(what="refund", good=None, won=0),
            )
        ]

    def __str__(self) -> str:
        return f"missing {self.missing_id}: {self.what}"


class ParcelNotice(models.Model):
    """What the customer of a parcel on the shelf is told, once each: it is ready, and that it still waits.

    DROPPED: it was not true any more. LOST: there was no way to them.
    """

    class About(models.TextChoices):
        READY = "ready"
        AGAIN = "again"

    class State(models.TextChoices):
        WAITING = "waiting"
        TOLD = "told"
        DROPPED = "dropped"
        LOST = "lost"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="+")
    about = models.CharField(max_length=5, choices=About.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parcel", "about"], name="parcel_told_once")]
        indexes = [models.Index(fields=["due_at"], name="parcel_notices_due", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.about} of parcel {self.parcel_id}"
