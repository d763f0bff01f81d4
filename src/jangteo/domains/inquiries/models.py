"""Questions and claims of customers, whatever way they came, and what was said about them."""

from __future__ import annotations

from django.db import models

from jangteo.domains.catalog.models import Good
from jangteo.domains.inquiries.rules import MOST_WORDS
from jangteo.domains.inquiries.states import InquiryState
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.people.models import User
from jangteo.kernel.tenancy import MarketManager, StallManager


class Inquiry(models.Model):
    """One customer's question to a stall, or with `why` a claim about goods of an order.

    `token` opens the customer's page. `due_at` is when the association hears of it, null while the customer has the
    word. `channel` says where it came in; `channel_ref` is its name there.
    """

    class Kind(models.TextChoices):
        QUESTION = "question"
        CLAIM = "claim"

    class Channel(models.TextChoices):
        SHOP = "shop"
        PHONE = "phone"
        DESK = "desk"
        OUTSIDE = "outside"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    good = models.ForeignKey(Good, models.PROTECT, related_name="+", null=True)
    part = models.ForeignKey(StallPart, models.PROTECT, related_name="+", null=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    why = models.CharField(max_length=8, default="", blank=True)
    channel = models.CharField(max_length=7, choices=Channel.choices, default=Channel.SHOP)
    channel_ref = models.CharField(max_length=100, default="", blank=True)
    token = models.CharField(max_length=32, unique=True)
    key = models.CharField(max_length=100)
    asker = models.CharField(max_length=30)
    state = models.CharField(max_length=8, choices=InquiryState.choices)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    first_answer_at = models.DateTimeField(null=True)

    objects = StallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "key"], name="one_inquiry_per_key"),
            models.CheckConstraint(
                name="claim_is_about_an_order",
                condition=models.Q(kind="question", why="")
                | (models.Q(kind="claim", part__isnull=False) & ~models.Q(why="")),
            ),
        ]
        indexes = [
            models.Index(fields=["stall", "-changed_at"], name="inquiries_of_stall"),
            models.Index(fields=["market", "due_at"], name="inquiries_due", condition=models.Q(state="waiting")),
            models.Index(fields=["user", "-id"], name="inquiries_of_user", condition=models.Q(user__isnull=False)),
            models.Index(fields=["part"], name="inquiries_of_part", condition=models.Q(part__isnull=False)),
            models.Index(fields=["changed_at"], name="inquiries_oldest"),
        ]

    def __str__(self) -> str:
        return f"inquiry:{self.pk}"

    @property
    def last_words(self) -> str:
        """What the customer or the stall said last, of what was loaded."""
        return next((one.words for one in reversed(list(self.said.all())) if one.words), "")


class Said(models.Model):
    """One thing that was said. `words` are empty where somebody only decided or closed; `did` is the state then."""

    class By(models.TextChoices):
        CUSTOMER = "customer"
        STALL = "stall"
        OFFICE = "office"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="said")
    by = models.CharField(max_length=8, choices=By.choices)
    words = models.CharField(max_length=MOST_WORDS, default="", blank=True)
    did = models.CharField(max_length=8, choices=InquiryState.choices)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.by} in inquiry:{self.inquiry_id}"


class SaidPhoto(models.Model):
    """A photo beside what was said. Its files are named by `name`, as those of goods are."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    said = models.ForeignKey(Said, models.CASCADE, related_name="photos")
    name = models.CharField(max_length=22, unique=True)

    objects = MarketManager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class ClaimLine(models.Model):
    """Goods that a claim is about."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="claimed")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "line"], name="line_once_in_a_claim")]
        ordering = ["line_id"]

    def __str__(self) -> str:
        return f"line {self.line_id} of inquiry:{self.inquiry_id}"


class PastInquiries(models.Model):
    """What is kept of inquiries whose three years are over: how many a stall had in a month, and how many in time."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    month = models.DateField()
    kind = models.CharField(max_length=8, choices=Inquiry.Kind.choices)
    count = models.PositiveIntegerField(default=0)
    in_time = models.PositiveIntegerField(default=0)

    objects = StallManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stall", "month", "kind"], name="past_inquiries_once")]

    def __str__(self) -> str:
        return f"{self.stall_id} {self.month}: {self.count}"
