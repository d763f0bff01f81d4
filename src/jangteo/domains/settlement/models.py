"""Who is paid where and on which terms, pay-outs run by run, and what does not agree with the outside."""

from __future__ import annotations

from django.db import models

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.settlement.break_models import NO_REPORT, Break, DayClose, GatewayDay, GatewaySettled, ImportedFile
from jangteo.domains.settlement.modes import Mode
from jangteo.domains.settlement.payout_models import PayoutBatch, SentPayout, StallPayee
from jangteo.domains.settlement.run_models import Approval, LineOutcome, PayoutFile, SettlementLine, SettlementRun
from jangteo.kernel.tenancy import MarketManager, StallManager

__all__ = [
    "NO_REPORT",
    "Approval",
    "Break",
    "DayClose",
    "GatewayDay",
    "GatewaySettled",
    "ImportedFile",
    "LineOutcome",
    "PayoutAccount",
    "PayoutBatch",
    "PayoutFile",
    "PayoutTerms",
    "SentPayout",
    "SettlementLine",
    "SettlementRun",
    "StallPayee",
]


class PayoutTerms(models.Model):
    """How a market settles. Without a row the defaults stand.

    `registration` is the number of the payment gateway registration (전자금융거래법 제28조), without which an
    association may not pay stalls out itself. `gateway_fee_bp` is what the gateway keeps before VAT, null where nobody
    has said. `layout` names a file of `bankfiles/layouts`, `made` its format; the gateway pays out `settle_after` bank
    days later.
    """

    market = models.OneToOneField(Market, models.PROTECT, related_name="+")
    mode = models.CharField(max_length=16, choices=Mode.choices, default=Mode.OWN_CONTRACT)
    registration = models.CharField(max_length=40, default="", blank=True)
    fee_bp = models.PositiveSmallIntegerField(default=0)
    gateway_fee_bp = models.PositiveSmallIntegerField(null=True)
    settle_after = models.PositiveSmallIntegerField(default=2)
    layout = models.CharField(max_length=40, default="generic")
    made = models.CharField(max_length=4, default="xlsx")

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="association_pays_registered_only",
                condition=~models.Q(mode=Mode.ASSOCIATION_PAYS) | ~models.Q(registration=""),
            ),
            models.CheckConstraint(name="fee_below_everything", condition=models.Q(fee_bp__lte=10_000)),
        ]

    def __str__(self) -> str:
        return self.mode


class PayoutAccount(models.Model):
    """Where a stall's money goes. One person writes it down, another confirms it; until then the one before counts.

    An account is never changed: a new row replaces it, and `retired_at` ends it.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    bank_code = models.CharField(max_length=3)
    number = models.CharField(max_length=16)
    holder = models.CharField(max_length=40)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=64, default="", blank=True)
    confirmed_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    objects = StallManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_confirmed_by_another", condition=~models.Q(confirmed_by=models.F("proposed_by"))
            ),
            models.UniqueConstraint(
                fields=["stall"],
                name="one_account_per_stall",
                condition=models.Q(confirmed_at__isnull=False, retired_at=None),
            ),
            models.UniqueConstraint(
                fields=["stall"],
                name="one_proposed_account_per_stall",
                condition=models.Q(confirmed_at=None, retired_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"account {self.pk} of stall {self.stall_id}"
