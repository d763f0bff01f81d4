"""Calls for help, visits, and the consent by which a helper acts for a stall."""

from __future__ import annotations

from django.db import models

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.models import Device
from jangteo.kernel.tenancy import MarketManager, StallManager


class HelpCall(models.Model):
    """Somebody asks a helper to come. `token` opens the caller's page; `key` makes a repeated call the same one.

    `to` is where bags are to be carried, "" for every other call.
    """

    class Face(models.TextChoices):
        STALL = "stall"
        SHOP = "shop"
        KIOSK = "kiosk"
        BOARD = "board"

    class What(models.TextChoices):
        GOODS = "goods"
        ORDERS = "orders"
        MONEY = "money"
        PAYING = "paying"
        FINDING = "finding"
        SCREEN = "screen"
        OTHER = "other"
        CARRY = "carry"

    class State(models.TextChoices):
        NEW = "new"
        TAKEN = "taken"
        DONE = "done"
        TAKEN_BACK = "taken_back"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+", null=True)
    face = models.CharField(max_length=5, choices=Face.choices)
    place = models.CharField(max_length=60)
    who = models.CharField(max_length=40, default="", blank=True)
    what = models.CharField(max_length=7, choices=What.choices)
    to = models.CharField(max_length=30, default="", blank=True)
    phone = models.CharField(max_length=20, default="", blank=True)
    token = models.CharField(max_length=32, unique=True)
    key = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    called_at = models.DateTimeField()
    taken_by = models.ForeignKey(Device, models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "key"], name="one_call_per_key")]
        indexes = [
            models.Index(
                fields=["market", "called_at"], name="open_calls", condition=models.Q(state__in=["new", "taken"])
            )
        ]

    def __str__(self) -> str:
        return f"call:{self.pk}"


class CarryPoint(models.Model):
    """Where helpers carry bags to on market days: a car park, a bus stop."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    name = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "name"], name="carry_point_once")]

    def __str__(self) -> str:
        return self.name


class Visit(models.Model):
    """A helper was at a stall. `stuck` are the keys of `rules.STUCK` that were in the way."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    helper = models.ForeignKey(Device, models.PROTECT, related_name="+")
    call = models.OneToOneField(HelpCall, models.PROTECT, related_name="+", null=True)
    key = models.CharField(max_length=100)
    stuck = models.JSONField(default=list)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "key"], name="one_visit_per_key")]
        indexes = [models.Index(fields=["stall", "-at"], name="visits_of_stall")]

    def __str__(self) -> str:
        return f"visit:{self.pk}"


class SetUpMark(models.Model):
    """A step of setting a stall up that only a person can see done."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    step = models.CharField(max_length=12)
    marked_at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stall", "step"], name="one_mark_per_step")]

    def __str__(self) -> str:
        return f"{self.stall_id} {self.step}"


class ConsentCode(models.Model):
    """Six digits on the stall's own phone that its person reads out. `tries` are those that were wrong."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects = StallManager()

    class Meta:
        indexes = [models.Index(fields=["stall", "-id"], name="codes_of_stall")]

    def __str__(self) -> str:
        return f"code:{self.pk}"


class Acting(models.Model):
    """A helper acts for a stall until `ends_at`, or until one of them ended it at `ended_at`."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    helper = models.ForeignKey(Device, models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = StallManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stall"], name="one_helper_per_stall", condition=models.Q(ended_at__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["helper"], name="one_stall_per_helper", condition=models.Q(ended_at__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["stall", "-id"], name="actings_of_stall")]

    def __str__(self) -> str:
        return f"acting:{self.pk}"
