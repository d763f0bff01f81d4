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
