"""Screens that stand in the market by themselves, and those that still wait to be taken in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from jangteo.domains.markets.models import Market
from jangteo.kernel.tenancy import MarketManager


class ScreenKind(models.TextChoices):
    KIOSK = "kiosk"
    BOARD = "board"


class Screen(models.Model):
    """A kiosk or a board. Its browser keeps the secret whose digest is `secret_hash`.

    `seen_at` is when it last called in, `unsent` how much it then had not been able to send. `setting` is what its face
    keeps about it: a board's shape is `board.Plan`.
    """

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=ScreenKind.choices)
    name = models.CharField(max_length=30)
    place = models.CharField(max_length=60)
    secret_hash = models.CharField(max_length=64, unique=True)
    paired_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    unsent = models.PositiveIntegerField(default=0)
    reload_asked_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    setting = models.JSONField(default=dict)

    objects = MarketManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Pairing(models.Model):
    """A screen that shows its six digits and belongs to no market yet. Deleted when it is claimed or too old."""

    kind = models.CharField(max_length=5, choices=ScreenKind.choices)
    code = models.CharField(max_length=6, unique=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"pairing {self.pk}"
