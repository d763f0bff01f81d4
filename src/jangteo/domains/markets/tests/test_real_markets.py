"""The importer on the whole national file of 2024-11-04, with every kind of dirt that is known to be in it."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date

import pytest

from jangteo.domains.markets import errors
from jangteo.domains.markets.actions.import_markets import import_markets
from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.national.rows import MarketFile, read_file
from jangteo.kernel.audit import SYSTEM
from tests.real_data import real_data

NATIONAL = "markets/national_markets_2024_cp949.csv"
SERVICES = "markets/market_services_2021_utf8bom.csv"
TODAY = date(2025, 6, 1)
MOST_SECONDS = 5


def national() -> bytes:
    return real_data(NATIONAL).read_bytes()


def release_of(day: str, *changes: tuple[str, str]) -> MarketFile:
    """The same file as another release, with some of its texts replaced; each must be there exactly once."""
    text = national().decode("cp949").replace("2024-11-04", day)
    for before, after in changes:
        assert text.count(before) == 1
        text = text.replace(before, after)
    return read_file(text.encode("utf-8-sig"), TODAY)


def test_every_row_is_read_and_all_dirt_told() -> None:
    file = read_file(national(), TODAY)

    assert (file.read, len(file.rows), file.rejected) == (1388, 1388, ())
    assert Counter((finding.field, finding.code) for finding in file.flagged) == {
        ("vouchers_text", "column_blank"): 1,
        ("coordinates", "coordinates_blank"): 16,
        ("stall_count", "count_blank"): 5,
        ("founded_year", "year_blank"): 14,
        ("homepage", "homepage_unreadable"): 36,
        ("goods_text", "spaces_tidied"): 1,
        ("address_lot", "region_unknown"): 1,
    }


def test_every_opening_cycle_is_understood() -> None:
    cycles = Counter(row.cycle for row in read_file(national(), TODAY).rows)

    by_daily = Counter(cycle.daily for cycle in cycles.elements() if cycle)
    assert None not in cycles
    assert by_daily == {True: 972 + 282, False: 134}
    assert cycles[Cycle(daily=True)] == 972
    pairs = Counter(cycle.digits for cycle in cycles.elements() if cycle and cycle.digits)
    assert pairs == {(2, 7): 91, (0, 5): 90, (4, 9): 84, (3, 8): 82, (1, 6): 68, (2, 4, 7, 9): 1}


def test_file_of_services_is_refused_as_another_kind() -> None:
    with pytest.raises(errors.FileOtherKind):
        read_file(real_data(SERVICES).read_bytes(), TODAY)


@pytest.mark.django_db
def test_whole_file_is_imported_in_time_and_the_second_time_changes_nothing() -> None:
    data = national()

    began = time.perf_counter()
    first = import_markets(actor=SYSTEM, file=read_file(data, TODAY))
    seconds = time.perf_counter() - began
    second = import_markets(actor=SYSTEM, file=read_file(data, TODAY))

    assert seconds <= MOST_SECONDS
    assert (first.read, first.created, first.updated, first.unchanged, first.rejected) == (1388, 1388, 0, 0, ())
    assert (second.read, second.created, second.updated, second.unchanged, second.rejected) == (1388, 0, 0, 1388, ())
    assert second.flagged == first.flagged
    assert Market.objects.filter(name="중앙시장").count() == 12
    assert Market.objects.filter(latitude=None).count() == 16
    assert Market.objects.values("code").distinct().count() == 1388


@pytest.mark.django_db
def test_newer_release_updates_what_is_certain_and_lists_the_doubtful() -> None:
    import_markets(actor=SYSTEM, file=release_of("2024-11-04"))
    newer = release_of(
        "2025-03-10",
        # The market beside Gangneung's own got more stalls, another one a new name, a third a new place, all at once.
        ("강릉동부시장,상설장,강원특별자치도 강릉시 옥천로 48", "강릉 동부시장,상설장,강원특별자치도 강릉시 옥천로48"),
        ("강릉서부시장,", "서쪽하늘시장,"),
        (
            "강원특별자치도 동해시 중앙시장길 12,강원특별자치도 동해시 발한동 7-1,매일,37.55104769,",
            "강원특별자치도 동해시 한섬로 1,,매일,37.52,",
        ),
    )

    began = time.perf_counter()
    report = import_markets(actor=SYSTEM, file=newer)

    assert time.perf_counter() - began <= MOST_SECONDS
    assert (report.read, report.created, report.updated, report.unchanged) == (1388, 0, 1386, 0)
    assert [(one.row, one.value, one.facts["why"]) for one in report.rejected] == [
        (4, "서쪽하늘시장", "same_address"),
        (15, "동쪽바다중앙시장", "same_name"),
    ]
    assert Market.objects.get(code__startswith="gangwon", name="강릉 동부시장").reference_date == date(2025, 3, 10)
    assert Market.objects.get(name="강릉서부시장").reference_date == date(2024, 11, 4)


@pytest.mark.django_db
def test_older_release_overwrites_nothing() -> None:
    import_markets(actor=SYSTEM, file=release_of("2024-11-04"))

    report = import_markets(
        actor=SYSTEM, file=release_of("2022-06-30", ("강릉시 성남동 50,매일", "강릉시 성남동 50,2일+7일"))
    )

    assert (report.created, report.updated, report.unchanged, report.rejected) == (0, 0, 1388, ())
    assert not Market.objects.filter(reference_date=date(2022, 6, 30)).exists()
