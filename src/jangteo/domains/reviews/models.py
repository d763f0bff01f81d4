"""What customers say of a purchase, who may see it, what the stall answers, and events that reward writing."""

from __future__ import annotations

from django.db import models

from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.people.models import User
from jangteo.domains.reviews.rules import MOST_ANSWER, MOST_WORDS
from jangteo.domains.reviews.states import ReviewState
from jangteo.kernel.tenancy import MarketManager, StallManager


class ReviewEvent(models.Model):
    """A time in which writers are rewarded, whatever they write: everybody, or so many who are drawn.

    `seed_digest` is shown from the beginning, `seed` only after the draw, so that everybody can draw again.
    `coupon_id` names a coupon of promotions.
    """

    class Kind(models.TextChoices):
        DRAW = "draw"
        EVERYBODY = "everybody"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    winners = models.PositiveIntegerField()
    coupon_id = models.BigIntegerField()
    prize = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    seed = models.CharField(max_length=32)
    seed_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True)
    # The numbers that were in the draw, so that it can be done again whatever becomes of the reviews.
    drawn_among = models.JSONField(default=list)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_event_ends", condition=models.Q(ends_at__gt=models.F("starts_at"))),
        ]
        indexes = [models.Index(fields=["market", "-ends_at"], name="review_events_latest")]

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """One customer's words about one purchase: of the stall, or with `good` of one thing of it.

    `token` opens the writer's own page. `stars` count in ratings while it is shown. `suspicions` are the words of
    `suspicion.Suspicion` that made it wait. `why_hidden` is told to the writer. `event` gives it the label.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    good = models.ForeignKey(Good, models.PROTECT, related_name="+", null=True)
    part = models.ForeignKey(StallPart, models.PROTECT, related_name="+", null=True)
    sale = models.ForeignKey(CounterSale, models.PROTECT, related_name="+", null=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    event = models.ForeignKey(ReviewEvent, models.PROTECT, related_name="+", null=True)
    token = models.CharField(max_length=32, unique=True)
    writer = models.CharField(max_length=30)
    stars = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=MOST_WORDS, default="", blank=True)
    state = models.CharField(max_length=7, choices=ReviewState.choices)
    suspicions = models.JSONField(default=list)
    why_hidden = models.CharField(max_length=12, default="", blank=True)
    reports = models.PositiveIntegerField(default=0)
    answer = models.CharField(max_length=MOST_ANSWER, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)

    objects = StallManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_of_one_purchase",
                condition=models.Q(part__isnull=False, sale__isnull=True)
                | models.Q(part__isnull=True, sale__isnull=False),
            ),
            models.CheckConstraint(name="review_has_stars", condition=models.Q(stars__gte=1) & models.Q(stars__lte=5)),
            models.UniqueConstraint(
                fields=["part"], name="one_review_of_a_part", condition=models.Q(good__isnull=True)
            ),
            models.UniqueConstraint(fields=["part", "good"], name="one_review_of_a_good_bought"),
            models.UniqueConstraint(fields=["sale"], name="one_review_of_a_sale"),
        ]
        indexes = [
            models.Index(fields=["stall", "-id"], name="reviews_shown", condition=models.Q(state="shown")),
            models.Index(fields=["good", "-id"], name="reviews_of_good", condition=models.Q(state="shown")),
            models.Index(fields=["market", "id"], name="reviews_to_judge", condition=models.Q(state="waiting")),
            models.Index(fields=["user", "-id"], name="reviews_of_user", condition=models.Q(user__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"review:{self.pk}"


class ReviewPhoto(models.Model):
    """A photo of a review. Its files are named by `name`, as those of goods are."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, related_name="photos")
    name = models.CharField(max_length=22, unique=True)

    objects = MarketManager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class ReviewMove(models.Model):
    """Every change of what can be seen of a review, and why. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, related_name="+")
    was = models.CharField(max_length=7, blank=True)
    became = models.CharField(max_length=7)
    reason = models.CharField(max_length=60, blank=True)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["review", "id"], name="moves_of_review")]

    def __str__(self) -> str:
        return f"{self.was} -> {self.became}"


class ReviewReport(models.Model):
    """Somebody thinks that the association should look at a review."""

    class Reason(models.TextChoices):
        INSULT = "insult"
        PRIVATE = "private"
        UNTRUE = "untrue"
        AD = "ad"
        OTHER = "other"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=7, choices=Reason.choices)
    reporter_ref = models.CharField(max_length=64)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "reporter_ref"], name="one_report_each")]
        indexes = [models.Index(fields=["market", "id"], name="reports_unseen", condition=models.Q(seen_at=None))]

    def __str__(self) -> str:
        return f"report of review:{self.review_id}"


class Rating(models.Model):
    """How many shown reviews and their stars: of a stall, of a good, or with neither of the whole market."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+", null=True)
    good = models.ForeignKey(Good, models.PROTECT, related_name="+", null=True)
    count = models.PositiveIntegerField(default=0)
    stars = models.PositiveBigIntegerField(default=0)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market"], name="one_rating_of_market", condition=models.Q(stall=None, good=None)
            ),
            models.UniqueConstraint(fields=["stall"], name="one_rating_of_stall", condition=models.Q(good=None)),
            models.UniqueConstraint(fields=["good"], name="one_rating_of_good"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} stars in {self.count} reviews"


class ReviewEntry(models.Model):
    """One person's place in an event, by the first review. `id` is the number in the draw. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    event = models.ForeignKey(ReviewEvent, models.PROTECT, related_name="+")
    review = models.OneToOneField(Review, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="one_entry_each")]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class ReviewReward(models.Model):
    """A coupon that an entry has earned; who grants it is told by an effect. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    entry = models.OneToOneField(ReviewEntry, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return f"reward of entry {self.entry_id}"
