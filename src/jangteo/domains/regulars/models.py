"""What regulars keep."""

from __future__ import annotations

from django.db import models

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.models import User
from jangteo.domains.regulars.privacy_models import Deletion, ForgottenHere, Look, LookReview, SignIn, TakeOut
from jangteo.kernel.tenancy import MarketManager

__all__ = ["Deletion", "Favourite", "ForgottenHere", "Look", "LookReview", "SignIn", "TakeOut"]


class Favourite(models.Model):
    """A stall (찜한 가게), or with `good` one good of it, that somebody who is signed in wants to hear of."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    stall = models.ForeignKey(Stall, models.PROTECT, related_name="+")
    good = models.ForeignKey(Good, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    objects = MarketManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "stall"], name="favourite_stall_once", condition=models.Q(good=None)
            ),
            models.UniqueConstraint(
                fields=["user", "good"], name="favourite_good_once", condition=models.Q(good__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["stall"], name="favourite_by_stall")]

    def __str__(self) -> str:
        return f"user {self.user_id}: stall {self.stall_id} good {self.good_id}"
