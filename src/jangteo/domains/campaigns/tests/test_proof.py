"""Whether the interval covers what was planted, and how often it claims what is not there."""

from __future__ import annotations

import random

from jangteo.domains.campaigns.drawing import held_back, in_order_of_lot
from jangteo.domains.campaigns.proof import Group, Verdict, mean_difference, proof_of

SEEDS = 100
PEOPLE = 400


def market(seed: int, effect: float) -> tuple[Group, Group]:
    """Customers of whom 15 of 100 come back by themselves, and so many more of those who were written to."""
    chance = random.Random(seed)
    held = held_back(range(PEOPLE), f"seed {seed}")
    won: dict[bool, list[int]] = {False: [], True: []}
    for person in range(PEOPLE):
        comes = chance.random() < 0.15 + (0.0 if person in held else effect)
        won[person in held].append(round(chance.lognormvariate(9.3, 0.6)) if comes else 0)
    sent, kept = (Group(tuple(won[side]), sum(spent > 0 for spent in won[side])) for side in (False, True))
    return sent, kept


def test_a_planted_effect_lies_in_the_interval() -> None:
    covered = 0
    for seed in range(SEEDS):
        proof = proof_of(*market(seed, 0.12), is_over=True)
        assert proof.visits is not None
        covered += proof.visits.low <= 0.12 <= proof.visits.high

    assert covered >= 90


def test_where_there_is_no_effect_hardly_any_is_claimed() -> None:
    claimed = [proof_of(*market(seed, 0.0), is_over=True).verdict for seed in range(SEEDS)]

    assert sum(verdict is not Verdict.UNKNOWN for verdict in claimed) <= 6


def test_a_large_effect_is_seen() -> None:
    seen = [proof_of(*market(seed, 0.3), is_over=True).verdict for seed in range(SEEDS)]

    assert seen.count(Verdict.HELPED) >= 95


def test_what_a_few_spend_does_not_make_the_interval_of_won_too_short() -> None:
    """Of 500 a message does nothing for, 50 are held back; the few who spend most are rarely among them."""
    covered = 0
    for seed in range(300):
        chance = random.Random(seed)
        spent = [round(chance.lognormvariate(9.3, 1.2)) if chance.random() < 0.15 else 0 for _ in range(500)]
        won = mean_difference(spent[:450], spent[450:])
        assert won is not None
        covered += won.low <= 0 <= won.high

    assert covered >= 291


def test_before_the_days_are_over_nothing_is_claimed() -> None:
    assert proof_of(*market(1, 0.6), is_over=False).verdict is Verdict.UNKNOWN


def test_nobody_held_back_means_nobody_knows() -> None:
    proof = proof_of(Group((0, 12_000), 1), Group((), 0), is_over=True)

    assert (proof.visits, proof.won, proof.verdict) == (None, None, Verdict.UNKNOWN)


def test_a_fifth_is_held_back_of_many_a_tenth_and_of_few_nobody() -> None:
    assert [len(held_back(range(count), "a")) for count in (49, 50, 499, 500, 2_000)] == [0, 10, 99, 50, 200]


def test_the_lot_is_the_same_for_a_seed_and_another_for_another() -> None:
    assert held_back(range(100), "a") == held_back(list(reversed(range(100))), "a")
    assert held_back(range(100), "a") != held_back(range(100), "b")
    assert set(in_order_of_lot(range(100), "a")[:20]) == held_back(range(100), "a")
