"""What the demo market's customers pay with: half by card, a good part in vouchers, the rest in cash."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass

from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.wanted import WantedMoney
from jangteo.domains.payments.rules.tenders import TenderKind

CARD_PERCENT, VOUCHER_PERCENT = 60, 30
VOUCHERS_BESIDE_CARD = (TenderKind.LOCAL_CURRENCY, TenderKind.ONNURI_PAPER)
VOUCHERS = (TenderKind.ONNURI_DIGITAL, TenderKind.ONNURI_PAPER, TenderKind.LOCAL_CURRENCY)
NOTES_WON = (5_000, 10_000, 20_000)
# What a stall taps when nothing was said before; None is a stall that taps nothing.
ACROSS_THE_COUNTER = (TenderKind.CASH, TenderKind.CASH, None)


@dataclass(frozen=True, slots=True)
class Means:
    """The way of paying an order, as the checkout asks for it."""

    tender: str = "at_stall"
    moneys: tuple[WantedMoney, ...] = ()


AT_STALL = Means()


def draw_means(chance: random.Random, stalls: Collection[Stall]) -> Means:
    """How somebody with a basket of these stalls pays. Vouchers only where one of the stalls takes them."""
    by_card = chance.randrange(100) < CARD_PERCENT and all(stall.takes_card for stall in stalls)
    kinds = [
        kind for kind in (VOUCHERS_BESIDE_CARD if by_card else VOUCHERS) if any(_takes(stall, kind) for stall in stalls)
    ]
    with_vouchers = bool(kinds) and chance.randrange(100) < VOUCHER_PERCENT
    moneys = (_money(chance, chance.choice(kinds), by_card=by_card),) if with_vouchers else ()
    return Means("card" if by_card else "at_stall", moneys)


def _money(chance: random.Random, kind: TenderKind, *, by_card: bool) -> WantedMoney:
    """Beside a card a note or two, so that something is left for the card; alone as much as there is."""
    return WantedMoney(kind, won=chance.choice(NOTES_WON) if by_card else None)


def _takes(stall: Stall, kind: TenderKind) -> bool:
    return stall.takes_local if kind is TenderKind.LOCAL_CURRENCY else stall.takes_onnuri
