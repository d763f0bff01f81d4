"""The kinds of money an order can be paid with, and what each can and cannot do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class TenderKind(StrEnum):
    CARD = "card"
    EASY_PAY = "easy_pay"
    VIRTUAL_ACCOUNT = "virtual_account"
    CASH = "cash"
    TRANSFER = "transfer"
    ONNURI_DIGITAL = "onnuri_digital"
    ONNURI_PAPER = "onnuri_paper"
    LOCAL_CURRENCY = "local_currency"
    POINTS = "points"
    COUPON = "coupon"
    RECORDED_OFFLINE = "recorded_offline"


class RefundTo(StrEnum):
    """Where money that goes back arrives."""

    SAME = "same"  # on the card or in the wallet it came from
    ACCOUNT = "account"  # in a bank account the customer names
    STALL = "stall"  # across the counter, by hand
    BALANCE = "balance"  # in the balance this program keeps
    FUNDER = "funder"  # with whoever paid for the coupon; the customer had no money in it


@dataclass(frozen=True, slots=True)
class KindFacts:
    """What holds for every tender of a kind.

    `external`: an outside system moves the money, so a step can fail and comes last when paying, first when refunding.
    `exclusive`: not combined with another kind in one payment, unless a policy says otherwise.
    `partial_refund`: a part can go back the same way; else a part goes to a bank account.
    `by_policy`: only usable under a dated policy of its scheme.
    `freedom`: how freely the customer can spend it elsewhere; what is least free is used first among equals.
    `least_won`: the gateways take no smaller payment (Toss: card 100, account 200).
    """

    external: bool
    exclusive: bool
    partial_refund: bool
    refund_to: RefundTo
    by_policy: bool
    freedom: int
    least_won: int = 1


def _facts(
    to: RefundTo, freedom: int, *, external: bool = False, partial: bool = True, least_won: int = 1
) -> KindFacts:
    return KindFacts(external, False, partial, to, by_policy=False, freedom=freedom, least_won=least_won)


def _scheme(to: RefundTo, freedom: int, *, external: bool, exclusive: bool, partial: bool) -> KindFacts:
    return KindFacts(external, exclusive, partial, to, by_policy=True, freedom=freedom)


KINDS: Mapping[TenderKind, KindFacts] = MappingProxyType(
    {
        TenderKind.COUPON: _facts(RefundTo.FUNDER, 0),
        TenderKind.POINTS: _facts(RefundTo.BALANCE, 1),
        # A paper note cannot be cut, so a part of it comes back as money.
        TenderKind.ONNURI_PAPER: _scheme(RefundTo.STALL, 2, external=False, exclusive=False, partial=False),
        TenderKind.ONNURI_DIGITAL: _scheme(RefundTo.SAME, 3, external=True, exclusive=True, partial=True),
        TenderKind.LOCAL_CURRENCY: _scheme(RefundTo.SAME, 4, external=True, exclusive=False, partial=True),
        TenderKind.RECORDED_OFFLINE: _facts(RefundTo.STALL, 5),
        TenderKind.EASY_PAY: _facts(RefundTo.SAME, 6, external=True, least_won=100),
        TenderKind.CARD: _facts(RefundTo.SAME, 7, external=True, least_won=100),
        TenderKind.VIRTUAL_ACCOUNT: _facts(RefundTo.ACCOUNT, 8, external=True, least_won=200),
        TenderKind.TRANSFER: _facts(RefundTo.ACCOUNT, 9, external=True, least_won=200),
        TenderKind.CASH: _facts(RefundTo.STALL, 10),
    }
)


# Money that changes hands at the stall; this program writes down that it did.
PAID_AT_STALL = frozenset(
    {
        TenderKind.CASH,
        TenderKind.TRANSFER,
        TenderKind.ONNURI_DIGITAL,
        TenderKind.ONNURI_PAPER,
        TenderKind.LOCAL_CURRENCY,
        TenderKind.RECORDED_OFFLINE,
    }
)


def till_of(stall_id: int, kind: TenderKind) -> str:
    """The account of money in a stall's own hand. What nobody noted the kind of lies in the till like cash."""
    loose = kind in (TenderKind.CASH, TenderKind.RECORDED_OFFLINE)
    return f"stall:{stall_id}:{'till' if loose else kind}"


def excluded_by(kind: TenderKind) -> frozenset[TenderKind]:
    """The kinds that may not share a payment with `kind` where no policy names them: all others, or none."""
    return frozenset(TenderKind) - {kind} if KINDS[kind].exclusive else frozenset()
