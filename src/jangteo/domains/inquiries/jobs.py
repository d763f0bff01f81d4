"""What comes round by itself."""

from __future__ import annotations

from jangteo.domains.inquiries.actions.forget_inquiries import forget_inquiries
from jangteo.domains.inquiries.models import Inquiry
from jangteo.domains.inquiries.rules import KEPT
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped


def forget_old_inquiries() -> None:
    """In every market that has some of more than three years ago."""
    with unscoped():
        old = Inquiry.objects.filter(changed_at__lt=clock.now() - KEPT)
        markets = list(Market.objects.filter(pk__in=old.values("market_id")).order_by("pk"))
    for market in markets:
        forget_inquiries(market=market, actor=SYSTEM)
