"""What happens in a market at a time: market days, festivals, classes, and flash sales (떨이) of a stall."""

from __future__ import annotations

from django.db import models

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel.tenancy import MarketManager, StallManager


class Event(models.Model):
    """`places` None: one just comes. `taken` counts people who have a place; `coupon_id` is that of `promotions`, or 0.

    `revision` rises with every change, so that calendars take it over.
    """

    class Kind(models.TextChoices):
        MARKET_DAY = "market_day"
        FESTIVAL = "festival"
        CLASS = "class"
        SALE = "sale"

    class State(models.TextChoices):
        DRAFT = "draft"
        SHOWN = "shown"
        CALLED_OFF = "called_off"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=40)
    body = models.CharField(max_length=600, default="", blank=True)
    place = models.CharField(max_length=60, default="", blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    photo = models.CharField(max_length=22, default="", blank=True)
    places = models.PositiveIntegerField(null=True)
    most_people = models.PositiveSmallIntegerField(default=1)
    has_waiting = models.BooleanField(default=True)
    taken = models.PositiveIntegerField(default=0)
    coupon_id = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    stalls = models.ManyToManyField(Stall, related_name="+")

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="event_ends_later", condition=models.Q(starts_at__lt=models.F("ends_at"))),
            models.CheckConstraint(
                name="event_places_hold", condition=models.Q(places=None) | models.Q(taken__lte=models.F("places"))
            ),
        ]
        indexes = [models.Index(fields=["market", "ends_at"], name="events_of_market")]

    def __str__(self) -> str:
        return f"event:{self.pk}"

    @property
    def left(self) -> int | None:
        return None if self.places is None else self.places - self.taken


class SignUp(models.Model):
    """Somebody wants to come, with so many people. `token` opens their own page. Waiting ones go by their number."""

    class State(models.TextChoices):
        IN = "in"
        WAITING = "waiting"
        CANCELLED = "cancelled"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    name = models.CharField(max_length=20)
    phone = models.CharField(max_length=20)
    people = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State.choices)
    token = models.CharField(max_length=32, unique=True)
    key = models.CharField(max_length=100)
    at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "key"], name="one_sign_up_per_key"),
            models.UniqueConstraint(
                fields=["event", "phone"],
                name="one_sign_up_per_phone",
                condition=~models.Q(state="cancelled") & ~models.Q(phone=""),
            ),
            models.CheckConstraint(name="sign_up_is_somebody", condition=models.Q(people__gt=0)),
        ]
        indexes = [models.Index(fields=["event", "state", "id"], name="sign_ups_of_event")]

    def __str__(self) -> str:
        return f"sign-up:{self.pk}"


class SignUpNotice(models.Model):
    """What somebody who signed up is to be told, once (`key`). Its words are made when it leaves, as things are then.

    DROPPED: it was not true any more, or nobody is there to be told. LOST: there was no way to them.
    """

    class About(models.TextChoices):
        MOVED_UP = "moved_up"
        REMINDER = "reminder"
        CHANGED = "changed"
        CALLED_OFF = "called_off"
        BACK_ON = "back_on"

    class State(models.TextChoices):
        WAITING = "waiting"
        TOLD = "told"
        DROPPED = "dropped"
        LOST = "lost"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    sign_up = models.ForeignKey(SignUp, models.PROTECT, related_name="notices")
    about = models.CharField(max_length=10, choices=About.choices)
    key = models.CharField(max_length=40)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sign_up", "key"], name="one_notice_per_key")]
        indexes = [models.Index(fields=["due_at"], name="sign_up_notice_due", condition=models.Q(state="waiting"))]

    def __str__(self) -> str:
        return f"sign-up:{self.sign_up_id} {self.key}"


class FlashSale(models.Model):
    """A good costs less from a time until a time, or until it is sold out. One that lives at a time for each good.

    What it cost before, and how long that held, is kept here to be put back.
    """

    class State(models.TextChoices):
        COMING = "coming"
        ON = "on"
        OVER = "over"
        TAKEN_BACK = "taken_back"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    good = models.ForeignKey(Good, models.PROTECT, related_name="+")
    batch = models.CharField(max_length=32)
    price_won = models.PositiveIntegerField()
    was_won = models.PositiveIntegerField()
    was_life = models.CharField(max_length=8)
    was_until = models.DateTimeField(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = StallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["good"], name="one_flash_per_good", condition=models.Q(state__in=["coming", "on"])
            ),
            models.CheckConstraint(
                name="flash_is_cheaper", condition=models.Q(price_won__gt=0, price_won__lt=models.F("was_won"))
            ),
            models.CheckConstraint(name="flash_ends_later", condition=models.Q(starts_at__lt=models.F("ends_at"))),
        ]
        indexes = [
            models.Index(
                fields=["market", "starts_at"], name="flash_alive", condition=models.Q(state__in=["coming", "on"])
            )
        ]

    def __str__(self) -> str:
        return f"flash:{self.pk}"
