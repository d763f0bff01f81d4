from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangteo.domains.payments.rules.matrix import Line, allocate
from jangteo.domains.payments.rules.policies import Occasion, Policy, PolicyBook, StallFacts, Why
from jangteo.domains.payments.rules.refusals import TendersDoNotCombine, TendersFallShort
from jangteo.domains.payments.rules.split import BasketLine, Choice, Held, Split, cheapest_split
from jangteo.domains.payments.rules.tenders import KINDS, TenderKind

K = TenderKind
DAY = date(2026, 9, 18)
CARDS = frozenset({K.CARD, K.EASY_PAY})
SCHEMES = frozenset({"onnuri", "local"})
FISH = StallFacts("fish", "fish", frozenset(K), SCHEMES)
BANCHAN = StallFacts("banchan", "banchan", frozenset(K) - {K.POINTS}, frozenset({"local"}))
BAR = StallFacts("bar", "bar", frozenset(K), frozenset({"onnuri"}))
ONNURI = Policy(id="on", scheme="onnuri", area="", starts=DAY, discount_bp=1_000, excludes=CARDS, min_won=100)
LOCAL = Policy(
    id="lo", scheme="local", area="", starts=DAY, discount_bp=700, payment_cap_won=20_000, monthly_cap_won=200_000
)
CARD = Held(key="card", kind=K.CARD)


def occasion(*rows: Policy) -> Occasion:
    return Occasion("", DAY, PolicyBook(rows or (ONNURI, LOCAL)))


def basket(*lines: tuple[StallFacts, int]) -> list[BasketLine]:
    return [BasketLine(f"line{n}", stall, won) for n, (stall, won) in enumerate(lines)]


def paid(split: Split) -> dict[str, int]:
    return {choice.key: choice.won for choice in split.choices}


def onnuri(won: int) -> Held:
    return Held(key="onnuri", kind=K.ONNURI_DIGITAL, scheme="onnuri", won=won)


def local(won: int, used: int = 0) -> Held:
    return Held(key="local", kind=K.LOCAL_CURRENCY, scheme="local", won=won, used_this_month_won=used)


def test_what_saves_most_pays_first_and_says_why() -> None:
    split = cheapest_split(basket((FISH, 15_000), (BANCHAN, 9_000)), [CARD, local(10_000)], occasion())

    card, voucher = split.choices
    assert paid(split) == {"card": 14_000, "local": 10_000}
    assert (voucher.why.code, voucher.policy_id, split.saved_won) == (Why.SAVES, "lo", 700)
    assert voucher.why.facts == {"won": 10_000, "bound": "balance", "discount_bp": 700, "saved_won": 700}
    assert (card.why.code, card.why.facts) == (Why.PAYS, {"won": 14_000, "bound": "shared"})


@pytest.mark.parametrize(
    ("balance", "used", "won", "bound"),
    [
        (50_000, 0, 20_000, "payment_cap"),
        (50_000, 195_000, 5_000, "monthly_cap"),
        (3_000, 0, 3_000, "balance"),
    ],
)
def test_caps_bound_what_a_voucher_pays(balance: int, used: int, won: int, bound: str) -> None:
    split = cheapest_split(basket((FISH, 30_000)), [local(balance, used), CARD], occasion())

    assert paid(split) == {"local": won, "card": 30_000 - won}
    assert split.choices[0].why.facts["bound"] == bound


def test_a_month_that_is_used_up_is_said() -> None:
    split = cheapest_split(basket((FISH, 30_000)), [local(50_000, 200_000), CARD], occasion())

    assert split.choices[0].why.code is Why.MONTH_USED_UP
    assert split.choices[0].why.facts == {"cap_won": 200_000}


def test_an_exclusive_voucher_takes_the_whole_lines_that_use_it_best() -> None:
    lines = basket((FISH, 7_000), (FISH, 6_000), (FISH, 5_000), (BANCHAN, 4_000))

    split = cheapest_split(lines, [onnuri(12_500), CARD], occasion())

    assert paid(split) == {"onnuri": 12_000, "card": 10_000}
    assert split.tenders[0].lines == {"line0", "line2"}
    assert split.choices[0].why.facts["bound"] == "whole_lines"
    assert split.choices[0].refused["line3"].code is Why.NOT_REGISTERED


def test_an_exclusive_voucher_is_mixed_with_what_it_allows() -> None:
    points = Held(key="points", kind=K.POINTS, won=4_000)

    split = cheapest_split(basket((FISH, 10_000)), [onnuri(7_000), points, CARD], occasion())

    assert paid(split) == {"onnuri": 7_000, "points": 3_000, "card": 0}
    assert split.choices[2].why.code is Why.NOT_COMBINED
    assert paid(cheapest_split(basket((FISH, 1_000)), [points, CARD], occasion())) == {"points": 1_000, "card": 0}


def test_a_coupon_below_its_minimum_is_left_out_and_says_so() -> None:
    coupon = Held(key="coupon", kind=K.COUPON, won=3_000, needs_won=20_000, lines=frozenset({"line0"}))

    split = cheapest_split(basket((FISH, 10_000), (FISH, 15_000)), [coupon, CARD], occasion())

    assert paid(split) == {"coupon": 0, "card": 25_000}
    why, refused = split.choices[0].why, split.choices[0].refused
    assert split.choices[0] == Choice("coupon", K.COUPON, 0, 0, None, why, refused)
    assert split.choices[0].why.code is Why.BELOW_MINIMUM
    assert split.choices[0].why.facts == {"needs_won": 20_000, "goods_won": 10_000}
    assert split.choices[0].refused["line1"].code is Why.OTHER_GOODS


def test_a_rest_too_small_for_a_card_is_made_large_enough() -> None:
    split = cheapest_split(basket((FISH, 10_000)), [local(9_950), CARD], occasion())

    assert paid(split) == {"local": 9_900, "card": 100}


def test_a_rest_too_small_for_a_card_is_left_to_cash() -> None:
    split = cheapest_split(basket((FISH, 10_000)), [local(9_950), CARD, Held(key="cash", kind=K.CASH)], occasion())

    assert paid(split) == {"local": 9_950, "card": 0, "cash": 50}


def test_a_voucher_that_excludes_another_pays_lines_of_its_own() -> None:
    only = Policy(id="lo", scheme="local", area="", starts=DAY, discount_bp=700, excludes=frozenset({K.ONNURI_DIGITAL}))
    split = cheapest_split(basket((FISH, 7_000), (FISH, 5_000)), [onnuri(7_500), local(8_000)], occasion(ONNURI, only))

    assert paid(split) == {"onnuri": 7_000, "local": 5_000}
    assert [one.lines for one in split.tenders] == [{"line0", "line1"}, {"line1"}]


def test_a_voucher_is_left_out_when_a_card_needs_all_there_is() -> None:
    rule = Policy(id="on", scheme="onnuri", area="", starts=DAY, discount_bp=1_000)

    split = cheapest_split(basket((BANCHAN, 88), *[(FISH, 1)] * 12), [onnuri(12), CARD], occasion(rule))

    assert paid(split) == {"onnuri": 0, "card": 100}


def test_whole_lines_below_a_vouchers_least_payment_are_not_paid_with_it() -> None:
    rule = Policy(id="on", scheme="onnuri", area="", starts=DAY, discount_bp=1_000, min_won=5_000)

    split = cheapest_split(basket((FISH, 3_000), (FISH, 4_000)), [onnuri(6_000), CARD], occasion(rule))

    assert paid(split) == {"onnuri": 0, "card": 7_000}
    assert (split.choices[0].why.code, split.choices[0].why.facts) == (Why.NOT_COMBINED, {"beside": "card"})


def test_a_least_payment_that_no_choice_of_many_lines_reaches_is_found_out_at_once() -> None:
    rule = Policy(id="on", scheme="onnuri", area="", starts=DAY, min_won=50_000)

    split = cheapest_split(basket(*[(FISH, 2_003 + n) for n in range(40)]), [onnuri(49_000), CARD], occasion(rule))

    assert paid(split)["onnuri"] == 0


def test_a_voucher_shares_no_line_while_one_it_excludes_pays_another() -> None:
    hers = Policy(id="on", scheme="onnuri", area="", starts=DAY, excludes=frozenset({K.LOCAL_CURRENCY}))
    theirs = Policy(id="lo", scheme="local", area="", starts=DAY, excludes=CARDS)
    points, card = Held(key="points", kind=K.POINTS, won=1_000), Held(key="card", kind=K.CARD, won=100)

    with pytest.raises(TendersDoNotCombine):
        cheapest_split(
            basket((FISH, 5_000), (FISH, 3_000)),
            [onnuri(4_000), points, local(3_000), card],
            occasion(hers, theirs),
        )


def test_of_equal_savings_the_less_free_money_is_used_first() -> None:
    held = [CARD, Held(key="cash", kind=K.CASH), Held(key="points", kind=K.POINTS, won=500)]

    assert paid(cheapest_split(basket((FISH, 400)), held, occasion())) == {"card": 0, "cash": 0, "points": 400}
    assert paid(cheapest_split(basket((FISH, 600)), held, occasion())) == {"card": 100, "cash": 0, "points": 500}


def test_a_split_says_which_business_may_not_be_paid() -> None:
    rule = Policy(id="on", scheme="onnuri", area="", starts=DAY, refused_kinds=frozenset({"bar"}))

    split = cheapest_split(basket((BAR, 10_000)), [onnuri(10_000), CARD], occasion(rule))

    assert split.choices[0].why.code is Why.BUSINESS_REFUSED


def test_too_little_money_is_refused_with_what_is_missing() -> None:
    with pytest.raises(TendersFallShort) as refused:
        cheapest_split(basket((FISH, 10_000)), [local(3_000)], occasion())

    assert refused.value.facts == {"short_won": 7_000}


def test_enough_money_that_may_not_be_combined_is_refused() -> None:
    with pytest.raises(TendersDoNotCombine):
        cheapest_split(basket((FISH, 10_000)), [onnuri(6_000), Held(key="card", kind=K.CARD, won=5_000)], occasion())


def test_an_empty_basket_needs_nothing() -> None:
    assert cheapest_split([], [CARD], occasion()).tenders == ()
    assert cheapest_split(basket((FISH, 0)), [CARD, onnuri(1_000)], occasion()).tenders == ()


def test_forty_lines_of_an_exclusive_voucher_are_split_at_once() -> None:
    lines = basket(*[(FISH, 1_000 + 370 * n) for n in range(40)])

    split = cheapest_split(lines, [onnuri(100_000), CARD], occasion())

    assert paid(split)["onnuri"] == 99_990


# Sums are multiples of 50 won, so that the least payments of 100 and 200 won matter and every split can be tried.
STEP = 50


@st.composite
def purses(draw: st.DrawFn) -> tuple[list[BasketLine], list[Held], Occasion]:
    steps = draw(st.lists(st.integers(0, 4), min_size=1, max_size=3))
    stalls = draw(st.lists(st.sampled_from([FISH, BANCHAN, BAR]), min_size=len(steps), max_size=len(steps)))
    lines = basket(*[(stall, n * STEP) for stall, n in zip(stalls, steps, strict=True)])
    kinds = [K.ONNURI_DIGITAL, K.LOCAL_CURRENCY, K.POINTS, K.CARD, K.VIRTUAL_ACCOUNT, K.CASH]
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3, unique=True))
    schemes = {K.ONNURI_DIGITAL: "onnuri", K.LOCAL_CURRENCY: "local"}
    held = [
        Held(key=kind.value, kind=kind, scheme=schemes.get(kind, ""), won=draw(st.integers(0, 10)) * STEP)
        for kind in chosen
    ]
    hers = draw(st.sampled_from([None, CARDS, CARDS | {K.LOCAL_CURRENCY}, frozenset[TenderKind]()]))
    theirs = draw(st.sampled_from([None, CARDS, frozenset({K.ONNURI_DIGITAL, K.CASH})]))
    rate, least = draw(st.sampled_from([700, 1_300])), draw(st.sampled_from([50, 150]))
    on = Policy(id="on", scheme="onnuri", area="", starts=DAY, discount_bp=1_000, excludes=hers, min_won=least)
    lo = Policy(id="lo", scheme="local", area="", starts=DAY, discount_bp=rate, excludes=theirs)
    return lines, held, occasion(on, lo)


@settings(deadline=None, max_examples=300)
@given(purses())
def test_no_allowed_split_saves_more(purse: tuple[list[BasketLine], list[Held], Occasion]) -> None:
    lines, held, when = purse
    every = [amounts for amounts in all_amounts(lines, held) if is_allowed(amounts, lines, held, when)]
    rates = [rate_of(one, when) for one in held]

    try:
        split = cheapest_split(lines, held, when)
    except (TendersFallShort, TendersDoNotCombine):
        assert every == []
        return

    amounts = tuple(choice.won for choice in split.choices)
    best = max(sum(won * rate for won, rate in zip(one, rates, strict=True)) for one in every)
    assert amounts in every
    assert sum(won * rate for won, rate in zip(amounts, rates, strict=True)) == best


@settings(deadline=None)
@given(purses())
def test_a_split_goes_into_the_matrix_as_it_is(purse: tuple[list[BasketLine], list[Held], Occasion]) -> None:
    lines, held, when = purse
    try:
        tenders = cheapest_split(lines, held, when).tenders
    except (TendersFallShort, TendersDoNotCombine):
        return

    matrix = allocate([Line(line.key, line.won) for line in lines], tenders).matrix

    assert [matrix.tender_won(one.key, one.lines) for one in tenders] == [one.won for one in tenders]


def all_amounts(lines: list[BasketLine], held: list[Held]) -> Iterator[tuple[int, ...]]:
    total = sum(line.won for line in lines)
    steps = [range(0, min(one.won or 0, total) + 1, STEP) for one in held]
    return (amounts for amounts in product(*steps) if sum(amounts) == total)


def is_allowed(amounts: tuple[int, ...], lines: list[BasketLine], held: list[Held], when: Occasion) -> bool:
    """By the words of the rules: least payments, schemes and stalls, and whole lines for what may not be combined."""
    used = [at for at, won in enumerate(amounts) if won]
    if any(amounts[at] < least_of(held[at], when) for at in used):
        return False
    may = [{n for n, line in enumerate(lines) if takes(line.stall, one)} for one in held]
    alone = [at for at in used if {held[b].kind for b in used if b != at} & excluded(held[at], when)]
    rest = [at for at in used if at not in alone]
    for owners in product([None, *alone], repeat=len(lines)):
        mine = {at: {n for n, owner in enumerate(owners) if owner == at} for at in alone}
        if any(sum(lines[n].won for n in mine[at]) != amounts[at] or not mine[at] <= may[at] for at in alone):
            continue
        shared = [n for n, owner in enumerate(owners) if owner is None]
        if all(
            sum(amounts[at] for at in some) <= sum(lines[n].won for n in shared if any(n in may[at] for at in some))
            for some in powerset(rest)
        ):
            return True
    return False


def takes(stall: StallFacts, one: Held) -> bool:
    return one.kind in stall.takes and (not one.scheme or one.scheme in stall.schemes)


def excluded(one: Held, when: Occasion) -> frozenset[TenderKind]:
    row = when.book.row(one.scheme, "", DAY)
    if row is not None and row.excludes is not None:
        return row.excludes
    return frozenset(K) - {one.kind} if one.kind is K.ONNURI_DIGITAL else frozenset()


def least_of(one: Held, when: Occasion) -> int:
    row = when.book.row(one.scheme, "", DAY)
    return max(KINDS[one.kind].least_won, row.min_won if row else 0)


def rate_of(one: Held, when: Occasion) -> int:
    row = when.book.row(one.scheme, "", DAY)
    return row.discount_bp if row else 0


def powerset(items: list[int]) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(items, count) for count in range(len(items) + 1))
