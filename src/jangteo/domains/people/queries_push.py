"""Phones that ring with their screens off. In the scope of their market."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from jangteo.domains.people.models import PushSubscription


def known_endpoint(device_id: int) -> str:
    """Where this phone is reached, "" where it has not said yes."""
    return _live().filter(device_id=device_id).values_list("endpoint", flat=True).first() or ""


def subscriptions_of(stall_ids: Collection[int]) -> list[PushSubscription]:
    """Those of the stalls' phones, each with its device, in the order of the devices."""
    return list(_live().filter(stall_id__in=stall_ids).order_by("device_id"))


def live_subscription(subscription_id: int) -> PushSubscription | None:
    """One of them, if it is still there."""
    return _live().filter(pk=subscription_id).first()


def _live() -> QuerySet[PushSubscription]:
    return PushSubscription.objects.select_related("device", "market").filter(device__revoked_at=None)
