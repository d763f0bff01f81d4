"""Dated policies of voucher schemes, and whether a stall's goods can be paid with one on a day.

A row is never altered once an order used it: the order keeps its id, and a change is a new row from a later day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from jangteo.domains.payments.rules.refusals import PoliciesOverlap, PolicyUnsound
from jangteo.domains.payments.rules.tenders import KINDS, TenderKind, excluded_by

WHOLE_BP = 10_000
CASHBACK_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a scheme gives and forbids in an area from `starts` to `ends`, both included; no `ends` is until further.

    `area` is a path of names from large to small, apart by one space ("강원특별자치도 강릉시"); empty is everywhere.
    `discount_bp` is what the customer saves of each won paid; `cashback` says that it comes afterwards.
    `monthly_cap_won` bounds one person's use in a calendar month, `payment_cap_won` one payment, None nothing;
    `min_won` is the least one payment may come to. `excludes` None leaves it to the kind.
    `refused_kinds` are kinds of business, `refused_goods` tags of goods.
    Cashback is paid by the budget `program`, at most `cashback_cap_won` for an order, and is good for `cashback_days`.
    """

    id: str
    scheme: str
    area: str
    starts: date
    ends: date | None = None
    discount_bp: int = 0
    cashback: bool = False
    monthly_cap_won: int | None = None
    payment_cap_won: int | None = None
    min_won: int = 1
    excludes: frozenset[TenderKind] | None = None
    refused_kinds: frozenset[str] = frozenset()
    refused_goods: frozenset[str] = frozenset()
    cashback_cap_won: int | None = None
    cashback_days: int = CASHBACK_DAYS
    program: str = ""

    def holds_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def covers(self, area: str) -> bool:
        return not self.area or area == self.area or area.startswith(f"{self.area} ")

    def unsound_field(self) -> str | None:
        """The name of the first field whose value cannot be meant."""
        checks = (
            ("scheme", bool(self.scheme)),
            ("area", self.area == " ".join(self.area.split())),
            ("ends", self.ends is None or self.ends >= self.starts),
            ("discount_bp", 0 <= self.discount_bp <= WHOLE_BP),
            ("monthly_cap_won", self.monthly_cap_won is None or self.monthly_cap_won >= 0),
            ("payment_cap_won", self.payment_cap_won is None or self.payment_cap_won >= 0),
            ("min_won", self.min_won >= 0),
            ("cashback_cap_won", self.cashback_cap_won is None or self.cashback_cap_won >= 0),
            ("cashback_days", self.cashback_days > 0),
            ("program", bool(self.program) or not self.cashback),
        )
        return next((field for field, sound in checks if not sound), None)


class PolicyBook:
    """All rows there are. Raises PolicyUnsound, or PoliciesOverlap for two rows of one scheme and area on a day."""

    def __init__(self, rows: Iterable[Policy]) -> None:
        self._rows = sorted(rows, key=lambda row: (row.scheme, row.area, row.starts, row.id))
        for row in self._rows:
            if (field := row.unsound_field()) is not None:
                raise PolicyUnsound(policy=row.id, field=field)
        ids = [row.id for row in self._rows]
        if len(set(ids)) < len(ids):
            raise PolicyUnsound(policy=next(one for one in ids if ids.count(one) > 1), field="id")
        for first, second in pairwise(self._rows):
            # Sorted by start, so a row that reaches over several others reaches over its neighbour too.
            if (first.scheme, first.area) == (second.scheme, second.area) and first.holds_on(second.starts):
                raise PoliciesOverlap(
                    scheme=first.scheme,
                    area=first.area,
                    first=first.id,
                    second=second.id,
                    day=second.starts.isoformat(),
                )

    def row(self, scheme: str, area: str, day: date) -> Policy | None:
        """The row that holds; of a city's, a province's and the country's, the smallest area's."""
        rows = [row for row in self._rows if row.scheme == scheme and row.holds_on(day) and row.covers(area)]
        return max(rows, key=lambda row: len(row.area), default=None)


@dataclass(frozen=True, slots=True)
class StallFacts:
    """What decides which money a stall can take. `business` is its kind; `schemes` are those it is registered with."""

    key: str
    business: str
    takes: frozenset[TenderKind]
    schemes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Occasion:
    """One basket: where, when, and by which rows. All its stalls are in the one area."""

    area: str
    day: date
    book: PolicyBook


class Why(StrEnum):
    """Codes of what a person is told about a tender, with the facts of each."""

    KIND_NOT_TAKEN = "payments.tender.kind_not_taken"  # stall, kind
    NO_POLICY = "payments.tender.no_policy"  # scheme, area, day
    BUSINESS_REFUSED = "payments.tender.business_refused"  # stall, business, scheme
    NOT_REGISTERED = "payments.tender.not_registered"  # stall, scheme
    GOODS_REFUSED = "payments.tender.goods_refused"  # tag, scheme
    OTHER_GOODS = "payments.tender.other_goods"  # for a tender bound to certain lines: line
    BELOW_MINIMUM = "payments.tender.below_minimum"  # needs_won, goods_won
    MONTH_USED_UP = "payments.tender.month_used_up"  # cap_won
    EMPTY = "payments.tender.empty"
    NOT_COMBINED = "payments.tender.not_combined"  # beside
    NOT_NEEDED = "payments.tender.not_needed"
    SAVES = "payments.tender.saves"  # won, discount_bp, saved_won, bound
    PAYS = "payments.tender.pays"  # won, bound


@dataclass(frozen=True, slots=True)
class Refusal:
    """A plain no: `code` finds the sentence, `facts` fill it."""

    code: Why
    facts: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Allowed:
    """A yes under `policy`, None for money that needs none."""

    policy: Policy | None


def eligibility(
    kind: TenderKind, scheme: str, *, stall: StallFacts, tags: frozenset[str], occasion: Occasion
) -> Allowed | Refusal:
    """Whether goods with these tags at this stall can be paid with this money on that day."""
    if kind not in stall.takes:
        return Refusal(Why.KIND_NOT_TAKEN, {"stall": stall.key, "kind": kind.value})
    if not scheme and not KINDS[kind].by_policy:
        return Allowed(None)
    policy = occasion.book.row(scheme, occasion.area, occasion.day)
    if policy is None:
        return Refusal(Why.NO_POLICY, {"scheme": scheme, "area": occasion.area, "day": occasion.day.isoformat()})
    if stall.business in policy.refused_kinds:
        return Refusal(Why.BUSINESS_REFUSED, {"stall": stall.key, "business": stall.business, "scheme": scheme})
    if scheme not in stall.schemes:
        return Refusal(Why.NOT_REGISTERED, {"stall": stall.key, "scheme": scheme})
    if refused := sorted(tags & policy.refused_goods):
        return Refusal(Why.GOODS_REFUSED, {"tag": refused[0], "scheme": scheme})
    return Allowed(policy)


def exclusions(kind: TenderKind, policy: Policy | None) -> frozenset[TenderKind]:
    """The kinds that may not share a payment with this money: the policy's word, else the kind's."""
    if policy is None or policy.excludes is None:
        return excluded_by(kind)
    return policy.excludes - {kind}
