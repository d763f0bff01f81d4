from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.promotions.rules import (
    STALL,
    WHOLE_BP,
    Conditions,
    Fault,
    Goods,
    No,
    Occasion,
    Off,
    Share,
    Why,
    Worth,
    fault_of,
    worth,
)

NOON = Occasion(date(2026, 11, 20), time(12), frozenset({"card"}))
FISH = Goods("1", 7, frozenset({"fish"}), 8_000)
TOFU = Goods("2", 8, frozenset({"tofu"}), 2_000)
OWN = (Share(STALL, WHOLE_BP),)
ANY = Conditions()


PRICES = st.lists(st.integers(0, 10**6), min_size=1, max_size=5)


@given(st.integers(1, 10**7), PRICES, st.integers(1, WHOLE_BP), st.booleans())
def test_it_never_takes_off_more_than_the_goods_come_to(won: int, prices: list[int], bp: int, in_won: bool) -> None:
    goods = [Goods(str(n), n, frozenset(), price) for n, price in enumerate(prices)]
    off = Off(won=won) if in_won else Off(bp=bp, ceiling_won=won)

    answer = worth(off, ANY, goods, NOON)

    if isinstance(answer, Worth):
        assert 0 < answer.won <= sum(prices)
        assert answer.won <= won


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (Conditions(stalls=frozenset({7})), Worth(1_000, frozenset({"1"}))),
        (Conditions(kinds=frozenset({"tofu"})), Worth(1_000, frozenset({"2"}))),
        (Conditions(stalls=frozenset({9})), No(Why.GOODS)),
        (Conditions(needs_won=10_000), Worth(1_000, frozenset({"1", "2"}))),
        (Conditions(needs_won=10_001), No(Why.NEEDS, {"needs_won": 10_001, "short_won": 1})),
        # What the coupon is not for does not help to reach its minimum.
        (Conditions(needs_won=9_000, stalls=frozenset({7})), No(Why.NEEDS, {"needs_won": 9_000, "short_won": 1_000})),
        (Conditions(starts=date(2026, 11, 21)), No(Why.NOT_YET, {"day": "2026-11-21"})),
        (Conditions(starts=date(2026, 11, 20), ends=date(2026, 11, 20)), Worth(1_000, frozenset({"1", "2"}))),
        (Conditions(ends=date(2026, 11, 19)), No(Why.OVER, {"day": "2026-11-19"})),
        (Conditions(from_time=time(12), to_time=time(13)), Worth(1_000, frozenset({"1", "2"}))),
        (Conditions(from_time=time(11), to_time=time(12)), No(Why.HOURS, {"begins": "11:00", "ends": "12:00"})),
        # A night market's evening goes on after midnight.
        (Conditions(from_time=time(18), to_time=time(12, 30)), Worth(1_000, frozenset({"1", "2"}))),
        (Conditions(tenders=frozenset({"cash"})), No(Why.TENDER, {"tender": "card"})),
        (Conditions(tenders=frozenset({"card"})), Worth(1_000, frozenset({"1", "2"}))),
    ],
)
def test_conditions(when: Conditions, expected: Worth | No) -> None:
    assert worth(Off(won=1_000), when, [FISH, TOFU], NOON) == expected


def test_first_at_a_stall_is_not_first_in_the_market() -> None:
    knows_tofu = replace(NOON, known_at=frozenset({8}))
    at_fish = Conditions(first_only=True, stalls=frozenset({7}))

    assert isinstance(worth(Off(won=500), at_fish, [FISH], knows_tofu), Worth)
    assert worth(Off(won=500), Conditions(first_only=True), [FISH], knows_tofu) == No(Why.NOT_FIRST)


@pytest.mark.parametrize(
    ("off", "shares", "when", "fault"),
    [
        (Off(won=0), OWN, ANY, ("off_won", Fault.NOTHING)),
        (Off(bp=20_000), OWN, ANY, ("off_bp", Fault.TOO_MUCH)),
        (Off(bp=0), OWN, ANY, ("off_bp", Fault.NOTHING)),
        (Off(won=-5), OWN, ANY, ("off_won", Fault.NOTHING)),
        (Off(), OWN, ANY, ("off", Fault.MISSING)),
        (Off(won=1, bp=1), OWN, ANY, ("off", Fault.BOTH)),
        (Off(won=1), (Share("association", 9_999),), ANY, ("shares", Fault.SHARES)),
        (Off(won=1), (), ANY, ("shares", Fault.SHARES)),
        (Off(won=1), (Share("a:b", 10_000),), ANY, ("shares", Fault.SHARES)),
        (Off(won=1), (Share("city", 5_000), Share("city", 5_000)), ANY, ("shares", Fault.BAD)),
        (Off(won=1), (Share("city", 10_000),), ANY, ("budget_won", Fault.NOTHING)),
        (Off(won=1), OWN, Conditions(starts=date(2026, 2, 2), ends=date(2026, 2, 1)), ("ends", Fault.REVERSED)),
        (Off(won=1), OWN, Conditions(from_time=time(9), to_time=time(9)), ("to_time", Fault.REVERSED)),
        (Off(won=1), OWN, ANY, None),
    ],
)
def test_what_is_no_coupon(
    off: Off, shares: tuple[Share, ...], when: Conditions, fault: tuple[str, Fault] | None
) -> None:
    assert fault_of(off, shares, when, budget_won=0) == fault
