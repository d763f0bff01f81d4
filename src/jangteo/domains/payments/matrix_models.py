"""Which money paid how much of which line of an order, and what of it was given back."""

from __future__ import annotations

from django.db import models

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.payments.rules.refunds import Precedence
from jangteo.domains.payments.rules.tenders import RefundTo, TenderKind
from jangteo.kernel.tenancy import MarketManager, StallManager


class Tender(models.Model):
    """One kind of money of one order, a column of its matrix. `order_ref` is the order's, `key` unique within it.

    `line_keys` are the lines it may pay, `plan` says how much of which; it shares no payment with kinds in `excludes`.
    `policy` is the id of the row it was used under, `saved_won` what the customer saves by it. `hold_key` names won
    held of a limited account, `account` that account. `promised` money changes hands at `stall`, a column for each;
    all else is captured by this program.
    """

    class State(models.TextChoices):
        PLANNED = "planned"
        PROMISED = "promised"
        CAPTURED = "captured"
        VOID = "void"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    order_ref = models.CharField(max_length=64)
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in TenderKind])
    scheme = models.CharField(max_length=40, default="", blank=True)
    won = models.PositiveBigIntegerField()
    saved_won = models.PositiveBigIntegerField(default=0)
    policy = models.CharField(max_length=40, default="", blank=True)
    line_keys = models.JSONField(default=list)
    plan = models.JSONField(default=dict)
    excludes = models.JSONField(default=list)
    coupon = models.CharField(max_length=40, default="", blank=True)
    needs_won = models.PositiveBigIntegerField(default=0)
    account = models.CharField(max_length=80, default="", blank=True)
    hold_key = models.CharField(max_length=120, default="", blank=True)
    stall = models.ForeignKey(Stall, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    refund_until = models.DateField(null=True)
    changed_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order_ref", "key"], name="one_tender_per_key"),
            models.CheckConstraint(name="tender_is_something", condition=models.Q(won__gt=0)),
            models.CheckConstraint(
                name="promised_at_a_stall", condition=~models.Q(state="promised") | models.Q(stall__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_ref} {self.key} {self.won}"


class Giveback(models.Model):
    """One decided refund of an order. `won` is what the goods came to, `customer_won` what the customer gets.

    `reason` makes it unique within the order, so that a repeat changes nothing.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    order_ref = models.CharField(max_length=64)
    reason = models.CharField(max_length=60)
    precedence = models.CharField(max_length=15, choices=[(one.value, one.value) for one in Precedence])
    won = models.PositiveBigIntegerField()
    customer_won = models.PositiveBigIntegerField()
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order_ref", "reason"], name="one_giveback_per_reason")]

    def __str__(self) -> str:
        return f"{self.order_ref} {self.reason} {self.won}"


class Cell(models.Model):
    """Won of a tender on a line: positive as captured, negative as given back. Append-only; what is left is the sum.

    `exempt` lines bear no VAT. The database refuses a step below zero.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="cells")
    line_key = models.CharField(max_length=20)
    won = models.BigIntegerField()
    exempt = models.BooleanField()
    giveback = models.ForeignKey(Giveback, models.PROTECT, null=True, related_name="cells")

    objects = StallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tender", "line_key", "giveback"], name="one_cell_per_step", nulls_distinct=False
            ),
            models.CheckConstraint(name="cell_not_zero", condition=~models.Q(won=0)),
        ]

    def __str__(self) -> str:
        return f"{self.line_key} {self.won:+d}"


class GivebackLeg(models.Model):
    """One tender's share of a refund. `refund` follows the money at a gateway; the other legs are done when written.

    At the stall it is `by_hand`: the stall gives it across the counter and taps, or never took it.
    """

    class State(models.TextChoices):
        SENT = "sent"
        BY_HAND = "by_hand"
        DONE = "done"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    giveback = models.ForeignKey(Giveback, models.PROTECT, related_name="legs")
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="+")
    won = models.PositiveBigIntegerField()
    tax_free_won = models.PositiveBigIntegerField()
    to = models.CharField(max_length=7, choices=[(to.value, to.value) for to in RefundTo])
    state = models.CharField(max_length=7, choices=State.choices)
    refund = models.OneToOneField("payments.Refund", models.PROTECT, null=True, related_name="+")

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["giveback", "tender"], name="one_leg_per_tender"),
            models.CheckConstraint(name="leg_is_something", condition=models.Q(won__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.tender_id} {self.won} {self.to}"
