"""What comes round for goods."""

from __future__ import annotations

from jangteo.domains.catalog.actions.forget_photos import KEPT, forget_photos
from jangteo.domains.catalog.models import Photo
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped


def forget_unseen_photos() -> None:
    """In every market that has photos of more than a week ago."""
    with unscoped():
        old = Photo.objects.filter(at__lt=clock.now() - KEPT)
        markets = list(Market.objects.filter(pk__in=old.values("market_id")).order_by("pk"))
    for market in markets:
        forget_photos(market=market, actor=SYSTEM)
