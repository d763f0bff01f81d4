"""Bringing what is ordered at the telephone: where to, in which window, and for how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.loads import Offer
from jangteo.domains.delivery.queries import offers, terms_on
from jangteo.domains.markets.models import Market
from jangteo.faces._parts.words.delivery_words import window_words
from jangteo.faces._parts.words.errors import why_words
from jangteo.faces.office.call_lines import CallLine
from jangteo.faces.office.call_state import DELIVER, Call
from jangteo.kernel import clock


@dataclass(frozen=True, slots=True)
class Bringing:
    """`where` is the address as couriers read it; `problem` why nothing can be offered. `offer` is the chosen one."""

    where: str = ""
    choices: Sequence[tuple[str, str]] = ()
    offer: Offer | None = None
    problem: str = ""

    @property
    def window(self) -> str:
        return "" if self.offer is None else window_words(self.offer.starts, self.offer.ends)

    @property
    def wave(self) -> str:
        return "" if self.offer is None else str(self.offer.wave_id)

    @property
    def fee_won(self) -> int:
        return 0 if self.offer is None else self.offer.fee.customer_won


def is_brought(market: Market) -> bool:
    """Whether the market delivers at all. One statement."""
    return terms_on(clock.calendar_day()) is not None


def bringing_of(market: Market, call: Call, lines: Sequence[CallLine]) -> Bringing | None:
    """None for what is fetched. The window that was chosen, else the next one that can be kept."""
    if call.how != DELIVER:
        return None
    if not call.where:
        return Bringing()
    goods = [line for line in lines if not line.stop and line.good is not None]
    stalls = sorted({line.good.stall_id for line in goods if line.good is not None})
    won = sum(line.won for line in goods)
    found = offers(market, Address(call.where), won, clock.now(), stalls)
    if not found.offers:
        return Bringing(problem=why_words(found.why_not, found.facts))
    chosen = next((one for one in found.offers if str(one.wave_id) == call.wave), found.offers[0])
    choices = [(str(one.wave_id), window_words(one.starts, one.ends)) for one in found.offers]
    where = call.where if found.located is None else found.located.text
    return Bringing(where, choices, chosen)
