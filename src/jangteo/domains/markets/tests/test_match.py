from __future__ import annotations

from decimal import Decimal

from jangteo.domains.markets.national.identity import Described, Identity, identity
from jangteo.domains.markets.national.match import Candidate, Match, match, repeats


def at(
    name: str, road: str = "", lot: str = "", point: tuple[str, str] | None = None, official_code: str = ""
) -> Identity:
    latitude, longitude = map(Decimal, point) if point else (None, None)
    return identity(Described(name, road, lot, latitude, longitude, official_code))


HERE = ("37.50000", "127.00000")
NEAR = ("37.50200", "127.00000")  # 223 m
FAR = ("37.50300", "127.00000")  # 334 m
NEXT_DOOR = ("37.50050", "127.00000")  # 56 m
ROAD = "서울특별시 중구 중앙로 1"
OTHER_ROAD = "서울특별시 중구 을지로 9"
ELSEWHERE = "부산광역시 중구 광복로 3"


def test_same_name_at_the_same_address_or_close_by_is_certain() -> None:
    known = {1: at("중앙시장", ROAD), 2: at("햇살시장", point=HERE), 3: at("중앙시장", ELSEWHERE)}

    assert match([at("중앙 시장", "서울특별시 중구 중앙로1 일원"), at("햇살시장", point=NEAR)], known, {}) == [
        Match(1),
        Match(2),
    ]


def test_same_name_elsewhere_is_another_market() -> None:
    assert match([at("중앙시장", ROAD, point=HERE)], {1: at("중앙시장", ELSEWHERE, point=("35.1", "129.0"))}, {}) == [
        Match()
    ]


def test_same_name_in_the_same_town_but_at_another_place_is_doubtful() -> None:
    known = {1: at("중앙시장", ROAD, point=HERE)}

    assert match([at("중앙시장", OTHER_ROAD, point=FAR)], known, {}) == [Match(None, (Candidate(1, "same_name"),))]


def test_same_name_without_a_comparable_place_is_doubtful() -> None:
    assert match([at("중앙시장", point=HERE)], {1: at("중앙시장", ROAD)}, {}) == [
        Match(None, (Candidate(1, "same_name"),))
    ]


def test_name_like_another_in_its_town_is_doubtful() -> None:
    known = {1: at("중앙시장", ROAD), 2: at("보은종합시장", "충청북도 보은군 보은읍 삼산로 1")}
    rows = [
        at("중앙전통시장", OTHER_ROAD),
        at("결초보은시장(구 보은종합시장)", "충청북도 보은군 보은읍 삼산로 99"),
        at("신중앙시장", OTHER_ROAD),
    ]

    assert match(rows, known, {}) == [
        Match(None, (Candidate(1, "similar_name"),)),
        Match(None, (Candidate(2, "similar_name"),)),
        Match(),
    ]


def test_other_name_at_the_same_address_or_next_door_is_doubtful() -> None:
    known = {1: at("옛장터", ROAD), 2: at("달빛시장", point=HERE)}

    assert match([at("새장터", ROAD), at("별빛시장", point=NEXT_DOOR)], known, {}) == [
        Match(None, (Candidate(1, "same_address"),)),
        Match(None, (Candidate(2, "close_by"),)),
    ]


def test_market_that_another_row_claims_raises_no_doubt() -> None:
    known = {1: at("옛장터", ROAD, point=HERE)}

    assert match([at("새장터", ROAD, point=NEXT_DOOR), at("옛장터", ROAD, point=HERE)], known, {}) == [
        Match(),
        Match(1),
    ]


def test_address_is_stronger_than_distance() -> None:
    known = {1: at("중앙시장", ROAD, point=NEAR), 2: at("중앙시장", OTHER_ROAD, point=HERE)}

    assert match([at("중앙시장", ROAD, point=HERE)], known, {}) == [Match(1)]


def test_two_markets_that_agree_equally_well_are_doubtful() -> None:
    known = {1: at("중앙시장", point=HERE), 2: at("중앙시장", point=NEXT_DOOR)}

    assert match([at("중앙시장", point=NEAR)], known, {}) == [
        Match(None, (Candidate(1, "several"), Candidate(2, "several")))
    ]


def test_two_rows_that_claim_one_market_are_both_doubtful() -> None:
    known = {1: at("중앙시장", ROAD, point=HERE)}
    doubt = Match(None, (Candidate(1, "several"),))

    assert match([at("중앙시장", ROAD), at("중앙시장", point=NEAR)], known, {}) == [doubt, doubt]


def test_official_code_is_certain_with_name_and_town_and_doubtful_without() -> None:
    known = {1: at("중앙시장", ROAD, official_code="a1"), 2: at("햇살시장", ELSEWHERE, official_code="b2")}
    rows = [at("중앙시장", OTHER_ROAD, official_code="a1"), at("달빛시장", OTHER_ROAD, official_code="b2")]

    assert match(rows, known, {}) == [Match(1), Match(None, (Candidate(2, "same_code"),))]


def test_decision_of_a_person_outranks_everything() -> None:
    known = {1: at("옛장터", ROAD), 2: at("중앙시장", ELSEWHERE)}
    rows = [at("새장터", ROAD), at("중앙전통시장", "부산광역시 중구 광복로 77")]

    assert match(rows, known, {0: 1, 1: None}) == [Match(1), Match()]


def test_repetitions_are_found_in_reading_order() -> None:
    rows = [at("중앙시장", ROAD), at("중앙시장", ELSEWHERE), at("중앙 시장", f"{ROAD} 2층"), at("새장터", ROAD)]

    assert repeats(rows) == {2: 0}
