"""What is known of an order that somebody took down at the telephone, besides the order itself."""

from __future__ import annotations

from django.db import models

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Order
from jangteo.kernel.tenancy import MarketManager

MOST_TAKER = 20


class PhoneOrder(models.Model):
    """`caller` is the keyed digest of the number that called, "" once that is forgotten; `taken_by` who took the call.

    `text_to` is the number that the family's link is on its way to, emptied when the text has left.
    """

    class Text(models.TextChoices):
        NONE = "none"
        QUEUED = "queued"
        SENT = "sent"
        REFUSED = "refused"

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    order = models.OneToOneField(Order, models.PROTECT, related_name="+")
    caller = models.CharField(max_length=64, default="", blank=True)
    taken_by = models.CharField(max_length=MOST_TAKER)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()
    text_to = models.CharField(max_length=11, default="", blank=True)
    text = models.CharField(max_length=7, choices=Text.choices, default=Text.NONE)
    texts = models.PositiveSmallIntegerField(default=0)

    objects = MarketManager()

    class Meta:
        indexes = [
            models.Index(fields=["market", "caller", "-id"], name="calls_by_caller", condition=~models.Q(caller="")),
            models.Index(fields=["market", "actor_ref", "-id"], name="calls_by_taker"),
        ]

    def __str__(self) -> str:
        return f"order {self.order_id} by {self.taken_by}"


class Consent(models.Model):
    """What was read out to the caller, who wrote down the yes, and when. Append-only; nothing in it says who called."""

    market = models.ForeignKey(Market, models.PROTECT, related_name="+")
    made = models.OneToOneField(PhoneOrder, models.PROTECT, related_name="+")
    said = models.TextField()
    taken_by = models.CharField(max_length=MOST_TAKER)
    actor_ref = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = MarketManager()

    def __str__(self) -> str:
        return f"consent {self.pk}"
