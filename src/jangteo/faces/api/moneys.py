"""The money of an order in the shapes that are answered: what each pays and why, and what went back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from jangteo.domains.markets.models import Stall
from jangteo.domains.markets.queries import kinds_in_order
from jangteo.domains.ordering.queries import OrderView, order_by_token
from jangteo.domains.ordering.queries_moneys import Money, moneys_of
from jangteo.domains.ordering.wanted import PlacedMoney, PlacedOrder, Reason
from jangteo.domains.payments.models import GivebackLeg
from jangteo.domains.payments.queries_moneys import legs_of, was_never_taken
from jangteo.domains.payments.rules.policies import Refusal, Why
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.faces._parts.words.names import local_name
from jangteo.faces._parts.words.tenders import Names, tender_name, why_words
from jangteo.faces.api import shapes
from jangteo.faces.api.telling import moment, stall_brief_shape
from jangteo.kernel import clock


@dataclass(frozen=True, slots=True)
class OrderMoneys:
    moneys: list[shapes.MoneyShape]
    refunds: list[shapes.RefundShape]


def placed_moneys(placed: PlacedOrder) -> list[shapes.PlacedMoneyShape]:
    """No query where no money was named, else one, two where a kind of goods is named."""
    if not placed.moneys:
        return []
    names = _names(placed.moneys, order_by_token(placed.token))
    return [_placed(money, names) for money in placed.moneys]


def order_moneys(view: OrderView) -> OrderMoneys:
    """No query for an order without any money written down, else two, three where something went back."""
    moneys = moneys_of(view)
    legs = legs_of(view.order.ref) if any(money.left_won < money.won for money in moneys) else []
    return OrderMoneys([_money(money) for money in moneys], [_refund(leg) for leg in legs])


def _placed(money: PlacedMoney, names: Names) -> shapes.PlacedMoneyShape:
    return {
        "kind": cast(shapes.Money, money.kind),
        "scheme": money.scheme,
        "won": money.won,
        "saved_won": money.saved_won,
        "saved_later": money.later,
        "why": _why(money.why, names, later=money.later),
        "not_for": _not_for(money.not_for, names),
    }


def _why(reason: Reason, names: Names, *, later: bool = False) -> shapes.WhyShape:
    refusal = Refusal(Why(reason.code), dict(reason.facts))
    called: dict[str, Mapping[str, str]] = {"stall": names.stalls}
    facts = {name: called.get(name, {}).get(str(value), value) for name, value in reason.facts.items()}
    return {"code": reason.code, "detail": why_words(refusal, names, later=later), "facts": facts}


def _not_for(refused: Mapping[str, Reason], names: Names) -> list[shapes.NotForShape]:
    """One for each reason, with all the goods that it keeps out."""
    found: dict[str, shapes.NotForShape] = {}
    for good, reason in refused.items():
        why = _why(reason, names)
        found.setdefault(why["detail"], {**why, "good_ids": []})["good_ids"].append(int(good))
    return list(found.values())


def _names(moneys: Collection[PlacedMoney], view: OrderView | None) -> Names:
    parts = () if view is None else view.parts
    reasons = [reason for money in moneys for reason in (money.why, *money.not_for.values())]
    return Names(
        today=clock.calendar_day(),
        stalls={str(part.stall.pk): local_name(part.stall) for part in parts},
        tenders={key: tender_name(TenderKind(money.kind)) for money in moneys for key in _keys(money)},
        kinds={kind.key: local_name(kind) for kind in kinds_in_order()} if _names_a_kind(reasons) else {},
    )


def _keys(money: PlacedMoney) -> tuple[str, str]:
    """As splits call it."""
    return money.kind, f"{money.kind}:{money.scheme}"


def _names_a_kind(reasons: Iterable[Reason]) -> bool:
    return any("tag" in reason.facts for reason in reasons)


def _money(money: Money) -> shapes.MoneyShape:
    return {
        "kind": money.kind.value,
        "state": cast(shapes.MoneyState, money.state),
        "stall": _stall(money.stall),
        "won": money.won,
        "left_won": money.left_won,
        "is_about": money.is_about,
    }


def _refund(leg: GivebackLeg) -> shapes.RefundShape:
    return {
        "kind": cast(shapes.Money, leg.tender.kind),
        "stall": _stall(leg.tender.stall),
        "won": leg.won,
        "to": cast(shapes.RefundTo, leg.to),
        "state": _how_far(leg),
        "decided_at": moment(leg.giveback.at),
    }


def _how_far(leg: GivebackLeg) -> shapes.RefundState:
    if was_never_taken(leg):
        return "not_brought"
    if leg.state == GivebackLeg.State.BY_HAND:
        return "by_hand"
    return "done" if leg.refund is None else cast(shapes.RefundState, leg.refund.state)


def _stall(stall: Stall | None) -> shapes.StallBriefShape | None:
    return None if stall is None else stall_brief_shape(stall)
