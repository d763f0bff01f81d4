from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.devices.board import MOST_LINE, Part, Plan, Show, Turn, plan_from, setting_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def test_a_board_without_a_setting_shows_the_market() -> None:
    assert plan_from({}) == Plan((Part(time(0), Show.MARKET),), (), Turn.NONE, True)


def test_a_plan_is_kept_as_it_is() -> None:
    parts = (Part(time(6, 30), Show.STALL, 12), Part(time(17), Show.NUMBERS), Part(time(20), Show.LINES))
    plan = Plan(parts, ("5시 떨이", "공영 주차장 2시간 무료"), Turn.LEFT, False)

    assert plan_from(setting_of(plan)) == plan


@pytest.mark.parametrize(
    ("at", "shown"),
    [(time(6), Show.MARKET), (time(16, 59), Show.MARKET), (time(17), Show.NUMBERS), (time(5, 59), Show.NUMBERS)],
)
def test_each_part_lasts_until_the_next_and_the_last_over_midnight(at: time, shown: Show) -> None:
    plan = Plan((Part(time(6), Show.MARKET), Part(time(17), Show.NUMBERS)))

    assert plan.part_at(at).show == shown


def test_what_cannot_be_read_is_left_out() -> None:
    kept: dict[str, object] = {
        "parts": [["25:00", "market", 0], ["07:00", "circus", 0], 7, ["08:00", "lines", 0]],
        "lines": ["", "가" * 90],
    }

    plan = plan_from(kept)

    assert plan.parts == (Part(time(8), Show.LINES),)
    assert plan.lines == ("가" * MOST_LINE,)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("parts", "lines", "turn", "night"), JSON)))
def test_any_setting_makes_a_board(setting: dict[str, object]) -> None:
    plan = plan_from(setting)

    assert plan_from(setting_of(plan)) == plan
    assert plan.part_at(time(12)) in plan.parts
