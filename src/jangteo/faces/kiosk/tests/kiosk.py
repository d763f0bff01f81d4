"""A kiosk, played in Python: paired with a market, with an outbox of orders."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.catalog.models import Good
from jangteo.domains.devices.actions.ask_pairing import ask_pairing
from jangteo.domains.devices.actions.claim_pairing import claim_pairing
from jangteo.domains.devices.models import Screen, ScreenKind
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.rules import line_amount
from jangteo.faces._parts.screens import cookie_of
from jangteo.kernel import ids
from jangteo.kernel.audit import SYSTEM
from tests.outbox import Kept, Outbox
from tests.world import ceiling_of


@dataclass(slots=True)
class Kiosk(Outbox):
    """Its series is that of the first kiosk of a market."""

    series: str = "K1"

    def pair(self, market: Market) -> Screen:
        """Show digits, and be taken in by whoever types them."""
        asked = ask_pairing(kind=ScreenKind.KIOSK, caller=ids.new_token())
        self.client.cookies[cookie_of(ScreenKind.KIOSK)] = asked.secret
        return claim_pairing(market=market, actor=SYSTEM, code=asked.code, name="북문", place="북문 앞")

    def order(self, *lines: dict[str, object], **more: object) -> Kept:
        """Somebody goes through to the end; the ticket bears the number that the outbox gives next."""
        body = {"ticket": f"{self.series}-{self.numbers + 1:02}", "tender": "cash", "phone": "", "language": "ko"}
        return self.add({**body, "lines": list(lines), **more})


def kiosk() -> Kiosk:
    return Kiosk("/k/orders/", "order")


def seen(good: Good, quantity: int = 1, *, price_won: int | None = None) -> dict[str, object]:
    """A line as the kiosk shows it, at the price that the good has now or an older one."""
    won = line_amount(
        price_won=price_won or good.price_won,
        price_grams=good.price_grams,
        quantity=quantity,
        grams=None if good.unit_grams is None else good.unit_grams * quantity,
    )
    return {"good": good.pk, "quantity": quantity, "seen_won": won, "ceiling_won": ceiling_of(good, quantity)}
