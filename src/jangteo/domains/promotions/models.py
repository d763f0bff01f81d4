"""Coupons and points: what is given out, to whom, and how much of it is used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.models import User
from jangteo.domains.promotions.rules import STALL, Conditions, Off, Share
from jangteo.kernel.tenancy import MarketManager


class Coupon(models.Model):
    """What a coupon takes off, for whom and at whose cost. The database refuses every change but stopping it.

    `stall` made it and bears it; without one the association did. `off_won`, or `off_bp` up to `ceiling_won`. `shares`
    are [funder, basis points] that make a whole; `budget_won` is what the funders other than stalls give for it
    together with the stalls' part. `most`, `per_person` and `per_day` count uses, None has no limit. `lasts_days` is
    how long a piece is good. `back`: whether a customer has it again when all it paid was given back.
    """

    class Form(models.TextChoices):
        OPEN = "open"  # anybody's, taken at the checkout
        CODE = "code"  # who knows the code or has the QR takes a piece
        GIVEN = "given"  # given by the program or a person

    class Back(models.TextChoices):
        AGAIN = "again"
        GONE = "gone"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=40)
    form = models.CharField(max_length=5, choices=Form.choices)
    code = models.CharField(max_length=20, default="", blank=True)
    off_won = models.PositiveIntegerField(null=True)
    off_bp = models.PositiveIntegerField(null=True)
    ceiling_won = models.PositiveIntegerField(null=True)
    shares = models.JSONField()
    budget_won = models.PositiveBigIntegerField(default=0)
    most = models.PositiveIntegerField(null=True)
    per_person = models.PositiveIntegerField(null=True)
    per_day = models.PositiveIntegerField(null=True)
    stalls = models.JSONField(default=list)
    kinds = models.JSONField(default=list)
    tenders = models.JSONField(default=list)
    needs_won = models.PositiveIntegerField(default=0)
    first_only = models.BooleanField(default=False)
    starts = models.DateField()
    ends = models.DateField(null=True)
    from_time = models.TimeField(null=True)
    to_time = models.TimeField(null=True)
    lasts_days = models.PositiveIntegerField(null=True)
    back = models.CharField(max_length=5, choices=Back.choices, default=Back.AGAIN)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="coupon_off_one_way", condition=Q(off_won=None) ^ Q(off_bp=None)),
            models.CheckConstraint(
                name="coupon_off_something",
                condition=(Q(off_won=None) | Q(off_won__gt=0)) & (Q(off_bp=None) | Q(off_bp__range=(1, 10_000))),
            ),
            models.CheckConstraint(name="coupon_days_in_order", condition=Q(ends=None) | Q(ends__gte=F("starts"))),
            models.UniqueConstraint(
                fields=["market", "code"], name="one_coupon_a_code", condition=~Q(code="") & Q(stopped_at=None)
            ),
        ]
        indexes = [models.Index(fields=["market", "form"], name="running_coupons", condition=Q(stopped_at=None))]

    def __str__(self) -> str:
        return self.name

    @property
    def off(self) -> Off:
        return Off(self.off_won, self.off_bp, self.ceiling_won)

    @property
    def conditions(self) -> Conditions:
        return Conditions(
            stalls=frozenset(self.stalls),
            kinds=frozenset(self.kinds),
            tenders=frozenset(self.tenders),
            needs_won=self.needs_won,
            first_only=self.first_only,
            starts=self.starts,
            ends=self.ends,
            from_time=self.from_time,
            to_time=self.to_time,
        )

    @property
    def use_conditions(self) -> Conditions:
        """Those of using it: a piece in somebody's hand is good until it runs out itself."""
        return self.conditions if self.form == self.Form.OPEN else replace(self.conditions, ends=None)

    @property
    def funders(self) -> tuple[Share, ...]:
        return tuple(Share(str(funder), int(share_bp)) for funder, share_bp in self.shares)

    @property
    def stalls_bp(self) -> int:
        """What of it the stalls bear whose goods it pays."""
        return sum(share.share_bp for share in self.funders if share.funder == STALL)

    @property
    def budgets(self) -> dict[str, str]:
        """The limited account of each funder who is no stall."""
        return {share.funder: f"subsidy:{share.funder}:{self.pk}" for share in self.funders if share.funder != STALL}

    def account(self, funder: str, stall_id: int) -> str:
        """From where a funder's share of goods of this stall is paid."""
        return f"discount:stall:{stall_id}" if funder == STALL else self.budgets[funder]

    def is_over(self, day: date) -> bool:
        """Nobody gets it any more. Who has a piece can use it as long as `can_be_used`."""
        return self.stopped_at is not None or (self.ends is not None and day > self.ends)

    def can_be_used(self, day: date) -> bool:
        return not self.is_over(day) if self.form == self.Form.OPEN else self.stopped_at is None


class CouponPiece(models.Model):
    """A customer's own coupon. While an order has it, `order_ref` names the order and `won` what it takes off there.

    `key` makes giving it a second time harmless. `ended` pieces were used by an order and do not come back.
    """

    class State(models.TextChoices):
        FREE = "free"
        TAKEN = "taken"
        ENDED = "ended"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    coupon = models.ForeignKey(Coupon, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    reason = models.CharField(max_length=60, default="", blank=True)
    state = models.CharField(max_length=5, choices=State.choices, default=State.FREE)
    order_ref = models.CharField(max_length=64, default="", blank=True)
    won = models.PositiveBigIntegerField(default=0)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "key"], name="one_piece_per_key"),
            models.UniqueConstraint(fields=["order_ref"], name="one_coupon_an_order", condition=Q(state="taken")),
            models.CheckConstraint(name="taken_by_an_order", condition=~Q(state="taken") | ~Q(order_ref="")),
        ]
        indexes = [
            models.Index(fields=["user", "state"], name="pieces_of_customer"),
            models.Index(fields=["coupon", "-id"], name="pieces_of_coupon"),
        ]

    def __str__(self) -> str:
        return f"{self.coupon_id} {self.state}"

    def is_good(self, moment: datetime) -> bool:
        return self.state == self.State.FREE and (self.expires_at is None or moment < self.expires_at)


class PieceMove(models.Model):
    """Every change of a piece's state, its making included. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    piece = models.ForeignKey(CouponPiece, models.PROTECT, related_name="+")
    was = models.CharField(max_length=5, blank=True)
    became = models.CharField(max_length=5)
    order_ref = models.CharField(max_length=64, default="", blank=True)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["piece", "id"], name="moves_of_piece")]

    def __str__(self) -> str:
        return f"{self.was} -> {self.became}"


class CouponCount(models.Model):
    """How often a coupon is used under one of its limits; the database refuses more than `most`.

    `scope` is "all", "user:12" or "day:2026-11-23".
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    coupon = models.ForeignKey(Coupon, models.PROTECT, related_name="+")
    scope = models.CharField(max_length=30)
    used = models.PositiveIntegerField(default=0)
    most = models.PositiveIntegerField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coupon", "scope"], name="one_count_per_limit"),
            models.CheckConstraint(name="coupon_within_limit", condition=Q(used__lte=F("most"))),
        ]

    def __str__(self) -> str:
        return f"{self.coupon_id} {self.scope} {self.used}/{self.most}"


class PointTerms(models.Model):
    """What a stall (None: the association) gives in points for what customers pay, and for how long they are good."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+", null=True)
    earn_bp = models.PositiveIntegerField()
    lasts_days = models.PositiveIntegerField()
    changed_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "stall"], name="one_point_terms", nulls_distinct=False),
            models.CheckConstraint(name="points_at_most_a_tenth", condition=Q(earn_bp__lte=1_000)),
        ]

    def __str__(self) -> str:
        return f"{self.stall_id} {self.earn_bp}"


class PointGrant(models.Model):
    """Points given once, for an order or by hand. What is left of it when `expires_at` has passed goes back to who gave
    it; then `ended_at` is set. `taken_back_won` went back because the order was.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+", null=True)
    key = models.CharField(max_length=120)
    reason = models.CharField(max_length=60, default="", blank=True)
    order_ref = models.CharField(max_length=64, default="", blank=True)
    on_won = models.PositiveBigIntegerField(default=0)
    granted_won = models.PositiveBigIntegerField()
    taken_back_won = models.PositiveBigIntegerField(default=0)
    expired_won = models.PositiveBigIntegerField(default=0)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "key"], name="one_point_grant_per_key"),
            models.CheckConstraint(name="points_are_something", condition=Q(granted_won__gt=0)),
            models.CheckConstraint(
                name="points_not_twice",
                condition=Q(granted_won__gte=F("taken_back_won") + F("expired_won")),
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="open_points_expiry", condition=Q(ended_at=None)),
            models.Index(fields=["user", "-id"], name="points_of_customer"),
            models.Index(fields=["order_ref"], name="points_of_order", condition=~Q(order_ref="")),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.granted_won}"

    @property
    def account(self) -> str:
        return points_account(self.user_id, self.stall_id)

    @property
    def borne_by(self) -> str:
        """The account of who gave them, which is charged when they are given."""
        return "discount:association" if self.stall_id is None else f"discount:stall:{self.stall_id}"

    @property
    def in_balance_won(self) -> int:
        """What of it is in the balance as long as none is spent."""
        return self.granted_won - self.taken_back_won - self.expired_won


def of_giver(stall_id: int | None) -> Q:
    """What a stall gives, or with None the association."""
    return Q(stall=None) if stall_id is None else Q(stall_id=stall_id)


def points_account(user_id: int, stall_id: int | None) -> str:
    """The customer's points of one who gives them."""
    return f"points:{user_id}:{'association' if stall_id is None else f'stall-{stall_id}'}"
