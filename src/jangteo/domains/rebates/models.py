"""Rebate events: their money and paper, the queue at the desk, receipts that were counted, vouchers that went out.

Of a person nothing is kept but a keyed digest and what `rules.shown_person` leaves; both go with the retention.
"""

from __future__ import annotations

from datetime import date

from django.db import models

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.rebates.rules import AGRI, FISH, Tier
from jangteo.kernel.tenancy import MarketManager

DAY_MINUTES = 24 * 60
KIND_CHOICES = ((AGRI, AGRI), (FISH, FISH))


class RebateEvent(models.Model):
    """From a day to a day, at a desk, by tiers of [from won, back won]. `vouchers_left` is the paper in the drawer.

    `same_day`: only what was bought on the day itself counts, else whatever was bought since the event began.
    `last_number` is the queue's of `queue_day`.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    place = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    tiers = models.JSONField()
    voucher_won = models.PositiveIntegerField()
    same_day = models.BooleanField(default=True)
    keep_days = models.PositiveSmallIntegerField(default=30)
    vouchers_left = models.PositiveIntegerField(default=0)
    queue_day = models.DateField(null=True)
    last_number = models.PositiveIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    wiped_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="rebate_days_in_order", condition=models.Q(starts_on__lte=models.F("ends_on"))),
            models.CheckConstraint(name="rebate_paper_floor", condition=models.Q(vouchers_left__gte=0)),
        ]
        indexes = [models.Index(fields=["market", "ends_on"], name="rebates_of_market")]

    def __str__(self) -> str:
        return f"rebate:{self.pk}"

    def rising_tiers(self) -> tuple[Tier, ...]:
        """As `rules.due` wants them."""
        return tuple(sorted((Tier(*pair) for pair in self.tiers), key=lambda tier: tier.from_won))

    @property
    def is_all_day(self) -> bool:
        """Whether one trading day's end is the next one's beginning."""
        opens, closes = (at.hour * 60 + at.minute for at in (self.opens_at, self.closes_at))
        return (closes - opens + 1) % DAY_MINUTES == 0

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


class RebatePot(models.Model):
    """The money of one kind: what one person may get, what there is, what went out. `goods` are keys of kinds."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    event = models.ForeignKey(RebateEvent, models.PROTECT, related_name="pots")
    kind = models.CharField(max_length=4, choices=KIND_CHOICES)
    cap_won = models.PositiveIntegerField()
    budget_won = models.PositiveBigIntegerField()
    paid_won = models.PositiveBigIntegerField(default=0)
    goods = models.JSONField(default=list)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "kind"], name="one_pot_per_kind"),
            models.CheckConstraint(name="rebate_pot_floor", condition=models.Q(paid_won__lte=models.F("budget_won"))),
        ]
        ordering = ["kind"]

    def __str__(self) -> str:
        return f"rebate:{self.event_id} {self.kind}"

    @property
    def left_won(self) -> int:
        return self.budget_won - self.paid_won


class RebatePerson(models.Model):
    """Somebody who came, known by a digest that only this installation can make. Wiped with the event's retention."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    event = models.ForeignKey(RebateEvent, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    shown = models.CharField(max_length=12)
    came_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "digest"], name="one_person_per_rebate")]

    def __str__(self) -> str:
        return f"rebate person:{self.pk}"


class RebateVisit(models.Model):
    """A number of the queue, and the desk's table while it is served. `token` opens the customer's own page.

    `phone` is where its turn is told, kept until the turn is over; `told` is what became of that, `tellings` how often
    it was handed over to be told.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CALLED = "called"
        DONE = "done"
        MISSED = "missed"
        LEFT = "left"

    class Told(models.TextChoices):
        QUEUED = "queued"
        TOLD = "told"
        LOST = "lost"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    event = models.ForeignKey(RebateEvent, models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField()
    token = models.CharField(max_length=32, unique=True)
    key = models.CharField(max_length=100)
    person = models.ForeignKey(RebatePerson, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    phone = models.CharField(max_length=20, default="", blank=True)
    told = models.CharField(max_length=6, choices=Told.choices, default="", blank=True)
    tellings = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "day", "number"], name="rebate_number_once_a_day"),
            models.UniqueConstraint(fields=["event", "key"], name="one_rebate_visit_per_key"),
        ]
        indexes = [
            models.Index(
                fields=["event", "day", "number"],
                name="rebate_queue",
                condition=models.Q(state__in=["waiting", "called", "missed"]),
            )
        ]

    def __str__(self) -> str:
        return f"rebate visit:{self.pk}"


class Source(models.TextChoices):
    """An order's part, a sale at a counter, or paper that somebody looked at."""

    ORDER = "order"
    SALE = "sale"
    PAPER = "paper"


class TableReceipt(models.Model):
    """A receipt that lies on the table of a visit. `key` makes it one and the same everywhere.

    `left_out` are the names of lines that do not count. What a customer sent counts once the desk has `checked` it.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    visit = models.ForeignKey(RebateVisit, models.PROTECT, related_name="receipts")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    source = models.CharField(max_length=5, choices=Source.choices)
    key = models.CharField(max_length=100)
    bought_at = models.DateTimeField()
    total_won = models.PositiveBigIntegerField()
    agri_won = models.PositiveBigIntegerField()
    fish_won = models.PositiveBigIntegerField()
    left_out = models.JSONField(default=list)
    photo = models.CharField(max_length=22, default="", blank=True)
    checked = models.BooleanField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "key"], name="receipt_once_on_table"),
            models.CheckConstraint(
                name="receipt_within_total",
                condition=models.Q(total_won__gte=models.F("agri_won") + models.F("fish_won")),
            ),
            models.CheckConstraint(name="receipt_is_something", condition=models.Q(total_won__gt=0)),
        ]
        ordering = ["bought_at", "pk"]

    def __str__(self) -> str:
        return self.key

    def won_of(self, kind: str) -> int:
        return self.agri_won if kind == AGRI else self.fish_won


class Payout(models.Model):
    """Vouchers that went over the desk, or came back (`undoes`, with fewer than none). Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    event = models.ForeignKey(RebateEvent, models.PROTECT, related_name="+")
    visit = models.ForeignKey(RebateVisit, models.PROTECT, related_name="+")
    person = models.ForeignKey(RebatePerson, models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    vouchers = models.IntegerField()
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone")
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "key"], name="one_rebate_payout_per_key"),
            models.CheckConstraint(
                name="rebate_payout_sign",
                condition=models.Q(undoes=None, vouchers__gt=0) | models.Q(undoes__isnull=False, vouchers__lt=0),
            ),
        ]
        indexes = [models.Index(fields=["event", "-id"], name="rebate_payouts")]

    def __str__(self) -> str:
        return f"payout:{self.pk}"


class PayoutShare(models.Model):
    """What of a payout one kind gave. Append-only; below nothing where it was undone."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    payout = models.ForeignKey(Payout, models.PROTECT, related_name="shares")
    person = models.ForeignKey(RebatePerson, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=KIND_CHOICES)
    sum_won = models.BigIntegerField()
    won = models.BigIntegerField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["person", "kind"], name="rebate_shares_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.won}"


class CountedReceipt(models.Model):
    """A receipt that was counted for a kind: once only, until the payout is undone and `freed_at` is set.

    Only `freed_at` ever changes, and only once.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    event = models.ForeignKey(RebateEvent, models.PROTECT, related_name="+")
    payout = models.ForeignKey(Payout, models.PROTECT, related_name="receipts")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=KIND_CHOICES)
    source = models.CharField(max_length=5, choices=Source.choices)
    key = models.CharField(max_length=100)
    bought_at = models.DateTimeField()
    total_won = models.PositiveBigIntegerField()
    won = models.PositiveBigIntegerField()
    photo = models.CharField(max_length=22, default="", blank=True)
    at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "kind", "key"], name="receipt_counted_once", condition=models.Q(freed_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.kind}"


class PaperMove(models.Model):
    """Vouchers into the drawer or out of it. Append-only; `left_after` is the drawer then."""

    class Why(models.TextChoices):
        BROUGHT = "brought"
        TAKEN_AWAY = "taken_away"
        PAID = "paid"
        UNDONE = "undone"
        COUNTED = "counted"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    event = models.ForeignKey(RebateEvent, models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    change = models.IntegerField()
    left_after = models.PositiveIntegerField()
    payout = models.OneToOneField(Payout, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=60, default="", blank=True)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["event", "id"], name="rebate_paper")]

    def __str__(self) -> str:
        return f"{self.why} {self.change}"


class HandOver(models.Model):
    """The drawer was counted when one shift gave it to the next. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    event = models.ForeignKey(RebateEvent, models.PROTECT, related_name="+")
    expected = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    gives = models.CharField(max_length=20)
    takes = models.CharField(max_length=20)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return f"{self.expected} -> {self.counted}"
