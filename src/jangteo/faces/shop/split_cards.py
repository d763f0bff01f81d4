"""A split as a shopper sees it: what each money pays and why, what is saved, and what stays in the pocket and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jangteo.domains.payments.rules.policies import Refusal
from jangteo.domains.payments.rules.split import Choice, Split
from jangteo.domains.payments.rules.tenders import PAID_AT_STALL, TenderKind
from jangteo.faces._parts.words.names import local_name
from jangteo.faces._parts.words.tenders import Names, tender_name, why_words
from jangteo.faces.shop.cards import BasketSum
from jangteo.kernel import clock

BAR = 1_000
# An icon and a colour for each kind; kinds that are one thing to a shopper share them.
LOOKS: Mapping[TenderKind, tuple[str, str]] = {
    TenderKind.COUPON: ("tag", "gift"),
    TenderKind.POINTS: ("heart", "gift"),
    TenderKind.ONNURI_DIGITAL: ("store", "onnuri"),
    TenderKind.ONNURI_PAPER: ("store", "onnuri"),
    TenderKind.LOCAL_CURRENCY: ("map-pin", "local"),
    TenderKind.RECORDED_OFFLINE: ("hand-coins", "cash"),
    TenderKind.EASY_PAY: ("credit-card", "card"),
    TenderKind.CARD: ("credit-card", "card"),
    TenderKind.VIRTUAL_ACCOUNT: ("banknote", "card"),
    TenderKind.TRANSFER: ("banknote", "cash"),
    TenderKind.CASH: ("banknote", "cash"),
}


@dataclass(frozen=True, slots=True)
class NotFor:
    """Goods that a money may not pay, and the one reason for all of them."""

    goods: str
    why: str


@dataclass(frozen=True, slots=True)
class TenderCard:
    """One money. `starts` and `width` place it on the bar of `BAR` parts; `not_for` are goods it may not pay."""

    key: str
    name: str
    icon: str
    colour: str
    won: int
    saved_won: int
    later: bool
    at_stall: bool
    why: str
    not_for: tuple[NotFor, ...]
    starts: int = 0
    width: int = 0


@dataclass(frozen=True, slots=True)
class SplitCards:
    """`paying` in the order of what is held; `resting` are not used. `later_won` of what is saved comes afterwards."""

    paying: tuple[TenderCard, ...]
    resting: tuple[TenderCard, ...]
    total_won: int
    saved_won: int
    later_won: int

    @property
    def own_won(self) -> int:
        """What the customer pays: all but the coupon."""
        return self.total_won - sum(card.won for card in self.paying if card.key.startswith("coupon:"))


def split_cards(split: Split, total: BasketSum) -> SplitCards:
    """The split of what can be bought of a basket, whose lines go by their goods."""
    goods = [line.good for line in total.buyable]
    names = Names(
        today=clock.calendar_day(),
        stalls={str(good.stall.pk): local_name(good.stall) for good in goods},
        lines={str(good.pk): f"{local_name(good)} {good.unit}".strip() for good in goods},
        tenders={choice.key: tender_name(choice.kind) for choice in split.choices},
        kinds={kind.key: local_name(kind) for good in goods for kind in (good.kind, good.stall.kind)},
    )
    return cards_of(split, names)


def cards_of(split: Split, names: Names) -> SplitCards:
    """The same with names from elsewhere."""
    total_won = sum(choice.won for choice in split.choices)
    paying, before_won = [], 0
    for choice in split.choices:
        if choice.won:
            starts = before_won * BAR // total_won
            before_won += choice.won
            paying.append(_card(choice, names, starts, before_won * BAR // total_won))
    return SplitCards(
        paying=tuple(paying),
        resting=tuple(_card(choice, names) for choice in split.choices if not choice.won),
        total_won=total_won,
        saved_won=sum(choice.saved_won for choice in split.choices if not choice.later),
        later_won=sum(choice.saved_won for choice in split.choices if choice.later),
    )


def _card(choice: Choice, names: Names, starts: int = 0, ends: int = 0) -> TenderCard:
    icon, colour = LOOKS[choice.kind]
    why = why_words(choice.why, names, later=choice.later)
    return TenderCard(
        key=choice.key,
        name=names.tenders.get(choice.key) or tender_name(choice.kind),
        icon=icon,
        colour=colour,
        won=choice.won,
        saved_won=choice.saved_won,
        later=choice.later,
        at_stall=choice.kind in PAID_AT_STALL,
        why=why,
        # What is said of the money as a whole need not be said of its goods again.
        not_for=tuple(one for one in _not_for(choice.refused.items(), names) if one.why != why),
        starts=starts,
        width=ends - starts,
    )


def _not_for(refused: Iterable[tuple[str, Refusal]], names: Names) -> list[NotFor]:
    """One for each reason, with all the goods that it keeps out."""
    goods: dict[str, list[str]] = {}
    for line, why in refused:
        goods.setdefault(why_words(why, names), []).append(names.lines.get(line, line))
    return [NotFor(", ".join(lines), why) for why, lines in goods.items()]
