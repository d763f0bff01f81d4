"""What people asked about their data, who came in, and who looked at whose data."""

from __future__ import annotations

from django.db import models

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.kernel.tenancy import MarketManager


class Deletion(models.Model):
    """Somebody wants to be forgotten. `number` is read aloud, `token` opens the proof, also when the account is gone.

    `told` counts by topic what was there when it was asked for. `outcome` has for each topic, over all markets, "gone",
    "stays" and "until", the last day of what stays; it holds nothing of the person. `shown` is the masked number.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        WITHDRAWN = "withdrawn"
        DONE = "done"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    number = models.CharField(max_length=12)
    token = models.CharField(max_length=32, unique=True)
    shown = models.CharField(max_length=20)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    told = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    erase_after = models.DateTimeField()
    answer_by = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], name="one_open_deletion", condition=models.Q(state="asked")),
            models.UniqueConstraint(fields=["market", "number"], name="deletion_number_once"),
        ]
        indexes = [models.Index(fields=["market", "state", "answer_by"], name="deletions_by_deadline")]

    def __str__(self) -> str:
        return f"deletion:{self.pk} {self.state}"


class ForgottenHere(models.Model):
    """What one market forgot for a deletion, written with the forgetting itself. Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    deletion = models.ForeignKey(Deletion, models.PROTECT, related_name="+")
    topics = models.JSONField()
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deletion", "market"], name="forgotten_here_once")]

    def __str__(self) -> str:
        return f"deletion:{self.deletion_id} in market {self.market_id}"


class TakeOut(models.Model):
    """All of a person's data as one file. `content` is gone a day after it was ready."""

    class State(models.TextChoices):
        ASKED = "asked"
        READY = "ready"
        GONE = "gone"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=5, choices=State.choices, default=State.ASKED)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=1)
    content = models.BinaryField(null=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], name="one_take_out_at_work", condition=models.Q(state="asked"))
        ]

    def __str__(self) -> str:
        return f"take-out:{self.pk} {self.state}"


class SignIn(models.Model):
    """Somebody came in with the code that was sent. Kept three months, which PostgreSQL sees to."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    from_address = models.CharField(max_length=45)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="sign_ins_of_user")]

    def __str__(self) -> str:
        return f"sign-in:{self.pk}"


class Look(models.Model):
    """A person's data was on somebody's screen: who, when, from where, whose, what. Append-only.

    `slot` keeps a page that is opened again and again to one row an hour, null where every time counts. `people` is how
    many persons it showed; `reason` is what was said where a reason is asked.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    actor_kind = models.CharField(max_length=12)
    actor_ref = models.CharField(max_length=64)
    for_ref = models.CharField(max_length=64, default="", blank=True)
    from_address = models.CharField(max_length=45)
    what = models.CharField(max_length=24)
    subject = models.CharField(max_length=64)
    people = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=100, default="", blank=True)
    slot = models.CharField(max_length=150, null=True)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "slot"], name="one_look_a_slot")]
        indexes = [
            models.Index(fields=["market", "-at"], name="looks_newest"),
            models.Index(fields=["subject", "-at"], name="looks_at_subject"),
        ]

    def __str__(self) -> str:
        return f"look:{self.pk} {self.what} {self.subject}"


class LookReview(models.Model):
    """A manager went through the looks of a month (`month` is its first day). Append-only."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    month = models.DateField()
    looks = models.PositiveIntegerField()
    note = models.CharField(max_length=200, default="", blank=True)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "month"], name="one_review_a_month")]

    def __str__(self) -> str:
        return f"looks of {self.month:%Y-%m}"
