"""Policies as the association reads them: by scheme, what holds today first, then what comes, then what is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangteo.domains.payments.eligibility import SCHEME_OF, SCHEMES
from jangteo.domains.payments.policy_models import PolicyRow
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.payments.rules.policy_plan import Closing, Plan
from jangteo.domains.payments.rules.tenders import KINDS, TenderKind
from jangteo.faces._parts.words.tenders import rate_words, scheme_name, tender_name
from jangteo.faces._parts.words.times import day_words

# The source of a row that was typed in at the office; any other is the name of a file.
BY_HAND = "office"
NOW, COMING, OVER, TAKEN_BACK, REPLACED = "now", "coming", "over", "taken_back", "replaced"
STATES: Mapping[str, Promise] = {
    NOW: gettext_lazy("지금"),
    COMING: gettext_lazy("앞으로"),
    OVER: gettext_lazy("지남"),
    TAKEN_BACK: gettext_lazy("거뒀어요"),
    REPLACED: gettext_lazy("다른 것으로 바꿨어요"),
}


@dataclass(frozen=True, slots=True)
class PolicyCard:
    """One row in words. `id` is 0 for one that is not written yet; `is_ours`: the one of today that counts here.

    `left_won` is what the budget behind cashback still has, None without one.
    """

    id: int
    state: str
    rate: str
    area: str
    period: str
    facts: tuple[str, ...]
    source: str = ""
    law: str = ""
    is_ours: bool = False
    left_won: int | None = None

    @property
    def state_words(self) -> str:
        return str(STATES[self.state])

    @property
    def never_held(self) -> bool:
        return self.state in (TAKEN_BACK, REPLACED)

    @property
    def can_end(self) -> bool:
        return self.state == NOW

    @property
    def can_be_taken_back(self) -> bool:
        return self.state == COMING


@dataclass(frozen=True, slots=True)
class SchemeCards:
    """All rows of a scheme."""

    key: str
    name: str
    now: tuple[PolicyCard, ...]
    coming: tuple[PolicyCard, ...]
    over: tuple[PolicyCard, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A row that a file would write, and the one that it would take the place of."""

    scheme: str
    card: PolicyCard
    before: PolicyCard | None

    @property
    def before_words(self) -> str:
        """What holds until then: 10% 할인, 한 사람이 한 달에 500,000원까지."""
        return ", ".join((self.before.rate, *self.before.facts)) if self.before is not None else ""


@dataclass(frozen=True, slots=True)
class Telling:
    """What cards need to know beside the row: the day, the market's area, names of kinds, and budgets."""

    today: date
    area: str
    kinds: Mapping[str, str]
    left_won: Mapping[str, int]


def scheme_cards(rows: Sequence[PolicyRow], telling: Telling) -> list[SchemeCards]:
    """The known schemes first, then any other; schemes without a row are left out."""
    schemes = sorted({row.scheme for row in rows}, key=lambda key: (*(key != known for known in SCHEMES), key))
    return [_scheme(scheme, [row for row in rows if row.scheme == scheme], telling) for scheme in schemes]


def policy_card(policy: Policy, telling: Telling) -> PolicyCard:
    """One policy in words, also one that only stands in a file."""
    where = _("전국") if not policy.area else policy.area
    return PolicyCard(
        id=int(policy.id) if policy.id.isdigit() else 0,
        state=_state(policy, telling.today),
        rate=_rate(policy),
        area=where,
        period=_period(policy, telling.today),
        facts=tuple(_facts(policy, telling.kinds)),
        left_won=telling.left_won.get(policy.program) if policy.cashback else None,
    )


def changes(plan: Plan, telling: Telling) -> list[Change]:
    """What a plan would write, each row with the one before it."""
    before = {closing.by: policy_card(closing.policy, telling) for closing in plan.closings}
    return [Change(policy.scheme, policy_card(policy, telling), before.get(policy.id)) for policy in plan.new]


def closing_words(plan: Plan, telling: Telling) -> list[str]:
    """Which rows that stand get an end by a plan."""
    return [_closing(closing, telling.today) for closing in plan.closings]


def _closing(closing: Closing, today: date) -> str:
    facts = {"number": closing.policy.id, "scheme": scheme_name(closing.policy.scheme)}
    if closing.last_day < closing.policy.starts:
        return _("%(number)s번 %(scheme)s 정책은 이제 안 써요. 벌써 들어온 주문은 그대로예요.") % facts
    facts["day"] = day_words(closing.last_day, today)
    if closing.last_day < today:
        return _("%(number)s번 %(scheme)s 정책은 %(day)s까지예요. 오늘 벌써 들어온 주문은 그대로예요.") % facts
    return _("%(number)s번 %(scheme)s 정책은 %(day)s까지만 해요.") % facts


def _scheme(scheme: str, rows: Sequence[PolicyRow], telling: Telling) -> SchemeCards:
    cards = [_with_origin(policy_card(row.policy(), telling), row) for row in rows]
    replaced = {row.replaces_id for row in rows if row.replaces is not None and row.replaces.starts == row.starts}
    cards = [replace(card, state=REPLACED) if card.id in replaced else card for card in cards]
    ours = _ours((row for row in rows if not row.never_holds), telling)
    cards = [replace(card, is_ours=card.id == ours) for card in cards]
    return SchemeCards(
        key=scheme,
        name=scheme_name(scheme),
        now=tuple(sorted((card for card in cards if card.state == NOW), key=lambda card: not card.is_ours)),
        coming=tuple(card for card in cards if card.state == COMING),
        over=tuple(reversed([card for card in cards if card.state == OVER or card.never_held])),
    )


def _with_origin(card: PolicyCard, row: PolicyRow) -> PolicyCard:
    source = _("상인회가 적었어요") if row.source == BY_HAND else _("파일 %(name)s") % {"name": row.source}
    return replace(card, source=source, law=row.law)


def _ours(rows: Iterable[PolicyRow], telling: Telling) -> int:
    """The id of the row by which the market's baskets are judged today, 0 where there is none."""
    policies = [row.policy() for row in rows]
    holding = [one for one in policies if one.holds_on(telling.today) and one.covers(telling.area)]
    return int(max(holding, key=lambda one: len(one.area)).id) if holding else 0


def _state(policy: Policy, today: date) -> str:
    if policy.ends is not None and policy.ends < policy.starts:
        return TAKEN_BACK
    if policy.holds_on(today):
        return NOW
    return COMING if policy.starts > today else OVER


def _rate(policy: Policy) -> str:
    rate = {"rate": rate_words(policy.discount_bp)}
    return _("%(rate)s%% 돌려받기") % rate if policy.cashback else _("%(rate)s%% 할인") % rate


def _period(policy: Policy, today: date) -> str:
    days = {"starts": _day(policy.starts, today), "ends": _day(policy.ends or policy.starts, today)}
    if policy.ends is None:
        return _("%(starts)s부터") % days
    return _("%(starts)s부터 %(ends)s까지") % days


def _day(day: date, today: date) -> str:
    """With its year where that is another one."""
    words = day_words(day, today)
    return words if day.year == today.year else _("%(year)s년 %(day)s") % {"year": day.year, "day": words}


def _facts(policy: Policy, kinds: Mapping[str, str]) -> Iterable[str]:
    def won(amount: int) -> dict[str, str]:
        return {"won": f"{amount:,}"}

    if policy.monthly_cap_won is not None:
        yield _("한 사람이 한 달에 %(won)s원까지") % won(policy.monthly_cap_won)
    if policy.payment_cap_won is not None:
        yield _("한 번에 %(won)s원까지") % won(policy.payment_cap_won)
    if policy.min_won > 1:
        yield _("한 번에 %(won)s원부터") % won(policy.min_won)
    if policy.cashback and policy.cashback_cap_won is not None:
        yield _("주문 하나에 %(won)s원까지 돌려줘요") % won(policy.cashback_cap_won)
    if policy.cashback:
        yield _("돌려받은 돈은 %(days)s일 동안 쓸 수 있어요") % {"days": policy.cashback_days}
    if policy.excludes is not None:
        yield _together(policy)
    for keys, words in (
        (policy.refused_kinds, _("안 되는 가게: %(names)s")),
        (policy.refused_goods, _("안 되는 물건: %(names)s")),
    ):
        if keys:
            yield words % {"names": ", ".join(sorted(kinds.get(key, key) for key in keys))}


def _together(policy: Policy) -> str:
    excludes = (policy.excludes or frozenset()) - {kind for kind in KINDS if SCHEME_OF.get(kind) == policy.scheme}
    if not excludes:
        return _("어떤 돈과도 함께 낼 수 있어요")
    if len(excludes) >= len(TenderKind) - 1:
        return _("다른 돈과 함께 낼 수 없어요")
    names = ", ".join(tender_name(kind) for kind in TenderKind if kind in excludes)
    return _("함께 낼 수 없는 돈: %(names)s") % {"names": names}
