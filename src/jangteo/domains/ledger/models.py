"""Double entry in whole won. The database refuses a change, a removal and an unbalanced entry."""

from __future__ import annotations

from django.db import models

from jangteo.domains.markets.models import Market
from jangteo.kernel.tenancy import MarketManager


class Entry(models.Model):
    """One event of money: a set of lines that sum to zero. `key` makes a repeat harmless, `cause` names the event."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    key = models.CharField(max_length=120, unique=True)
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=32)
    cause = models.CharField(max_length=64)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()
    # A correction is an entry of its own that names the one it takes back; none is taken back twice.
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["cause"], name="entry_by_cause")]

    def __str__(self) -> str:
        return f"{self.kind} {self.cause}"


class EntryLine(models.Model):
    """`account` is "kind:owner" ("clear:toss", "order:…", "stall:7:payable"); debit positive, credit negative."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    account = models.CharField(max_length=80)
    amount_won = models.BigIntegerField()

    objects = MarketManager()

    class Meta:
        constraints = [models.CheckConstraint(name="entry_line_not_zero", condition=~models.Q(amount_won=0))]
        indexes = [models.Index(fields=["account"], name="line_by_account")]

    def __str__(self) -> str:
        return f"{self.account} {self.amount_won:+d}"


class LimitedAccount(models.Model):
    """What the owner of a limited account may spend, kept beside the lines so that the database refuses too much.

    `balance_won` is the owner's: minus the sum of the account's lines. Only accounts with a floor have a row; a hot
    account such as a gateway's would make every order wait for the one before.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    account = models.CharField(max_length=80)
    balance_won = models.BigIntegerField(default=0)
    held_won = models.BigIntegerField(default=0)
    floor_won = models.BigIntegerField(default=0)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "account"], name="one_row_per_limited_account"),
            models.CheckConstraint(
                name="limited_account_above_floor",
                condition=models.Q(balance_won__gte=models.F("floor_won") + models.F("held_won")),
            ),
            models.CheckConstraint(name="held_not_negative", condition=models.Q(held_won__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.balance_won} ({self.held_won} held)"


class Hold(models.Model):
    """Won of a limited account kept aside until it is posted, voided, or `expires_at`. It ends exactly once."""

    class State(models.TextChoices):
        OPEN = "open"
        POSTED = "posted"
        VOID = "void"
        EXPIRED = "expired"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    account = models.CharField(max_length=80)
    amount_won = models.PositiveBigIntegerField()
    key = models.CharField(max_length=120, unique=True)
    cause = models.CharField(max_length=64)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    expires_at = models.DateTimeField()
    placed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="hold_is_something", condition=models.Q(amount_won__gt=0)),
            models.CheckConstraint(
                name="hold_ends_once",
                condition=models.Q(state="open", ended_at=None, entry=None)
                | models.Q(state="posted", ended_at__isnull=False, entry__isnull=False)
                | models.Q(state__in=["void", "expired"], ended_at__isnull=False, entry=None),
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="open_fund_hold_expiry", condition=models.Q(state="open")),
            models.Index(fields=["cause"], name="fund_hold_by_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount_won} {self.state}"
