"""What is written down around a payment beside its state: windows that were opened, and where its money may go back."""

from __future__ import annotations

from django.db import models

from jangteo.domains.markets.models import Market
from jangteo.kernel.tenancy import MarketManager


class OpenedWindow(models.Model):
    """A window at a gateway that hands its address out first. `key` is in the address that the browser returns to.

    `token` is what the browser brought back: good for one approval, gone once the payment has ended.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    payment = models.ForeignKey("payments.Payment", models.PROTECT, related_name="windows")
    gateway = models.CharField(max_length=16)
    tid = models.CharField(max_length=64)
    key = models.CharField(max_length=32, unique=True)
    token = models.CharField(max_length=100, default="", blank=True)
    opened_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gateway", "tid"], name="one_window_per_tid")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.tid}"


class RefundAccount(models.Model):
    """The customer's own account, for money that came as a deposit. `bank` is the clearing institute's code.

    `tries` counts the accounts that were given: one that the bank refused is replaced by the next.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    payment = models.OneToOneField("payments.Payment", models.PROTECT, related_name="refund_account")
    bank = models.CharField(max_length=3)
    number = models.CharField(max_length=20)
    holder = models.CharField(max_length=60)
    tries = models.PositiveSmallIntegerField(default=1)
    given_at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return f"account for {self.payment_id}"
