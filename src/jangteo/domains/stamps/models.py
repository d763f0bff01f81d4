"""Stamps: a programme of a stall or of the market, a card of one person in it, and the stamps on it."""

from __future__ import annotations

from django.db import models

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.models import User
from jangteo.domains.promotions.models import Coupon
from jangteo.kernel.tenancy import MarketManager


class Programme(models.Model):
    """So many stamps are one reward. `stall` is None where every stall of the market stamps the same card.

    A visit is one stamp, or with `per_won` each full so many won of a purchase. Stamps end after `valid_days` (0:
    never). `coupon` is what a full card brings and `reward` what people call it.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+", null=True)
    need = models.PositiveSmallIntegerField()
    per_won = models.PositiveIntegerField(null=True)
    valid_days = models.PositiveSmallIntegerField(default=0)
    coupon = models.ForeignKey(Coupon, models.PROTECT, related_name="+")
    reward = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stall"], name="one_programme_of_a_stall", condition=models.Q(stopped_at=None)
            ),
            models.UniqueConstraint(
                fields=["market"],
                name="one_programme_of_a_market",
                condition=models.Q(stopped_at=None, stall=None),
            ),
            models.CheckConstraint(name="programme_needs_some", condition=models.Q(need__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.need} stamps: {self.reward}"


class Card(models.Model):
    """What one person collects in a programme; locked while it is stamped. `due_at` is when a reward is to be given."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cards")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "user"], name="one_card_of_a_person")]
        indexes = [models.Index(fields=["due_at"], name="card_due", condition=models.Q(due_at__isnull=False))]

    def __str__(self) -> str:
        return f"card {self.pk}"


class Stamp(models.Model):
    """Stamps put on a card; below 0 taken back, spent on a reward, or lapsed with the account. Append-only.

    `purchase` is what they are for: "sale:7", "part:7", "visit:KEY", "paper:7" (once a person), or "" for a reward.
    One that was taken back may be put anew: it has the next `turn`. `small` says that the purchase gave none.
    """

    class Kind(models.TextChoices):
        PUT = "put"
        PAPER = "paper"
        SMALL = "small"
        BACK = "back"
        REWARD = "reward"
        LAPSED = "lapsed"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    card = models.ForeignKey(Card, models.PROTECT, related_name="stamps")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    count = models.IntegerField()
    purchase = models.CharField(max_length=60, default="", blank=True)
    turn = models.PositiveSmallIntegerField(default=0)
    undoes = models.OneToOneField("self", models.PROTECT, related_name="undone_by", null=True)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "purchase", "turn"],
                name="one_stamp_a_purchase",
                condition=models.Q(kind__in=["put", "paper", "small"]),
            ),
            models.CheckConstraint(
                name="stamp_goes_its_way",
                condition=models.Q(kind__in=["put", "paper"], count__gt=0, undoes=None)
                | models.Q(kind="small", count=0, undoes=None)
                | models.Q(kind="back", count__lte=0, undoes__isnull=False)
                | models.Q(kind__in=["reward", "lapsed"], count__lt=0, undoes=None),
            ),
            models.CheckConstraint(
                name="stamp_is_for_something",
                condition=models.Q(kind__in=["reward", "lapsed"]) | ~models.Q(purchase=""),
            ),
        ]
        indexes = [
            models.Index(fields=["stall", "-at"], name="stamp_of_a_stall"),
            models.Index(fields=["purchase"], name="stamp_by_purchase", condition=~models.Q(purchase="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"


class Code(models.Model):
    """Six digits, and a token behind a QR code, that bring a customer and a stall together for one stamp.

    With `user` a customer's page shows them and the stall types them; with `stall` the stall's phone shows them and the
    customer scans or types them, for `purchase`.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+", null=True)
    digits = models.CharField(max_length=6)
    token = models.CharField(max_length=32, unique=True)
    purchase = models.CharField(max_length=60, default="", blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "digits"], name="one_code_of_these_digits", condition=models.Q(used_at=None)
            ),
            models.CheckConstraint(
                name="code_is_of_one",
                condition=models.Q(user=None, stall__isnull=False) | models.Q(user__isnull=False, stall=None),
            ),
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"
