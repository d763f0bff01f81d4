"""Money taken through a gateway, as far as we know it; the gateway's own answer decides."""

from __future__ import annotations

from django.db import models

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.matrix_models import Cell, Giveback, GivebackLeg, Tender
from jangteo.domains.payments.policy_models import CashbackGrant, PolicyRow
from jangteo.domains.payments.ports import PayBy
from jangteo.domains.payments.window_models import OpenedWindow, RefundAccount
from jangteo.kernel.tenancy import MarketManager

__all__ = [
    "CashbackGrant",
    "Cell",
    "Giveback",
    "GivebackLeg",
    "OpenedWindow",
    "Payment",
    "PaymentMove",
    "PolicyRow",
    "Refund",
    "RefundAccount",
    "Tender",
]


class Payment(models.Model):
    """One payment of one order through a gateway. `order_ref` is our reference there, "order:…" in the ledger.

    `attempt` is the try that the customer came back from last, where `payment_key` is the same for all of them.
    `captures` counts how often the money came: a deposit can be taken back and come again. The `account_…` columns say
    where a deposit goes. `read_at` is when the gateway was asked last without anything new.
    """

    class State(models.TextChoices):
        CREATED = "created"
        REQUESTED = "requested"
        UNKNOWN = "unknown"
        WAITING_DEPOSIT = "waiting_deposit"
        CAPTURED = "captured"
        PART_REFUNDED = "part_refunded"
        REFUNDED = "refunded"
        FAILED = "failed"
        EXPIRED = "expired"
        MISMATCH = "mismatch"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    gateway = models.CharField(max_length=16)
    order_ref = models.CharField(max_length=64, unique=True)
    amount_won = models.PositiveBigIntegerField()
    tax_free_won = models.PositiveBigIntegerField()
    pay_by = models.CharField(max_length=8, choices=[(one.value, one.value) for one in PayBy], default=PayBy.CARD.value)
    state = models.CharField(max_length=16, choices=State.choices, default=State.CREATED)
    payment_key = models.CharField(max_length=200, null=True, unique=True)
    attempt = models.CharField(max_length=200, default="", blank=True)
    captures = models.PositiveSmallIntegerField(default=0)
    captured_won = models.PositiveBigIntegerField(default=0)
    refunded_won = models.PositiveBigIntegerField(default=0)
    method = models.CharField(max_length=40, default="", blank=True)
    receipt_url = models.CharField(max_length=300, default="", blank=True)
    failure_code = models.CharField(max_length=60, default="", blank=True)
    account_bank = models.CharField(max_length=3, default="", blank=True)
    account_number = models.CharField(max_length=40, default="", blank=True)
    account_holder = models.CharField(max_length=200, default="", blank=True)
    read_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="refund_within_capture", condition=models.Q(refunded_won__lte=models.F("captured_won"))
            )
        ]
        indexes = [models.Index(fields=["state", "changed_at"], name="payment_by_state")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.order_ref} {self.state}"

    @property
    def is_taken_back(self) -> bool:
        """Whether a deposit had come, and the bank says now that it never has."""
        return self.pay_by == PayBy.ACCOUNT and self.captures > 0 and not self.captured_won


class PaymentMove(models.Model):
    """Every change of a payment's state. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="+")
    was = models.CharField(max_length=16)
    became = models.CharField(max_length=16)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return f"{self.was} -> {self.became}"


class Refund(models.Model):
    """Money on its way back. `key` is the idempotency key at the gateway."""

    class State(models.TextChoices):
        QUEUED = "queued"
        DONE = "done"
        REJECTED = "rejected"
        UNKNOWN = "unknown"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="+")
    key = models.CharField(max_length=100, unique=True)
    amount_won = models.PositiveBigIntegerField()
    tax_free_won = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    gateway_key = models.CharField(max_length=100, default="", blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.CheckConstraint(name="refund_is_something", condition=models.Q(amount_won__gt=0))]

    def __str__(self) -> str:
        return f"{self.key} {self.amount_won} {self.state}"
