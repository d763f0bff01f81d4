"""Pay-outs that a gateway makes: stalls as it knows them, and what it was asked to pay."""

from __future__ import annotations

from django.db import models

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.payments.payouts_port import PayeeKind, PayeeState, PayoutState
from jangteo.domains.settlement.run_models import SettlementLine, SettlementRun
from jangteo.kernel.tenancy import MarketManager, StallManager


class StallPayee(models.Model):
    """A stall at a gateway. `ref` names it there, and never another; `key` is the gateway's, "" before it answered.

    Every change of what the gateway is to know raises `version`; `told_version` is the last one that it has taken, 0
    for none. `refusal` is its code when it would not take the newest. What kind of business a stall is cannot be
    changed there: it gets another row, as does one whose registration was refused.
    """

    class Kind(models.TextChoices):
        PERSON = PayeeKind.PERSON
        SOLE_TRADER = PayeeKind.SOLE_TRADER
        COMPANY = PayeeKind.COMPANY

    class State(models.TextChoices):
        NEW = "new"
        UNIDENTIFIED = PayeeState.UNIDENTIFIED
        LIMITED = PayeeState.LIMITED
        HELD = PayeeState.HELD
        APPROVED = PayeeState.APPROVED

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    gateway = models.CharField(max_length=20)
    ref = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=11, choices=Kind.choices)
    email = models.EmailField()
    phone = models.CharField(max_length=11)
    account = models.ForeignKey("settlement.PayoutAccount", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)
    told_version = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=64, default="", blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    refusal = models.CharField(max_length=100, default="", blank=True)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    objects = StallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stall"], name="one_payee_per_stall", condition=models.Q(retired_at__isnull=True)
            ),
            models.UniqueConstraint(fields=["gateway", "key"], name="payee_key_once", condition=~models.Q(key="")),
        ]

    def __str__(self) -> str:
        return f"payee {self.ref} of stall {self.stall_id}"


class PayoutBatch(models.Model):
    """One call to the gateway for up to a hundred pay-outs, written down before it is made. Append-only.

    `key` makes a repeat of the call the same call; `pay_on` is the Korean day on which the gateway is to pay.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    run = models.ForeignKey(SettlementRun, models.PROTECT, related_name="batches")
    gateway = models.CharField(max_length=20)
    key = models.CharField(max_length=64, unique=True)
    pay_on = models.DateField()
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return f"batch {self.pk} of run {self.run_id}"


class SentPayout(models.Model):
    """One pay-out of a batch. WAITING: nobody knows yet whether the gateway has taken the batch. REFUSED: it has not.

    `failure` is the gateway's code for a refusal or a failure. A line has one that was not refused, at the most: the
    database keeps its money from being asked for twice.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        REFUSED = "refused"
        REQUESTED = PayoutState.REQUESTED
        IN_PROGRESS = PayoutState.IN_PROGRESS
        COMPLETED = PayoutState.COMPLETED
        FAILED = PayoutState.FAILED
        CANCELLED = PayoutState.CANCELLED

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    batch = models.ForeignKey(PayoutBatch, models.PROTECT, related_name="payouts")
    line = models.ForeignKey(SettlementLine, models.PROTECT, related_name="sent")
    payee = models.ForeignKey(StallPayee, models.PROTECT, related_name="+")
    ref = models.CharField(max_length=50, unique=True)
    amount_won = models.PositiveBigIntegerField()
    state = models.CharField(max_length=11, choices=State.choices, default=State.WAITING)
    key = models.CharField(max_length=64, default="", blank=True)
    failure = models.CharField(max_length=100, default="", blank=True)
    changed_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    back_asked_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line"], name="one_payout_per_line", condition=~models.Q(state="refused")),
            models.CheckConstraint(name="payout_of_something", condition=models.Q(amount_won__gt=0)),
        ]
        indexes = [
            models.Index(
                fields=["read_at"],
                name="payouts_on_their_way",
                condition=models.Q(state__in=["waiting", "requested", "in_progress"]),
            ),
            models.Index(fields=["key"], name="payout_by_key"),
        ]

    def __str__(self) -> str:
        return f"pay-out {self.ref} {self.state}"

    @property
    def is_on_its_way(self) -> bool:
        """Whether the gateway has still to say how it ended."""
        return self.state in ON_THE_WAY

    @property
    def can_be_called_back(self) -> bool:
        return self.state == self.State.REQUESTED and self.back_asked_at is None


ON_THE_WAY = (SentPayout.State.WAITING, SentPayout.State.REQUESTED, SentPayout.State.IN_PROGRESS)
