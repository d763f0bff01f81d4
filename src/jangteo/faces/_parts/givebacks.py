"""Refunds on a screen: what one would do, and where the parts of those that were decided stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jangteo.domains.ordering.queries_moneys import Money
from jangteo.domains.payments.models import GivebackLeg, Refund
from jangteo.domains.payments.queries_moneys import was_never_taken
from jangteo.domains.payments.rules.refunds import Quote
from jangteo.domains.payments.rules.tenders import RefundTo, TenderKind
from jangteo.faces._parts.words.refunds import NOT_TAKEN, by_hand, money_name, reason_words, way_back


@dataclass(frozen=True, slots=True)
class Way:
    """One kind of money on its way back. `where` says where to and when, `do` what the stall does, if it does.

    `label` and `colour` say how far it is, "" for what is only quoted; `why` what it goes back for.
    """

    name: str
    won: int
    where: str
    do: str = ""
    label: str = ""
    colour: str = ""
    why: str = ""
    leg_id: int = 0
    stall: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a refund would do. `customer_won` is what the customer has again, `not_due_won` what is never brought."""

    ways: tuple[Way, ...]
    won: int
    customer_won: int
    not_due_won: int

    @property
    def coming_won(self) -> int:
        """What really comes back."""
        return self.customer_won - self.not_due_won


def quoted(quote: Quote, moneys: Iterable[Money], *, with_funders: bool = False) -> Quoted:
    """The quote in words. Coupons' funders are no customer's business."""
    by_key = {money.key: money for money in moneys}
    legs = [leg for leg in quote.legs if with_funders or leg.to is not RefundTo.FUNDER]
    ways, not_due_won = [], 0
    for leg in legs:
        money = by_key[leg.tender]
        stall = "" if money.stall is None else money.stall.name
        not_due_won += leg.won if money.is_promised else 0
        where = str(NOT_TAKEN) if money.is_promised else way_back(leg.kind, leg.to, stall)
        do = by_hand(leg.kind, leg.to, leg.won) if stall and not money.is_promised else ""
        ways.append(Way(money_name(leg.kind, at_stall=bool(stall)), leg.won, where, do, stall=stall))
    return Quoted(tuple(ways), quote.won, quote.customer_won, not_due_won)


def standing(legs: Iterable[GivebackLeg], *, with_funders: bool = False) -> list[Way]:
    """What was given back, in turn, and how far it is."""
    return [_standing(leg) for leg in legs if with_funders or leg.to != RefundTo.FUNDER]


def _standing(leg: GivebackLeg) -> Way:
    kind, to, stall = TenderKind(leg.tender.kind), RefundTo(leg.to), leg.tender.stall
    where, label, colour = _how_far(leg, way_back(kind, to, "" if stall is None else stall.name))
    waits = leg.state == GivebackLeg.State.BY_HAND
    return Way(
        name=money_name(kind, at_stall=stall is not None),
        won=leg.won,
        where=where,
        do=by_hand(kind, to, leg.won) if waits else "",
        label=label,
        colour=colour,
        why=reason_words(leg.giveback.reason),
        leg_id=leg.pk,
        stall="" if stall is None else stall.name,
    )


def _how_far(leg: GivebackLeg, where: str) -> tuple[str, str, str]:
    """Where it arrives, how far it is, and the colour of that."""
    if was_never_taken(leg):
        return _("가져오지 않으셔도 돼요."), _("안 받아요"), ""
    if leg.state == GivebackLeg.State.BY_HAND:
        return where, _("가게에서 드려요"), "wait"
    state = Refund.State.DONE if leg.refund is None else leg.refund.state
    match state:
        case Refund.State.QUEUED:
            return where, _("보내는 중이에요"), "wait"
        case Refund.State.UNKNOWN:
            return where, _("확인하고 있어요"), "wait"
        case Refund.State.REJECTED:
            return _("결제사가 받아 주지 않았어요. 시장에서 전화드려요."), _("아직이에요"), "stop"
    return "" if leg.refund is None else where, _("돌려드렸어요"), "go"
