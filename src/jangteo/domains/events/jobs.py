"""What comes round by itself."""

from __future__ import annotations

from jangteo.domains.events.actions.remind_sign_ups import remind_sign_ups
from jangteo.domains.events.actions.turn_flashes import turn_flashes
from jangteo.domains.events.models import FlashSale, SignUpNotice
from jangteo.domains.events.queries import due_flashes, events_to_remind_of
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


def remind_of_events() -> None:
    """In every market, of what is tomorrow."""
    with unscoped():
        found = events_to_remind_of()
    for event in found:
        remind_sign_ups(market=event.market, actor=SYSTEM, event_id=event.pk)


def markets_with_notices() -> list[Market]:
    """Where something is due to be told to people who signed up. Nobody is told anything where people practise."""
    with unscoped():
        due = SignUpNotice.objects.filter(state=SignUpNotice.State.WAITING, due_at__lte=clock.now())
        return list(Market.objects.filter(pk__in=due.values("market_id")).order_by("pk"))


def _due_markets() -> list[Market]:
    rows = FlashSale.objects.filter(pk__in=due_flashes())
    return list(Market.objects.filter(pk__in=rows.values("market_id")).order_by("pk"))
