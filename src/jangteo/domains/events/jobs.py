"""What comes round by itself."""

from __future__ import annotations

from jangteo.domains.events.actions.forget_sign_ups import KEPT, forget_sign_ups
from jangteo.domains.events.actions.turn_flashes import turn_flashes
from jangteo.domains.events.models import FlashSale, SignUp
from jangteo.domains.events.queries import due_flashes
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped, unscoped_practice


def turn_due_flashes() -> None:
    """In every market where one begins or ends now, also where people practise."""
    with unscoped():
        due = _due_markets()
    with unscoped_practice():
        due += _due_markets()
    for market in due:
        turn_flashes(market=market, actor=SYSTEM)


def forget_old_sign_ups() -> None:
    """In every market where an event ended a month ago."""
    with unscoped():
        old = SignUp.objects.filter(event__ends_at__lt=clock.now() - KEPT).exclude(phone="")
        markets = list(Market.objects.filter(pk__in=old.values("market_id")).order_by("pk"))
    for market in markets:
        forget_sign_ups(market=market, actor=SYSTEM)


def _due_markets() -> list[Market]:
    rows = FlashSale.objects.filter(pk__in=due_flashes())
    return list(Market.objects.filter(pk__in=rows.values("market_id")).order_by("pk"))
