"""All invariants asked in one statement find what they find one by one."""

from __future__ import annotations

import pytest

from jangteo.project.invariants import INVARIANTS, all_breaches
from tests.breaking import broken, by_hand, over, points_half_spent
from tests.world import World

pytestmark = pytest.mark.usefixtures("takes_card", "world")


def found_at_once() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, breach in all_breaches():
        found.setdefault(name, []).append(breach.subject)
    return {name: sorted(subjects) for name, subjects in found.items()}


def test_a_book_that_is_right_has_no_breach() -> None:
    assert found_at_once() == {}


def test_what_is_wrong_in_many_ways_is_found_under_the_same_names(world: World) -> None:
    over(world)
    points_half_spent(world)
    by_hand(
        "UPDATE ledger_entryline SET amount_won = amount_won + 1 WHERE account = 'bank:main'",
        "UPDATE ledger_entry SET kind = 'gift' WHERE key = 'load'",
        "UPDATE ledger_hold SET amount_won = 199",
        "UPDATE payments_refund SET tax_free_won = 16001",
        "UPDATE ordering_line SET quantity = 3",
        "DROP TRIGGER keep_rows ON ledger_entry",
    )

    found = found_at_once()

    assert {"I1", "I2", "I4", "I5", "I6", "I9", "I10", "I12"} <= set(found)
    assert found == {name: sorted(subjects) for name, subjects in broken().items()}
    assert set(found) <= {one.name for one in INVARIANTS}
