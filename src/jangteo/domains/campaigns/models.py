"""Consents, messages to many, and what became of each. What people said and what was sent is only ever added to."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from jangteo.domains.campaigns.kinds import (
    Basis,
    Channel,
    Fate,
    Kind,
    Move,
    Purpose,
    State,
    TemplateState,
)
from jangteo.domains.campaigns.prices import USUAL, Size
from jangteo.domains.campaigns.wording import MOST_BODY
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.models import User
from jangteo.kernel.tenancy import MarketManager


def _of(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Consent(models.Model):
    """What somebody said about advertising: when, where, and under which words. Append-only; the last one holds."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=_of(Channel))
    purpose = models.CharField(max_length=8, choices=_of(Purpose))
    move = models.CharField(max_length=9, choices=_of(Move))
    at = models.DateTimeField()
    place = models.CharField(max_length=12)
    wording = models.CharField(max_length=300, default="", blank=True)
    actor_ref = models.CharField(max_length=64)

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["market", "user", "channel", "purpose", "-id"], name="consent_last")]

    def __str__(self) -> str:
        return f"user:{self.user_id} {self.channel} {self.purpose} {self.move}"


class Notice(models.Model):
    """What people must be told about their own consent: that it was taken in, and every two years that it holds."""

    class Kind(models.TextChoices):
        RESULT = "result"
        REMINDER = "reminder"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.CharField(max_length=400)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=8, choices=_of(Channel), default="", blank=True)

    objects = MarketManager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="notice_untold", condition=models.Q(told_at=None))]

    def __str__(self) -> str:
        return f"{self.kind} to user:{self.user_id}"


class CustomerPush(models.Model):
    """A customer's browser that takes news. Deleted when that is over."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    endpoint = models.CharField(max_length=1000)
    p256dh = models.CharField(max_length=90)
    auth = models.CharField(max_length=30)
    kept_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "endpoint"], name="one_customer_a_browser")]
        indexes = [models.Index(fields=["market", "user"], name="push_by_customer")]

    def __str__(self) -> str:
        return f"push of user:{self.user_id}"


class Terms(models.Model):
    """How a market writes to people, and what it pays for that, in won per hundred with VAT."""

    market = models.OneToOneField(Market, models.PROTECT, related_name="+")
    cap_a_week = models.PositiveSmallIntegerField(default=2)
    window_days = models.PositiveSmallIntegerField(default=14)
    refusal_number = models.CharField(max_length=20, default="", blank=True)
    profile = models.CharField(max_length=60, default="", blank=True)
    alimtalk_per_100 = models.PositiveIntegerField(default=USUAL[Size.ALIMTALK])
    sms_per_100 = models.PositiveIntegerField(default=USUAL[Size.SMS])
    lms_per_100 = models.PositiveIntegerField(default=USUAL[Size.LMS])

    objects = MarketManager()

    def __str__(self) -> str:
        return f"messages of market:{self.market_id}"

    def per_100(self, size: Size) -> int:
        """What a hundred of them cost."""
        own = {Size.ALIMTALK: self.alimtalk_per_100, Size.SMS: self.sms_per_100, Size.LMS: self.lms_per_100}
        return own.get(size, 0)


class Template(models.Model):
    """An Alimtalk text that Kakao looks at before anybody may send it."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    body = models.CharField(max_length=900)
    basis = models.CharField(max_length=9, choices=_of(Basis), default=Basis.NONE, blank=True)
    state = models.CharField(max_length=10, choices=_of(TemplateState), default=TemplateState.DRAFT)
    note = models.CharField(max_length=200, default="", blank=True)
    changed_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "code"], name="one_template_a_code")]

    def __str__(self) -> str:
        return self.code


class Campaign(models.Model):
    """One message to many, of a stall or (`stall` null) of the market. `seed` draws who is held back."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+", null=True)
    key = models.CharField(max_length=60)
    segment = models.CharField(max_length=10)
    kind = models.CharField(max_length=7, choices=_of(Kind), default=Kind.NEWS)
    basis = models.CharField(max_length=9, choices=_of(Basis), default=Basis.NONE, blank=True)
    body = models.CharField(max_length=MOST_BODY)
    good = models.ForeignKey(Good, models.PROTECT, related_name="+", null=True)
    template = models.ForeignKey(Template, models.PROTECT, related_name="+", null=True)
    channels = models.JSONField(default=list)
    state = models.CharField(max_length=7, choices=_of(State), default=State.QUEUED)
    seed = models.CharField(max_length=32)
    window_days = models.PositiveSmallIntegerField()
    estimate_won = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    send_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "key"], name="one_campaign_per_form")]
        indexes = [
            models.Index(fields=["market", "stall", "-id"], name="campaign_newest"),
            models.Index(fields=["send_at"], name="campaign_due", condition=models.Q(state="queued")),
        ]

    def __str__(self) -> str:
        return f"campaign:{self.pk}"


class Recipient(models.Model):
    """One person of a campaign. `channel` is the way it went, or is about to; `tried` are those that did not work."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="recipients")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    batch = models.PositiveIntegerField()
    fate = models.CharField(max_length=7, choices=_of(Fate))
    channel = models.CharField(max_length=8, choices=_of(Channel), default="", blank=True)
    tried = models.JSONField(default=list)
    reason = models.CharField(max_length=40, default="", blank=True)
    claimed_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "user"], name="once_a_campaign")]
        indexes = [
            models.Index(fields=["campaign", "batch"], name="recipient_batch"),
            models.Index(fields=["market", "user", "claimed_at"], name="recipient_lately"),
        ]

    def __str__(self) -> str:
        return f"recipient:{self.pk} {self.fate}"


class Dispatch(models.Model):
    """A message as it left, and what it cost in hundredths of a won. Append-only. Of a test `user` is null."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", null=True)
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="+", null=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=7, choices=_of(Kind))
    channel = models.CharField(max_length=8, choices=_of(Channel))
    text = models.CharField(max_length=1200)
    cost_per_100 = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "key"], name="one_dispatch_per_key")]
        indexes = [
            models.Index(fields=["campaign", "id"], name="dispatch_by_campaign"),
            models.Index(fields=["market", "at"], name="dispatch_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.key}"


class PastCampaign(models.Model):
    """What came of a campaign, in numbers, once nobody knows any more who was in it. Append-only.

    `fates` and `bars` count people. `sent` and `held` are the two groups: the won that each person left, and how many
    came back.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="past")
    fates = models.JSONField()
    bars = models.JSONField()
    sent_won = models.JSONField()
    sent_back = models.PositiveIntegerField()
    held_won = models.JSONField()
    held_back = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return f"past campaign:{self.campaign_id}"


class Arrival(models.Model):
    """What the carrier said of it in the end, once. Append-only. Where a text went instead, what that cost more."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    dispatch = models.OneToOneField(Dispatch, models.PROTECT, related_name="arrival")
    arrived = models.BooleanField()
    replaced = models.BooleanField(default=False)
    code = models.CharField(max_length=20)
    cost_per_100 = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return f"{self.dispatch_id} {self.code}"
