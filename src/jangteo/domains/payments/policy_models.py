"""What voucher schemes give and forbid, row by row with dates, and the cashback that was given under such rows."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.expressions import CombinedExpression

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.rules.policies import CASHBACK_DAYS, Policy
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel.tenancy import MarketManager


def days_after(column: str, days: int) -> models.ExpressionWrapper[CombinedExpression]:
    """A column's day and so many more, as the database counts."""
    return models.ExpressionWrapper(models.F(column) + models.Value(days), output_field=models.DateField())


# A row that was taken back before it began ends the day before, and holds on no day at all.
HELD_DAYS = models.Func("starts", days_after("ends", 1), function="DATERANGE", output_field=DateRangeField())


class PolicyRow(models.Model):
    """One `rules.policies.Policy` of a market. The database refuses every change but an earlier end.

    `source` names the file or person it came from, `law` the law or notice behind it. `replaces` is the row without an
    end that this one closed when it was written.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=40)
    area = models.CharField(max_length=60, default="", blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    discount_bp = models.PositiveIntegerField(default=0)
    cashback = models.BooleanField(default=False)
    monthly_cap_won = models.PositiveBigIntegerField(null=True)
    payment_cap_won = models.PositiveBigIntegerField(null=True)
    min_won = models.PositiveBigIntegerField(default=1)
    excludes = models.JSONField(null=True)
    refused_kinds = models.JSONField(default=list)
    refused_goods = models.JSONField(default=list)
    cashback_cap_won = models.PositiveBigIntegerField(null=True)
    cashback_days = models.PositiveIntegerField(default=CASHBACK_DAYS)
    program = models.CharField(max_length=40, default="", blank=True)
    source = models.CharField(max_length=120)
    law = models.CharField(max_length=120, default="", blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_ends_after_it_starts",
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=days_after("starts", -1)),
            ),
            models.CheckConstraint(name="policy_saves_at_most_all", condition=models.Q(discount_bp__lte=10_000)),
            ExclusionConstraint(
                name="one_policy_per_place_and_day",
                expressions=[
                    ("market", RangeOperators.EQUAL),
                    ("scheme", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (HELD_DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]
        ordering = ["scheme", "area", "starts"]

    def __str__(self) -> str:
        return f"{self.scheme} {self.area or 'everywhere'} {self.starts}"

    @property
    def never_holds(self) -> bool:
        """Taken back before its first day."""
        return self.ends is not None and self.ends < self.starts

    def policy(self) -> Policy:
        """The row as the rules read it."""
        return Policy(
            id=str(self.pk),
            scheme=self.scheme,
            area=self.area,
            starts=self.starts,
            ends=self.ends,
            discount_bp=self.discount_bp,
            cashback=self.cashback,
            monthly_cap_won=self.monthly_cap_won,
            payment_cap_won=self.payment_cap_won,
            min_won=self.min_won,
            excludes=None if self.excludes is None else frozenset(map(TenderKind, self.excludes)),
            refused_kinds=frozenset(self.refused_kinds),
            refused_goods=frozenset(self.refused_goods),
            cashback_cap_won=self.cashback_cap_won,
            cashback_days=self.cashback_days,
            program=self.program,
        )


class CashbackGrant(models.Model):
    """Cashback given for one order. `taken_back_won` went back with refunds, of it `from_promo_won` out of the balance.

    What is left of it when `expires_at` has passed goes back to the program; then `ended_at` is set.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    order_ref = models.CharField(max_length=64, unique=True)
    customer_id = models.BigIntegerField()
    scheme = models.CharField(max_length=40)
    policy = models.ForeignKey(PolicyRow, models.PROTECT, related_name="+")
    on_won = models.PositiveBigIntegerField()
    granted_won = models.PositiveBigIntegerField()
    taken_back_won = models.PositiveBigIntegerField(default=0)
    from_promo_won = models.PositiveBigIntegerField(default=0)
    expired_won = models.PositiveBigIntegerField(default=0)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="grant_is_something", condition=models.Q(granted_won__gt=0)),
            models.CheckConstraint(
                name="grant_not_taken_back_twice",
                condition=models.Q(taken_back_won__lte=models.F("granted_won"))
                & models.Q(from_promo_won__lte=models.F("taken_back_won"))
                & models.Q(granted_won__gte=models.F("from_promo_won") + models.F("expired_won")),
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="open_grant_expiry", condition=models.Q(ended_at=None)),
            models.Index(fields=["customer_id", "scheme"], name="grant_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.order_ref} {self.granted_won}"

    @property
    def account(self) -> str:
        """The customer's balance of this scheme."""
        return f"promo:{self.customer_id}:{self.scheme}"

    @property
    def in_balance_won(self) -> int:
        """What of it is in the balance as long as none is spent."""
        return self.granted_won - self.from_promo_won - self.expired_won
