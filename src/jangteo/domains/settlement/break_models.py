"""What the outside said, where it does not agree with the book, and which days are over."""

from __future__ import annotations

from django.db import models

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.reconcile.comparing import BreakKind
from jangteo.kernel.tenancy import MarketManager

# The kind of a break that no comparison finds: money moved, and no report stands against it.
NO_REPORT = "no_report"


class Break(models.Model):
    """One thing that does not agree, and who looks after it.

    `about` is the report or kind of file it came to light by, `source` the gateway or file, `key` what both sides call
    it; won of a side that knows nothing of it is null. Those facts never change. For a fee, `moved_won` and `paid_won`
    are the sale and what the gateway paid out of it.
    """

    class State(models.TextChoices):
        OPEN = "open"
        SOLVED = "solved"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=[(kind, kind) for kind in (*map(str, BreakKind), NO_REPORT)])
    about = models.CharField(max_length=24)
    source = models.CharField(max_length=80)
    key = models.CharField(max_length=300)
    order_ref = models.CharField(max_length=64, default="", blank=True)
    day = models.DateField()
    here_won = models.BigIntegerField(null=True)
    there_won = models.BigIntegerField(null=True)
    moved_won = models.BigIntegerField(null=True)
    paid_won = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
    owner = models.CharField(max_length=64, default="", blank=True)
    owned_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    note = models.CharField(max_length=200, default="", blank=True)
    solved_by = models.CharField(max_length=64, default="", blank=True)
    solved_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "about", "kind", "key", "day"], name="one_break_per_fact"),
            models.CheckConstraint(
                name="solved_by_somebody",
                condition=models.Q(state="open", solved_at=None) | models.Q(state="solved", solved_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["market", "day"], name="open_break_by_day", condition=models.Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class GatewayDay(models.Model):
    """Whether a gateway's report of a Korean calendar day was held against the book; without a row nobody has tried.

    `compared_at` is when all of it was. Until then `trouble` says what the last try met, and of a gateway that is asked
    payment by payment, those up to `asked_to` (Payment.pk) are done and `left` are not.
    """

    class Trouble(models.TextChoices):
        UNANSWERED = "unanswered"
        REFUSED = "refused"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    gateway = models.CharField(max_length=16)
    day = models.DateField()
    compared_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=10, choices=Trouble.choices, default="", blank=True)
    asked_to = models.BigIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "gateway", "day"], name="gateway_day_once")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.day}"


class DayClose(models.Model):
    """A Korean calendar day of the book that is over. Append-only.

    `digest` is the ledger's `book_hash` of everything up to the end of the day, so that a change anywhere before shows.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    day = models.DateField()
    digest = models.CharField(max_length=64)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "day"], name="day_closed_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:8]}"


class ImportedFile(models.Model):
    """A report that somebody gave, known by its content. `kinds` is what it was taken for. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    kinds = models.JSONField(default=list)
    rows = models.PositiveIntegerField()
    breaks = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "sha256"], name="file_taken_once")]

    def __str__(self) -> str:
        return self.name


class GatewaySettled(models.Model):
    """What a gateway says it paid for one movement. `key` is that of the ledger entry. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    gateway = models.CharField(max_length=16)
    key = models.CharField(max_length=240, unique=True)
    order_ref = models.CharField(max_length=64, default="", blank=True)
    amount_won = models.BigIntegerField()
    fee_won = models.BigIntegerField()
    paid_won = models.BigIntegerField()
    sold_on = models.DateField()
    paid_on = models.DateField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["market", "paid_on"], name="settled_by_pay_day")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.key}"
