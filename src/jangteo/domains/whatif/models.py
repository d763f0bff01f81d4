"""Other terms of delivery that somebody wants to look at again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jangteo.domains.markets.models import Market
from jangteo.kernel.tenancy import MarketManager


class Scenario(models.Model):
    """`asked` is `rules.Wish` as plain values. Taken away once `dropped_at` is set."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    name = models.CharField(max_length=30)
    asked = models.JSONField()
    made_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "name"], name="scenario_name_once", condition=Q(dropped_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name
