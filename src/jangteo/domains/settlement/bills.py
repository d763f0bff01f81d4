"""From movements on a stall's account to its statement. Plain: no Django, no models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from jangteo.domains.settlement.rules import BASIS, STALL, Sold, Statement, Terms, fee_vat, statement
from jangteo.kernel.money import split_won

GATEWAY, IN_HAND, COUPONS = "clear", "cash", frozenset({"subsidy", "discount"})


class Is(StrEnum):
    """What a movement is. SOLD and BACK: goods and their refund; DIRECT: money of it that the stall has already; LEFT:
    a pay-out that the bank sent back; DELIVERY: its share of a delivery's fee."""

    SOLD = "sold"
    BACK = "back"
    DIRECT = "direct"
    LEFT = "left"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class Share:
    """A kind of money, and the ledger account on which it came in ("clear:toss", "subsidy:…"), or "cash:…" for money
    that the stall took in its own hand, whatever it was."""

    tender: str
    account: str

    @property
    def word(self) -> str:
        return self.account.partition(":")[0]

    @property
    def is_direct(self) -> bool:
        """Whether the stall has it already."""
        return self.word == IN_HAND

    @property
    def name(self) -> str:
        """The kind of money as statements list it: the same kind across the counter is another."""
        return f"{self.tender}@stall" if self.is_direct else self.tender

    @property
    def funder(self) -> str | None:
        """Who pays for a coupon or for a stall's own points, None for other money."""
        if self.word == "points" and ":stall-" in self.account:
            return STALL
        if self.word not in COUPONS:
            return None
        return STALL if self.account.startswith("discount:stall:") else self.account


UNKNOWN = Share("other", "other")


@dataclass(frozen=True, slots=True)
class Move:
    """Won on a stall's account, to its credit positive. `weights` says how its order was paid, in any unit.

    `was_paid_out` marks the refund of what an earlier run has settled.
    """

    kind: Is
    won: int
    weights: Mapping[Share, int]
    was_paid_out: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """What is between the stall and the market when the period begins: `owes_won` by the stall, `left_won` to it."""

    owes_won: int = 0
    left_won: int = 0


@dataclass(frozen=True, slots=True)
class Bill:
    """A statement, and by ledger account what of it waits at gateways, net of refunds and before their fee."""

    statement: Statement
    sources: Mapping[str, int]

    @property
    def at_gateways_won(self) -> int:
        """What the gateways have for the stall after their fee; never below zero."""
        return max(sum(self.sources.values()) - self.statement.gateway_fee_won, 0)


@dataclass(frozen=True, slots=True)
class Rates:
    """What is taken, in basis points before VAT; the gateway's part None where it is not charged to the stall."""

    fee_bp: int = 0
    gateway_fee_bp: int | None = None


def bill(moves: Sequence[Move], rates: Rates, before: Before) -> Bill:
    """One stall's period. Every won of `moves` is in it exactly once."""
    sold = [(move, _divided(move)) for move in moves if move.kind in (Is.SOLD, Is.BACK)]
    sources: Counter[str] = Counter()
    for _, shares in sold:
        for share, won in shares.items():
            if share.word == GATEWAY:
                sources[share.account] += won
    direct = frozenset(share.name for _, shares in sold for share in shares if share.is_direct)
    made = statement(
        (_sold(move, shares) for move, shares in sold),
        Terms(fee_bp=rates.fee_bp, direct=direct),
        carried_in_won=before.owes_won,
        gateway_fee_won=gateway_fee(sum(sources.values()), rates.gateway_fee_bp),
        delivery_won=-sum(move.won for move in moves if move.kind is Is.DELIVERY),
    )
    left = before.left_won + sum(move.won for move in moves if move.kind is Is.LEFT)
    return Bill(replace(made, left_in_won=left), dict(sorted(sources.items())))


def account_won(moves: Iterable[Move]) -> int:
    """What the movements come to on the account, direct money taken off."""
    return sum(move.won for move in moves)


def gateway_fee(amount_won: int, fee_bp: int | None) -> int:
    """What a gateway keeps of an amount, VAT included: each part rounded toward zero."""
    if fee_bp is None:
        return 0
    size = abs(amount_won) * fee_bp // BASIS
    fee = size + fee_vat(size)
    return fee if amount_won >= 0 else -fee


def _divided(move: Move) -> dict[Share, int]:
    """The movement by kinds of money, to the won."""
    weights = move.weights or {UNKNOWN: 1}
    return {share: won for share, won in zip(weights, split_won(move.won, list(weights.values())), strict=True) if won}


def _sold(move: Move, shares: Mapping[Share, int]) -> Sold:
    tenders: Counter[str] = Counter()
    coupons: Counter[str] = Counter()
    for share, won in shares.items():
        funder = share.funder
        if funder is None:
            tenders[share.name] += won
        else:
            coupons[funder] += won
    return Sold(tenders, coupons, was_paid_out=move.was_paid_out)
