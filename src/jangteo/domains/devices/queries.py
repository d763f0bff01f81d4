"""Screens as the office and they themselves look at them."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.devices.models import Pairing, Screen
from jangteo.domains.devices.rules import SILENT_AFTER
from jangteo.kernel import clock, ids
from jangteo.kernel.tenancy import unscoped


def screen_by_secret(secret: str) -> Screen | None:
    """The screen that keeps this secret, its market loaded. Asked before any market is known."""
    with unscoped():
        screens = Screen.objects.select_related("market")
        return screens.filter(secret_hash=ids.token_digest(secret), retired_at__isnull=True).first()


def waiting_pairing(secret: str) -> Pairing | None:
    """The pairing of a screen that nobody has claimed yet, None when its ten minutes are over."""
    return Pairing.objects.filter(secret_hash=ids.token_digest(secret), expires_at__gt=clock.now()).first()


def screens_of_market() -> list[Screen]:
    """Every screen of the market in scope that is in use: boards, then kiosks, by name."""
    return list(Screen.objects.filter(retired_at__isnull=True))


def screen_by_id(screen_id: int) -> Screen:
    """The screen in scope that is in use. Raises Screen.DoesNotExist."""
    return Screen.objects.filter(retired_at__isnull=True).get(pk=screen_id)


def silent_screens(now: datetime) -> list[Screen]:
    """Screens in scope that have not called in for a while, the longest silent first."""
    silent = Screen.objects.filter(retired_at__isnull=True, seen_at__lt=now - SILENT_AFTER)
    return list(silent.order_by("seen_at", "pk"))


def screen_names(screen_ids: set[int]) -> dict[int, str]:
    """Names by id, also of screens that are taken down."""
    return dict(Screen.objects.filter(pk__in=screen_ids).values_list("pk", "name")) if screen_ids else {}


def place_among(screen: Screen) -> int:
    """The how manieth screen of its kind the market has taken in, counted from 1. Nobody ever has it again."""
    return Screen.objects.filter(kind=screen.kind, pk__lte=screen.pk).count()
