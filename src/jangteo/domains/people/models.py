"""Accounts by phone number, devices bound by a link, tokens for programs."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import clock
from jangteo.kernel.tenancy import MarketManager, StallManager


class User(AbstractBaseUser):
    """A person with a phone number. No password: a 6-digit code proves the number."""

    phone = models.CharField(max_length=20, unique=True, null=True)
    phone_verified = models.BooleanField(default=False)
    name = models.CharField(max_length=40, default="", blank=True)
    email = models.EmailField(default="", blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "phone"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager()

    def __str__(self) -> str:
        return f"user:{self.pk}"


class Role(models.TextChoices):
    OWNER = "owner"
    FAMILY = "family"
    MANAGER = "manager"
    HELPER = "helper"
    COURIER = "courier"


STALL_ROLES = frozenset({Role.OWNER, Role.FAMILY})


class Device(models.Model):
    """A phone or tablet that acts for a stall or the association without a sign-in. `name` is that of its person."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+", null=True)
    role = models.CharField(max_length=8, choices=Role.choices)
    name = models.CharField(max_length=20, default="", blank=True)
    secret_digest = models.CharField(max_length=64, unique=True)
    bound_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stall_roles_have_a_stall",
                condition=models.Q(role__in=["owner", "family"], stall__isnull=False)
                | (~models.Q(role__in=["owner", "family"]) & models.Q(stall__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"device:{self.pk}"


class EntryLink(models.Model):
    """A one-tap link. The first device that opens it keeps it; on any other it is dead."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+", null=True)
    role = models.CharField(max_length=8, choices=Role.choices)
    name = models.CharField(max_length=20, default="", blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    device = models.ForeignKey(Device, models.PROTECT, related_name="+", null=True)

    objects = MarketManager()

    def __str__(self) -> str:
        return f"entry link {self.pk}"


class ApiToken(models.Model):
    """A bearer token for a program: of a stall's device, of the association, or of a customer."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+", null=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    label = models.CharField(max_length=60)
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = MarketManager()

    def __str__(self) -> str:
        return self.label


class PushSubscription(models.Model):
    """A stall's phone that rings with its screen off, as its browser described itself. Deleted when that is over."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    device = models.OneToOneField(Device, models.PROTECT, related_name="+")
    # One browser belongs to one stall, whatever it was before.
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=90)
    auth = models.CharField(max_length=30)
    kept_at = models.DateTimeField()

    objects = StallManager()

    def __str__(self) -> str:
        return f"push subscription of device:{self.device_id}"
