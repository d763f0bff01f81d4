from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.delivery.routing.formats import FINE, BadFile, read
from jangteo.domains.delivery.routing.problem import Job, Place, Vehicle

LI_LIM = """2 10 1
0 0 0 0 0 100 0 0 0
1 3 4 6 5 50 2 0 2
2 6 8 -6 5 60 2 1 0
"""
CVRP = """NAME : tiny
COMMENT : "made up"
TYPE : CVRP
DIMENSION : 3
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 10
NODE_COORD_SECTION
1 0 0
2 3 4
3 1 1
DEMAND_SECTION
1 0
2 7
3 5
DEPOT_SECTION
1
-1
EOF
"""


def test_pickups_and_drops_are_read_in_millionths() -> None:
    found = read(LI_LIM)

    assert (found.kind, found.scale, found.fewest_vehicles) == ("pdptw", FINE, True)
    assert found.problem.jobs == [Job(drop=2, load=6, pickup=1)]
    assert found.problem.vehicles == [Vehicle(0, 0, 10, 0, 100 * FINE)]
    assert found.problem.places[1] == Place(5 * FINE, 50 * FINE, 2 * FINE)
    assert found.problem.distance == ((0, 5 * FINE, 10 * FINE), (5 * FINE, 0, 5 * FINE), (10 * FINE, 5 * FINE, 0))


def test_capacity_problems_round_distances_as_published_results_do() -> None:
    found = read(CVRP)

    assert (found.kind, found.scale, found.fewest_vehicles) == ("cvrp", 1, False)
    assert found.problem.jobs == [Job(1, 7), Job(2, 5)]
    assert found.problem.distance == ((0, 5, 1), (5, 0, 4), (1, 4, 0))


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "empty", 0),
        ("안녕하세요\n", "unknown_format", 0),
        ("1 2\n", "unknown_format", 0),
        (LI_LIM.replace("2 6 8 -6 5 60 2 1 0\n", ""), "truncated", 3),
        (LI_LIM.replace("60 2 1 0", "60"), "truncated", 4),
        (LI_LIM.replace("50 2 0 2", "50 2 0"), "columns", 3),
        (LI_LIM.replace("3 4 6", "3 x 6"), "number", 3),
        (LI_LIM.replace("3 4 6", "3 nan 6"), "number", 3),
        (LI_LIM.replace("3 4 6", "3 1e99 6"), "number", 3),
        (LI_LIM.replace("3 4 6", "3 4 6.5"), "number", 3),
        (LI_LIM.replace("2 10 1", "0 10 1"), "number", 1),
        (LI_LIM.replace("\n2 6", "\n3 6"), "numbering", 4),
        (LI_LIM.replace("5 50", "51 50"), "window", 3),
        (LI_LIM.replace("-6", "-5"), "pairs", 3),
        (LI_LIM.replace("2 1 0", "2 0 1"), "pairs", 3),
        (LI_LIM.replace("2 0 2", "2 0 9"), "pairs", 3),
        (LI_LIM.replace("2 0 2", "2 0 1"), "pairs", 3),
        (LI_LIM.replace("6 5 50", "-6 5 50").replace("8 -6", "8 6"), "pairs", 3),
        (CVRP.replace("EOF\n", ""), "truncated", 17),
        (CVRP.replace("CAPACITY : 10\n", ""), "missing", 0),
        (CVRP.replace("TYPE : CVRP", "TYPE : TSP", 1), "unsupported", 3),
        (CVRP.replace("EUC_2D", "EXPLICIT"), "unsupported", 5),
        (CVRP.replace("DEMAND_SECTION", "WISH_SECTION"), "unknown_section", 11),
        (CVRP.replace("DIMENSION : 3", "DIMENSION : 4"), "count", 10),
        (CVRP.replace("DIMENSION : 3", "DIMENSION : -3"), "number", 4),
        (CVRP.replace("DIMENSION : 3", "DIMENSION : 9999"), "too_large", 4),
        (CVRP.replace("2 7\n", "2\n"), "columns", 13),
        (CVRP.replace("2 7\n", "2 17\n"), "too_heavy", 0),
        (CVRP.replace("2 7\n", "5 7\n"), "numbering", 13),
        (CVRP.replace("1\n-1\n", "1\n2\n-1\n"), "depot", 16),
    ],
)
def test_a_bad_file_is_refused_by_code_and_line(text: str, code: str, line: int) -> None:
    with pytest.raises(BadFile) as refused:
        read(text)

    assert (refused.value.code, refused.value.line) == (code, line)


@given(st.one_of(st.text(), st.builds(lambda cut: LI_LIM[:cut], st.integers(0, len(LI_LIM)))))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadFile):
        assert read(text).problem.places


@given(st.integers(0, len(CVRP) - 5))
def test_a_file_cut_anywhere_is_refused(cut: int) -> None:
    with pytest.raises(BadFile):
        read(CVRP[:cut])
