"""Cashback that has to come back because what it was given for was refunded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AfterPromo(StrEnum):
    """What happens with cashback that is spent already."""

    DEDUCT = "deduct"  # taken off the refund, what does not fit is owed
    RECEIVABLE = "receivable"  # owed


@dataclass(frozen=True, slots=True)
class Cashback:
    """What an order earned: `rate_bp` of `on_won`, at most `cap_won`; `taken_back_won` went back at earlier refunds."""

    rate_bp: int
    on_won: int
    cap_won: int | None = None
    taken_back_won: int = 0

    @property
    def granted_won(self) -> int:
        return earned(self.on_won, self.rate_bp, self.cap_won)

    def due_won(self, kept_won: int) -> int:
        """What has to come back when `kept_won` of the paid money stays with the stalls."""
        if not 0 <= kept_won <= self.on_won:
            raise ValueError("more is kept than was paid")
        return max(0, self.granted_won - earned(kept_won, self.rate_bp, self.cap_won) - self.taken_back_won)


@dataclass(frozen=True, slots=True)
class Clawback:
    """Where returned cashback is taken from; the three sum to what is due."""

    promo_won: int
    deducted_won: int
    receivable_won: int


def earned(won: int, rate_bp: int, cap_won: int | None) -> int:
    """Cashback on an amount, rounded down to a won."""
    plain = won * rate_bp // 10_000
    return plain if cap_won is None else min(plain, cap_won)


def claw_back(*, due_won: int, promo_won: int, refund_won: int, then: AfterPromo) -> Clawback:
    """Take `due_won` from the promo balance first, so far as it goes, and the rest as `then` says."""
    if min(due_won, promo_won, refund_won) < 0:
        raise ValueError("an amount is negative")
    promo = min(due_won, promo_won)
    deducted = min(due_won - promo, refund_won) if then is AfterPromo.DEDUCT else 0
    return Clawback(promo, deducted, due_won - promo - deducted)
