"""The cheapest allowed way to pay a basket with the money a customer holds, and why each money pays what it pays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from jangteo.domains.payments.errors import PaymentRefused
from jangteo.domains.payments.rules.flow import Flow, subsets_to
from jangteo.domains.payments.rules.matrix import MOST_TRIES, MOST_TRIES_BEFORE_OTHERS, Tender
from jangteo.domains.payments.rules.policies import (
    WHOLE_BP,
    Allowed,
    Occasion,
    Policy,
    Refusal,
    StallFacts,
    Why,
    eligibility,
    exclusions,
)
from jangteo.domains.payments.rules.refusals import TendersDoNotCombine, TendersFallShort
from jangteo.domains.payments.rules.tenders import KINDS, TenderKind


@dataclass(frozen=True, slots=True)
class BasketLine:
    """Goods to be paid. `tags` are words that policies refuse goods by (their kind, "alcohol", "tobacco")."""

    key: str
    stall: StallFacts
    won: int
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Money a customer holds. `won` None knows no limit (a card), `lines` None is good for any line.

    `used_this_month_won` counts against the policy's monthly cap. `needs_won` is a coupon's minimum: what the goods it
    is good for must come to.
    """

    key: str
    kind: TenderKind
    scheme: str = ""
    won: int | None = None
    used_this_month_won: int = 0
    needs_won: int = 0
    lines: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What one held money pays, and why, under which row. `refused` are the lines it may not pay, each with its why.

    `later`: what is saved comes afterwards, as cashback.
    """

    key: str
    kind: TenderKind
    won: int
    saved_won: int
    policy_id: str | None
    why: Refusal
    refused: dict[str, Refusal]
    later: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """`tenders` go to `matrix.allocate` as they are; `choices` follow the order of what is held."""

    tenders: tuple[Tender, ...]
    choices: tuple[Choice, ...]

    @property
    def saved_won(self) -> int:
        return sum(choice.saved_won for choice in self.choices)


@dataclass(frozen=True, slots=True)
class _Usable:
    """One held money measured against the basket; lines by position."""

    held: Held
    policy: Policy | None
    lines: frozenset[int]
    refused: dict[str, Refusal]
    no: Refusal | None
    limit: int
    bound: str

    @property
    def least(self) -> int:
        return max(KINDS[self.held.kind].least_won, self.policy.min_won if self.policy else 0)

    @property
    def rate_bp(self) -> int:
        """What the customer saves of each won. A coupon costs nothing; points cost what they are worth."""
        if self.held.kind is TenderKind.COUPON:
            return WHOLE_BP
        return self.policy.discount_bp if self.policy else 0

    @property
    def excludes(self) -> frozenset[TenderKind]:
        return exclusions(self.held.kind, self.policy)


def cheapest_split(basket: Sequence[BasketLine], held: Sequence[Held], occasion: Occasion) -> Split:
    """The split that saves most; of equal ones the one that uses the money least free to be spent elsewhere first.

    Money that may not be combined pays whole lines alone, or stands without what it excludes. Of the ways to pick its
    lines `MOST_TRIES` are compared, fullest first: all there are for eight lines.
    Raises TendersFallShort, or TendersDoNotCombine where the sums would do but no allowed arrangement pays all.
    """
    usable = [_measure(one, basket, occasion) for one in held]
    room = [line.won for line in basket]
    found: list[tuple[list[int], dict[int, frozenset[int]]]] = []
    for alone, others in _arrangements(usable, room):
        rest = [0 if any(n in lines for lines in alone.values()) else won for n, won in enumerate(room)]
        amounts = _fill(usable, others, rest)
        if amounts is not None:
            for at, lines in alone.items():
                amounts[at] = sum(room[n] for n in lines)
            found.append((amounts, alone))
    if not found:
        raise _refusal(usable, room)
    amounts, alone = max(found, key=lambda one: _worth(usable, one[0]))
    keys = [line.key for line in basket]
    tenders = [
        Tender(one.held.key, one.held.kind, won, frozenset(keys[n] for n in alone.get(at, one.lines)), one.excludes)
        for at, (one, won) in enumerate(zip(usable, amounts, strict=True))
        if won
    ]
    used = [one for one, won in zip(usable, amounts, strict=True) if won]
    choices = [
        _choice(one, won, "whole_lines" if alone.get(at) else "shared", used)
        for at, (one, won) in enumerate(zip(usable, amounts, strict=True))
    ]
    return Split(tuple(tenders), tuple(choices))


def _measure(held: Held, basket: Sequence[BasketLine], occasion: Occasion) -> _Usable:
    """Where held money may go and how much of it."""
    refused: dict[str, Refusal] = {}
    lines: set[int] = set()
    policy = None
    for n, line in enumerate(basket):
        answer = eligibility(held.kind, held.scheme, stall=line.stall, tags=line.tags, occasion=occasion)
        if isinstance(answer, Allowed) and held.lines is not None and line.key not in held.lines:
            answer = Refusal(Why.OTHER_GOODS, {"line": line.key})
        if isinstance(answer, Refusal):
            refused[line.key] = answer
        else:
            policy = answer.policy
            lines.add(n)
    goods = sum(basket[n].won for n in lines)
    limits = {"goods": goods}
    if held.won is not None:
        limits["balance"] = held.won
    if policy is not None and policy.payment_cap_won is not None:
        limits["payment_cap"] = policy.payment_cap_won
    if policy is not None and policy.monthly_cap_won is not None:
        limits["monthly_cap"] = max(0, policy.monthly_cap_won - held.used_this_month_won)
    bound = min(limits, key=lambda name: limits[name])
    no = _whole_refusal(held, refused if not lines else {}, limits, policy)
    return _Usable(held, policy, frozenset(lines), refused, no, 0 if no else limits[bound], bound)


def _whole_refusal(
    held: Held, refused: dict[str, Refusal], limits: dict[str, int], policy: Policy | None
) -> Refusal | None:
    """Why money pays nothing at all in this basket, if so."""
    if refused:
        return next(iter(refused.values()))
    if limits["goods"] < held.needs_won:
        return Refusal(Why.BELOW_MINIMUM, {"needs_won": held.needs_won, "goods_won": limits["goods"]})
    if policy is not None and 0 < limits["goods"] < policy.min_won:
        return Refusal(Why.BELOW_MINIMUM, {"needs_won": policy.min_won, "goods_won": limits["goods"]})
    if limits.get("balance") == 0:
        return Refusal(Why.EMPTY, {})
    if policy is not None and limits.get("monthly_cap") == 0:
        return Refusal(Why.MONTH_USED_UP, {"cap_won": policy.monthly_cap_won or 0})
    return None


def _arrangements(
    usable: Sequence[_Usable], room: Sequence[int]
) -> Iterator[tuple[dict[int, frozenset[int]], list[int]]]:
    """Which exclusive money takes which whole lines or none, and which of the rest may be mixed."""
    everyone = [at for at, one in enumerate(usable) if one.limit]
    strict = [at for at in everyone if any(usable[b].held.kind in usable[at].excludes for b in everyone if b != at)]
    for count in range(len(strict) + 1):
        for mixed in combinations(strict, len(strict) - count):
            banned = frozenset[TenderKind]().union(*(usable[at].excludes for at in mixed))
            left = [at for at in everyone if usable[at].held.kind not in banned]
            alone = [at for at in left if at in strict and at not in mixed]
            others = [at for at in left if at not in alone]
            for taken in _whole_lines(usable, alone, room):
                yield taken, others


def _whole_lines(
    usable: Sequence[_Usable], alone: Sequence[int], room: Sequence[int]
) -> Iterator[dict[int, frozenset[int]]]:
    if not alone:
        yield {}
        return
    head, *tail = alone
    free = [n for n in sorted(usable[head].lines) if room[n]]
    choices = subsets_to([room[n] for n in free], usable[head].limit)
    for picks in islice(choices, MOST_TRIES_BEFORE_OTHERS if tail else MOST_TRIES):
        taken = frozenset(free[at] for at in picks)
        if sum(room[n] for n in taken) < usable[head].least:
            break
        for rest in _whole_lines(usable, tail, [0 if n in taken else won for n, won in enumerate(room)]):
            yield {head: taken, **rest}
    for rest in _whole_lines(usable, tail, room):
        yield {head: frozenset(), **rest}


def _fill(
    usable: Sequence[_Usable],
    order: Sequence[int],
    room: Sequence[int],
    forced: frozenset[int] = frozenset(),
    left_out: frozenset[int] = frozenset(),
) -> list[int] | None:
    """Amounts by position that cover `room` at the least cost, None where that cannot be.

    Whoever saves most gives first and the most it can; what each can give beside the earlier ones does not depend on
    which lines these took, so this is the cheapest. A payment below its least is tried at its least and without it.
    """
    flow = Flow([one.lines for one in usable], room)
    amounts = [0] * len(usable)
    for at in sorted(forced):
        amounts[at] = flow.give(at, usable[at].least)
        if amounts[at] < usable[at].least:
            return None
    for at in sorted(order, key=lambda at: _preference(usable[at])):
        if at not in left_out:
            amounts[at] += flow.give(at, max(0, usable[at].limit - amounts[at]))
    if any(flow.room):
        return None
    small = next((at for at in order if 0 < amounts[at] < usable[at].least), None)
    if small is None:
        return amounts
    ways = []
    if usable[small].limit >= usable[small].least:
        ways.append(_fill(usable, order, room, forced | {small}, left_out))
    ways.append(_fill(usable, order, room, forced, left_out | {small}))
    return max((way for way in ways if way is not None), key=lambda way: _worth(usable, way), default=None)


def _preference(one: _Usable) -> tuple[int, int]:
    return (-one.rate_bp, KINDS[one.held.kind].freedom)


def _worth(usable: Sequence[_Usable], amounts: Sequence[int]) -> tuple[int, tuple[int, ...]]:
    """For comparing: ten-thousandths of a won saved, then how much of the preferred ones is used."""
    saved = sum(won * one.rate_bp for one, won in zip(usable, amounts, strict=True))
    order = sorted(range(len(usable)), key=lambda at: _preference(usable[at]))
    return saved, tuple(amounts[at] for at in order)


def _refusal(usable: Sequence[_Usable], room: Sequence[int]) -> PaymentRefused:
    """Not enough money even if everything could be combined, or enough that may not be."""
    flow = Flow([one.lines for one in usable], room)
    for at, one in enumerate(usable):
        flow.give(at, one.limit)
    short_won = sum(flow.room)
    return TendersFallShort(short_won=short_won) if short_won else TendersDoNotCombine()


def _choice(one: _Usable, won: int, bound: str, used: Sequence[_Usable]) -> Choice:
    """Why one pays what it pays; `bound` is what bounds it where it is not its own limit."""
    saved = won * one.rate_bp // WHOLE_BP
    facts: dict[str, str | int] = {"won": won, "bound": one.bound if won == one.limit else bound}
    if saved:
        why = Refusal(Why.SAVES, {**facts, "discount_bp": one.rate_bp, "saved_won": saved})
    elif won:
        why = Refusal(Why.PAYS, facts)
    else:
        apart = (by.held.key for by in used if by.held.kind in one.excludes or one.held.kind in by.excludes)
        beside = next(apart, None)
        why = one.no or (Refusal(Why.NOT_COMBINED, {"beside": beside}) if beside else Refusal(Why.NOT_NEEDED, {}))
    policy = one.policy
    return Choice(
        key=one.held.key,
        kind=one.held.kind,
        won=won,
        saved_won=saved,
        policy_id=policy.id if policy else None,
        why=why,
        refused=one.refused,
        later=policy is not None and policy.cashback,
    )
