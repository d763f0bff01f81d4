"""What each money pays of an order, what went back, and what cancelling would give back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from jangteo.domains.ordering.queries import OrderView
from jangteo.domains.ordering.queries_moneys import Money, moneys_of
from jangteo.domains.ordering.refunding import cancel_quote
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.queries_moneys import legs_of, never_taken
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.faces._parts.givebacks import Quoted, Way, quoted, standing
from jangteo.faces._parts.words.paid import IN_A_WINDOW, paid_name
from jangteo.faces._parts.words.refunds import money_name
from jangteo.faces._parts.words.tenders import tender_name

# What the program itself keeps, whatever way the rest is paid.
GIVEN = (TenderKind.COUPON, TenderKind.POINTS)


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One kind of money: whose it is (`stall` "" for what is paid ahead), and what is to do with it."""

    name: str
    stall: str
    won: int
    is_about: bool
    label: str
    colour: str


@dataclass(frozen=True, slots=True)
class OrderMoneys:
    """`rows` is empty where one kind of money pays it all, which the sum says by itself.

    `ahead` names the money that is paid before the goods are fetched, "" for none.
    """

    rows: Sequence[MoneyRow]
    ways: Sequence[Way]
    is_paid: bool
    ahead: str
    is_by_card: bool


def order_moneys(view: OrderView, payment: Payment | None = None) -> OrderMoneys:
    """Up to three queries, none for an order without any money written down. `payment` is of what is paid ahead."""
    moneys = moneys_of(view)
    ahead = next((money for money in moneys if money.stall is None and money.kind not in GIVEN), None)
    legs = legs_of(view.order.ref) if any(money.left_won < money.won for money in moneys) else []
    missing = never_taken(legs)
    return OrderMoneys(
        rows=[_row(one, missing[one.key], payment) for one in one_coupon(moneys) if one.left_won or not one.is_promised]
        if _is_mixed(moneys)
        else (),
        ways=standing(legs),
        is_paid=any(money.is_captured for money in moneys),
        ahead="" if ahead is None else _name(ahead, payment),
        is_by_card=ahead is None or _name(ahead, payment) == tender_name(TenderKind.CARD),
    )


def one_coupon(moneys: Sequence[Money]) -> list[Money]:
    """Who bears which part of a coupon is no customer's business: its columns are one row."""
    parts = [money for money in moneys if money.kind is TenderKind.COUPON]
    others = [money for money in moneys if money.kind is not TenderKind.COUPON]
    if not parts:
        return others
    won, left_won = sum(one.won for one in parts), sum(one.left_won for one in parts)
    return [replace(parts[0], won=won, left_won=left_won), *others]


def cancelling(view: OrderView) -> Quoted | None:
    """What cancelling the order would give back, None where nothing was paid or promised."""
    quote = cancel_quote(view.order)
    return None if quote is None else quoted(quote, moneys_of(view))


def _is_mixed(moneys: Sequence[Money]) -> bool:
    noted = {money.kind for money in moneys} - {TenderKind.RECORDED_OFFLINE}
    return len(noted) > 1 or any(money.stall is not None and money.kind in noted for money in moneys)


def _name(money: Money, payment: Payment | None) -> str:
    """What went through a card's window may have been something else; the gateway says what."""
    if money.kind in IN_A_WINDOW and money.stall is None and payment is not None:
        return paid_name(payment)
    return money_name(money.kind, at_stall=money.stall is not None)


def _row(money: Money, missing_won: int, payment: Payment | None) -> MoneyRow:
    label, colour = _("내실 돈"), "wait"
    if money.is_promised:
        label = _("가져가세요")
    elif money.is_captured:
        label, colour = _("냈어요"), "go"
    return MoneyRow(
        name=_name(money, payment),
        stall=money.stall.name if money.stall is not None else "",
        won=money.left_won if money.is_promised else money.won - missing_won,
        is_about=money.is_about,
        label=label,
        colour=colour,
    )
