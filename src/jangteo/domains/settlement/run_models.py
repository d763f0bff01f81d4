"""A settlement run, frozen when its period was closed, and what became of each of its lines."""

from __future__ import annotations

from django.db import models

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.settlement.modes import NOT_APPROVED, SENT, Mode, RunState
from jangteo.domains.settlement.rules import STALL
from jangteo.kernel.tenancy import MarketManager, StallManager


class SettlementRun(models.Model):
    """The money of one period of a market. Days are Korean calendar days, both included.

    Its lines cover the ledger entries after `after_entry` up to `until_entry`; the next run begins there, so that no
    entry is settled twice or never. Only `state` and who changed it when may change afterwards.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    mode = models.CharField(max_length=16, choices=Mode.choices)
    fee_bp = models.PositiveSmallIntegerField()
    gateway_fee_bp = models.PositiveSmallIntegerField(null=True)
    after_entry = models.BigIntegerField()
    until_entry = models.BigIntegerField()
    payout_won = models.PositiveBigIntegerField()
    closed_by = models.CharField(max_length=64)
    closed_at = models.DateTimeField()
    state = models.CharField(max_length=13, choices=RunState.choices, default=RunState.CLOSED)
    reviewed_by = models.CharField(max_length=64, default="", blank=True)
    changed_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="run_goes_forward", condition=models.Q(until_entry__gte=models.F("after_entry"))
            ),
            models.CheckConstraint(name="run_period_goes_forward", condition=models.Q(last__gte=models.F("first"))),
            models.UniqueConstraint(
                fields=["market", "after_entry"],
                name="no_entry_in_two_runs",
                condition=~models.Q(state=RunState.DROPPED),
            ),
            models.UniqueConstraint(
                fields=["market"], name="one_run_under_way", condition=models.Q(state__in=NOT_APPROVED)
            ),
        ]

    def __str__(self) -> str:
        return f"run {self.pk} {self.first} {self.last} {self.state}"


class SettlementLine(models.Model):
    """One stall's statement, never changed. Won; `tenders`, `coupons` and `sources` are net of refunds.

    `tenders` by kind of money, `coupons` by funder, `sources` by the ledger account that the money waits on.
    `left_*` is what stays with the association for the next run: pay-outs that came back, and with an own contract
    the coupons that others pay for. `carried_*` is what the stall owes. `payout_won` is what it is paid.
    `delivery_won` is what it bears of delivery fees, below zero for the stall that gets them.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    run = models.ForeignKey(SettlementRun, models.PROTECT, related_name="lines")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    sales_won = models.PositiveBigIntegerField()
    refunds_won = models.PositiveBigIntegerField()
    late_refunds_won = models.PositiveBigIntegerField()
    tenders = models.JSONField(default=dict)
    coupons = models.JSONField(default=dict)
    sources = models.JSONField(default=dict)
    direct_won = models.BigIntegerField()
    fee_won = models.BigIntegerField()
    fee_vat_won = models.BigIntegerField()
    gateway_fee_won = models.BigIntegerField()
    delivery_won = models.BigIntegerField(default=0)
    left_in_won = models.PositiveBigIntegerField()
    left_out_won = models.PositiveBigIntegerField()
    carried_in_won = models.PositiveBigIntegerField()
    carried_out_won = models.PositiveBigIntegerField()
    payout_won = models.PositiveBigIntegerField()

    objects = StallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "stall"], name="one_line_per_stall"),
            models.CheckConstraint(
                name="debt_or_payout", condition=models.Q(carried_out_won=0) | models.Q(payout_won=0, left_out_won=0)
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.pk} of run {self.run_id}"

    @property
    def own_coupons_won(self) -> int:
        """What the stall bears of its coupons."""
        return int(self.coupons.get(STALL, 0))

    @property
    def market_fee_won(self) -> int:
        """What the market takes, its VAT included."""
        return self.fee_won + self.fee_vat_won

    @property
    def all_fees_won(self) -> int:
        return self.market_fee_won + self.gateway_fee_won

    @property
    def can_return(self) -> bool:
        """Whether the bank can have sent it back."""
        return bool(self.payout_won) and self.run.state in SENT


class Approval(models.Model):
    """One manager's yes to a run. Two different ones release it. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    run = models.ForeignKey(SettlementRun, models.PROTECT, related_name="approvals")
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "actor_ref"], name="approved_once_by_each")]

    def __str__(self) -> str:
        return f"{self.actor_ref} for run {self.run_id}"


class PayoutFile(models.Model):
    """The file for the bank, byte for byte as it was first made. `accounts` maps line ids to accounts paid to."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    run = models.OneToOneField(SettlementRun, models.PROTECT, related_name="file")
    name = models.CharField(max_length=80)
    layout = models.CharField(max_length=40)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    total_won = models.PositiveBigIntegerField()
    accounts = models.JSONField(default=dict)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return self.name


class LineOutcome(models.Model):
    """What the bank did with a line's pay-out. Paid first, and returned later, is possible. Append-only."""

    class Outcome(models.TextChoices):
        PAID = "paid"
        RETURNED = "returned"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    line = models.ForeignKey(SettlementLine, models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(max_length=200, default="", blank=True)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "outcome"], name="each_outcome_once")]

    def __str__(self) -> str:
        return f"line {self.line_id} {self.outcome}"
