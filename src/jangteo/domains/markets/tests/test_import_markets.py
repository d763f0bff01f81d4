from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jangteo.domains.markets.actions.import_markets import import_markets
from jangteo.domains.markets.errors import DecisionUnusable
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.national.plan import Decision
from jangteo.domains.markets.national.preview import preview_markets
from jangteo.domains.markets.national.report import Report
from jangteo.domains.markets.national.rows import read_file
from jangteo.domains.markets.tests.releases import RIVER, STANDARD, SUNNY, TODAY, read, release
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.ids import has_check_digit
from jangteo.kernel.models import AuditRow

pytestmark = pytest.mark.django_db

NEWER = {"데이터기준일자": "2025-05-01"}
OLDER = {"데이터기준일자": "2022-03-01"}


def take_in(*rows: Mapping[str, str], decisions: Sequence[Decision] = ()) -> Report:
    report = import_markets(actor=SYSTEM, file=read(*rows), decisions=decisions)
    assert report.read == len(rows)
    assert report.read == report.created + report.updated + report.unchanged + len(report.rejected)
    return report


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, len(report.rejected)


def doubts(report: Report) -> list[tuple[int, str, str]]:
    return [(one.row, one.code, str(one.facts.get("why", ""))) for one in report.flagged if one.field == "match"]


def test_row_becomes_a_listed_market() -> None:
    assert counts(take_in(SUNNY)) == (1, 0, 0, 0)

    market = Market.objects.get()
    assert (market.name, market.state, market.slug) == ("햇살시장", "listed", None)
    assert (market.latitude, market.longitude) == (Decimal("37.75401611"), Decimal("128.89862360"))
    assert (market.cycle_text, market.cycle) == ("2일+7일", {"daily": True, "digits": [2, 7], "on_31st": False})
    assert (market.stall_count, market.founded_year, market.reference_date) == (276, 1980, date(2024, 11, 4))
    assert (market.vouchers, market.has_toilet, market.has_parking) == (["onnuri", "local"], True, False)


def test_code_names_the_province_and_is_the_same_on_every_installation() -> None:
    take_in(SUNNY)
    first = Market.objects.get().code
    Market.objects.all().delete()
    take_in(RIVER, SUNNY)

    province, digits = first.split("-")
    assert province == "gangwon"
    assert len(digits) == 5
    assert has_check_digit(digits)
    assert Market.objects.get(name="햇살시장").code == first


def test_codes_that_collide_get_the_next_number() -> None:
    take_in(SUNNY)
    taken = Market.objects.get()
    Market.objects.filter(pk=taken.pk).update(name="다른시장", address_road="", address_lot="", latitude=None)
    take_in(SUNNY)

    again = Market.objects.exclude(pk=taken.pk).get()
    assert int(again.code[-5:-1]) == (int(taken.code[-5:-1]) + 1) % 10_000
    assert has_check_digit(again.code[-5:])


def test_same_file_again_writes_nothing() -> None:
    damaged = {
        **RIVER,
        "시장명": "안개시장",
        "소재지도로명주소": "전라남도 순천시 역전길 9",
        "시장개설주기": "매일+6일",
    }
    rows = SUNNY, RIVER, {**damaged, "위도": "", "경도": "", "홈페이지주소": "www.x.kr"}
    first = take_in(*rows)

    with CaptureQueriesContext(
        connection,
    ) as captured:
        second = take_in(*rows)

    assert counts(first) == (3, 0, 0, 0)
    assert counts(second) == (0, 0, 3, 0)
    assert second.flagged == first.flagged
    assert not [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert AuditRow.objects.filter(code="markets.imported").count() == 1


def test_same_rows_in_another_encoding_and_order_of_columns_change_nothing() -> None:
    take_in(SUNNY, RIVER)
    data = release(RIVER, SUNNY, columns=tuple(reversed(STANDARD)), encoding="utf-8-sig", delimiter="\t")

    assert counts(import_markets(actor=SYSTEM, file=read_file(data, TODAY))) == (0, 0, 2, 0)


def test_preview_says_the_same_and_writes_nothing() -> None:
    take_in(SUNNY)
    file = read({**SUNNY, **NEWER, "점포수": "280"}, RIVER)

    with CaptureQueriesContext(connection) as captured:
        preview = preview_markets(file)

    assert counts(preview) == (1, 1, 0, 0)
    assert [query["sql"].split()[0] for query in captured] == ["SELECT"]
    assert import_markets(actor=SYSTEM, file=file) == preview


def test_newer_release_updates_what_it_says_and_leaves_the_rest() -> None:
    take_in(SUNNY)
    code = Market.objects.get().code

    newer = {**SUNNY, **NEWER, "점포수": "280", "전화번호": "", "시장개설주기": "3일+8일", "홈페이지주소": "없음"}
    report = take_in(newer)

    market = Market.objects.get()
    assert counts(report) == (0, 1, 0, 0)
    assert (market.stall_count, market.phone, market.homepage) == (280, "033-648-4477", "http://sunny.kr")
    assert market.cycle == {"daily": True, "digits": [3, 8], "on_31st": False}
    assert (market.reference_date, market.code) == (date(2025, 5, 1), code)


def test_release_without_a_column_leaves_that_field_alone() -> None:
    take_in(SUNNY)
    columns = ("시장명", "소재지지번주소", "점포수", "데이터기준일자")

    file = read_file(release({**SUNNY, **NEWER, "점포수": "300"}, columns=columns), TODAY)
    report = import_markets(actor=SYSTEM, file=file)

    market = Market.objects.get()
    assert counts(report) == (0, 1, 0, 0)
    assert (market.stall_count, market.phone, market.cycle_text) == (300, "033-648-4477", "2일+7일")


def test_older_or_undated_release_overwrites_nothing_and_is_told() -> None:
    take_in(SUNNY)

    older = take_in({**SUNNY, **OLDER, "점포수": "999", "전화번호": "02-111-2222"})
    undated = take_in({**SUNNY, "데이터기준일자": "", "점포수": "999"})
    harmless = take_in({**SUNNY, **OLDER})

    assert [counts(report) for report in (older, undated, harmless)] == [(0, 0, 1, 0)] * 3
    assert [(one.row, one.field, one.value, one.code, one.facts) for one in older.flagged] == [
        (2, "reference_date", "2022-03-01", "release_older", {"stored": "2024-11-04", "fields": "phone, stall_count"})
    ]
    assert [one.code for one in undated.flagged if one.row == 2] == ["release_older"]
    assert harmless.flagged == ()
    assert Market.objects.get().stall_count == 276


def test_damaged_cycle_does_not_replace_a_good_one() -> None:
    take_in(SUNNY)

    report = take_in({**SUNNY, **NEWER, "시장개설주기": "매일+6일"})

    market = Market.objects.get()
    assert (market.cycle_text, market.cycle["digits"]) == ("2일+7일", [2, 7])
    assert [(one.field, one.value, one.code) for one in report.flagged] == [("cycle", "매일+6일", "cycle_damaged")]


def test_damaged_cycle_of_a_new_market_is_unknown_until_a_release_repairs_it() -> None:
    take_in({**SUNNY, "시장유형": "5일장", "시장개설주기": "매일+6일"})
    damaged = Market.objects.get()
    take_in({**SUNNY, **NEWER, "시장유형": "5일장", "시장개설주기": "1일+6일"})

    market = Market.objects.get()
    assert (damaged.cycle_text, damaged.cycle) == ("매일+6일", {})
    assert (market.cycle_text, market.cycle) == ("1일+6일", {"daily": False, "digits": [1, 6], "on_31st": False})


def test_what_a_market_does_on_the_31st_survives_an_import() -> None:
    take_in({**SUNNY, "시장개설주기": "1일+6일"})
    Market.objects.update(cycle={"daily": True, "digits": [1, 6], "on_31st": True})

    assert counts(take_in({**SUNNY, "시장개설주기": "1일+6일"})) == (0, 0, 1, 0)
    take_in({**SUNNY, **NEWER, "시장개설주기": "2일+7일"})
    assert Market.objects.get().cycle == {"daily": True, "digits": [2, 7], "on_31st": True}


def test_moved_namesake_is_doubtful_and_neither_created_nor_changed() -> None:
    take_in(SUNNY)

    moved = {
        **SUNNY,
        **NEWER,
        "소재지도로명주소": "강원특별자치도 강릉시 율곡로 9",
        "소재지지번주소": "",
        "위도": "37.70",
    }
    report = take_in(moved)

    market = Market.objects.get()
    assert counts(report) == (0, 0, 0, 1)
    assert doubts(report) == [(2, "match_doubtful", "same_name")]
    assert report.flagged[-1].facts["candidates"] == f"{market.code} 햇살시장"
    assert report.rejected == tuple(one for one in report.flagged if one.field == "match")
    assert market.address_road == "강원특별자치도 강릉시 금성로 21"


def test_person_settles_a_doubt_either_way() -> None:
    take_in(SUNNY)
    code = Market.objects.get().code
    renamed = {**SUNNY, **NEWER, "시장명": "햇볕시장"}

    assert doubts(take_in(renamed)) == [(2, "match_doubtful", "same_address")]
    assert counts(take_in(renamed, decisions=[Decision(2, code)])) == (0, 1, 0, 0)
    assert Market.objects.get().name == "햇볕시장"
    assert counts(take_in(renamed)) == (0, 0, 1, 0)

    assert counts(take_in({**SUNNY, **NEWER}, decisions=[Decision(2, None)])) == (1, 0, 0, 0)
    assert Market.objects.count() == 2


@pytest.mark.parametrize("decision", [Decision(9, None), Decision(2, "gangwon-00000")])
def test_decision_on_no_such_row_or_market_is_refused_before_anything_is_written(decision: Decision) -> None:
    with pytest.raises(DecisionUnusable):
        take_in(SUNNY, decisions=[decision])

    assert not Market.objects.exists()


def test_one_market_cannot_be_decided_for_two_rows() -> None:
    take_in(SUNNY)
    code = Market.objects.get().code

    with pytest.raises(DecisionUnusable):
        take_in(SUNNY, RIVER, decisions=[Decision(2, code), Decision(3, code)])


def test_repeated_row_is_told_and_the_market_made_once() -> None:
    report = take_in(SUNNY, RIVER, SUNNY)

    assert counts(report) == (2, 0, 1, 0)
    assert [(one.row, one.code, one.facts) for one in report.flagged if one.field == "match"] == [
        (4, "row_repeated", {"first": 2})
    ]
    assert counts(take_in(SUNNY, RIVER, SUNNY)) == (0, 0, 3, 0)


def test_of_rows_that_contradict_each_other_the_latest_stands_and_the_others_are_rejected() -> None:
    report = take_in({**SUNNY, "점포수": "1"}, {**SUNNY, **NEWER, "점포수": "2"}, {**SUNNY, **NEWER, "점포수": "3"})

    assert counts(report) == (1, 0, 0, 2)
    assert [(one.row, one.code, one.facts) for one in report.rejected] == [
        (2, "row_repeated", {"first": 3}),
        (4, "row_repeated", {"first": 3}),
    ]
    assert report.flagged == report.rejected
    assert Market.objects.get().stall_count == 2


def test_namesakes_in_other_towns_are_other_markets() -> None:
    rows = [
        {"시장명": "중앙시장", "소재지도로명주소": f"{town} 중앙로 1", "시장유형": "상설장", "시장개설주기": "매일"}
        for town in ("강원특별자치도 강릉시", "강원특별자치도 원주시", "충청북도 제천시", "전라남도 여수시")
    ]

    assert counts(take_in(*rows)) == (4, 0, 0, 0)
    assert counts(take_in(*rows)) == (0, 0, 4, 0)


def test_renamed_province_and_rewritten_address_are_the_same_market() -> None:
    take_in(
        {**SUNNY, "소재지도로명주소": "강원도 강릉시 금성로21", "소재지지번주소": "", "위도": "", "경도": "", **OLDER}
    )

    assert counts(take_in(SUNNY)) == (0, 1, 0, 0)
    assert Market.objects.get().address_road == "강원특별자치도 강릉시 금성로 21"


def test_import_does_not_touch_what_a_running_market_set_itself() -> None:
    take_in(SUNNY)
    own = {"state": "open", "slug": "sunny", "stripe_a": "#A8321B", "slogan": "해 뜨는 장", "opens_at": "05:00:00"}
    Market.objects.update(**own)

    assert counts(take_in({**SUNNY, **NEWER, "점포수": "300"})) == (0, 1, 0, 0)
    market = Market.objects.values(*own, "stall_count").get()
    assert {name: str(value) for name, value in market.items()} == {**own, "stall_count": "300"}


def test_practice_market_is_never_a_match() -> None:
    take_in(SUNNY)
    real = Market.objects.get()
    Market(id=-1, practice_of=real, code="practice-1", name=real.name, address_road=real.address_road).save()

    assert counts(take_in(SUNNY)) == (0, 0, 1, 0)
    assert Market.objects.get() == real


def test_import_leaves_an_audit_row_that_belongs_to_no_market() -> None:
    take_in(SUNNY, {**RIVER, "시장명": ""})

    row = AuditRow.objects.get(code="markets.imported")
    assert (row.market_id, row.actor_kind, row.subject) == (None, "system", "markets")
    assert row.facts == {"read": 2, "created": 1, "updated": 0, "unchanged": 0, "flagged": 0, "rejected": 1}
