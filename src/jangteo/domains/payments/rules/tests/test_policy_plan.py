from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jangteo.domains.payments.rules.policies import Policy, PolicyBook
from jangteo.domains.payments.rules.policy_plan import Plan, plan_policies
from jangteo.domains.payments.rules.refusals import PoliciesOverlap, PolicyTooLate

TODAY = date(2026, 11, 20)


@st.composite
def rows(draw: st.DrawFn, prefix: str) -> list[Policy]:
    """Rows of two schemes around today, some without an end."""
    spans = draw(st.lists(st.tuples(st.integers(-40, 40), st.none() | st.integers(0, 30)), max_size=6))
    return [
        Policy(
            id=f"{prefix}{n}",
            scheme=draw(st.sampled_from(["onnuri", "local"])),
            area="",
            starts=TODAY + timedelta(days=start),
            ends=None if days is None else TODAY + timedelta(days=start + days),
            discount_bp=draw(st.sampled_from([500, 1_000])),
        )
        for n, (start, days) in enumerate(spans)
    ]


def after(standing: list[Policy], plan: Plan) -> list[Policy]:
    """The rows that stand once the plan is written."""
    ends = {closing.policy.id: closing.last_day for closing in plan.closings}
    left = [replace(row, ends=ends.get(row.id, row.ends)) for row in standing]
    return [*(row for row in left if row.ends is None or row.ends >= row.starts), *plan.new]


def planned(standing: list[Policy], told: list[Policy]) -> Plan:
    try:
        return plan_policies(standing, told, TODAY)
    except (PoliciesOverlap, PolicyTooLate):
        assume(False)
        raise


@given(rows("a"), rows("b"))
def test_writing_the_same_rows_again_changes_nothing(first: list[Policy], second: list[Policy]) -> None:
    standing = after([], planned([], first))
    now = after(standing, planned(standing, second))

    again = plan_policies(now, second, TODAY)

    assert (again.new, again.closings, len(again.same)) == ((), (), len(second))


@given(rows("a"), rows("b"))
def test_no_day_that_is_over_is_judged_otherwise_than_before(first: list[Policy], second: list[Policy]) -> None:
    standing = after([], planned([], first))
    now = after(standing, planned(standing, second))

    for scheme in ("onnuri", "local"):
        for days in range(-41, 0):
            day = TODAY + timedelta(days=days)
            before, since = (PolicyBook(book).row(scheme, "", day) for book in (standing, now))
            assert before is None or (since is not None and since.id == before.id)


def test_a_row_lasts_until_the_day_before_the_next_one() -> None:
    first = Policy(id="1", scheme="local", area="", starts=TODAY)
    later = replace(first, id="2", starts=TODAY + timedelta(days=10), discount_bp=500)

    plan = plan_policies([first], [later], TODAY)

    assert [(closing.policy.id, closing.last_day, closing.by) for closing in plan.closings] == [
        ("1", TODAY + timedelta(days=9), "2")
    ]
    with pytest.raises(PolicyTooLate):
        plan_policies([first], [later], TODAY + timedelta(days=11))


def test_a_row_that_starts_today_ends_the_open_one_yesterday() -> None:
    first = Policy(id="1", scheme="local", area="", starts=TODAY - timedelta(days=10))
    today = replace(first, id="2", starts=TODAY, discount_bp=500)

    plan = plan_policies([first], [today], TODAY)

    assert [(closing.policy.id, closing.last_day) for closing in plan.closings] == [("1", TODAY - timedelta(days=1))]


@pytest.mark.parametrize("days", [0, 5])
def test_a_row_of_the_same_first_day_takes_the_place_of_the_open_one(days: int) -> None:
    first = Policy(id="1", scheme="local", area="", starts=TODAY + timedelta(days=days))
    again = replace(first, id="2", discount_bp=500)

    plan = plan_policies([first], [again], TODAY)

    assert [(closing.policy.id, closing.last_day) for closing in plan.closings] == [
        ("1", first.starts - timedelta(days=1))
    ]
    assert after([first], plan) == [again]


def test_a_row_of_the_same_first_day_leaves_alone_what_has_held_for_days() -> None:
    first = Policy(id="1", scheme="local", area="", starts=TODAY - timedelta(days=1))

    with pytest.raises(PolicyTooLate):
        plan_policies([first], [replace(first, id="2", discount_bp=500)], TODAY)


def test_a_row_with_an_end_makes_way_for_nothing() -> None:
    first = Policy(id="1", scheme="local", area="", starts=TODAY, ends=TODAY + timedelta(days=9))

    with pytest.raises(PoliciesOverlap):
        plan_policies([first], [replace(first, id="2", ends=None, discount_bp=500)], TODAY)
