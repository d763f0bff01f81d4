from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.markets import errors
from jangteo.domains.markets.national.reader import MOST_BYTES, Record, decode, records


def cells(text: str, width: int, delimiter: str = ",") -> list[Record]:
    return list(records(text.split("\n"), 0, delimiter, width))


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig"])
def test_text_is_the_same_in_every_encoding(encoding: str) -> None:
    assert decode("시장명,위도\r\n똠방시장,37\r\n".encode(encoding)) == "시장명,위도\n똠방시장,37\n"


def test_one_damaged_character_does_not_cost_the_file() -> None:
    cp949 = "시장명,주소\n햇살시장,강릉시\n".encode("cp949")

    assert decode(cp949.replace("햇".encode("cp949"), b"\xff")) == "시장명,주소\n\ufffd살시장,강릉시\n"
    assert decode("시장명\n햇살".encode() + b"\xec\n").startswith("시장명\n햇살")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(errors.FileNotText):
        decode(b"PK\x03\x04\x00\x00xl/workbook.xml")
    with pytest.raises(errors.FileNotText):
        decode("시장명\n햇살\0시장\n".encode())
    with pytest.raises(errors.FileNotText):
        decode("시장명,위도\n".encode("utf-16"))
    with pytest.raises(errors.FileEncodingUnknown):
        decode(b"\xff\xff\xff\xff\n\xff")
    with pytest.raises(errors.FileEmpty):
        decode(b"")
    with pytest.raises(errors.FileEmpty):
        decode(b"\xef\xbb\xbf\r\n \r\n")
    with pytest.raises(errors.FileTooLarge) as large:
        decode(b"x" * (MOST_BYTES + 1))
    assert large.value.facts == {"megabytes": 20, "most": 20}


def test_rows_keep_the_line_number_of_the_file() -> None:
    found = cells('a,b\n\n"c\nd",e\n   \nf,g\n', 2)

    assert [(record.row, record.cells) for record in found] == [(1, ("a", "b")), (3, ("c\nd", "e")), (6, ("f", "g"))]


def test_stray_quote_costs_its_own_line_only() -> None:
    found = cells('"중앙"시장,1\n"열린 따옴표,2\n햇살,3\n5" 시장,4\n', 2)

    assert [(record.row, record.cells, record.damage) for record in found] == [
        (1, (), "quotes"),
        (2, (), "quotes"),
        (3, ("햇살", "3"), None),
        (4, ('5" 시장', "4"), None),
    ]


def test_row_with_cells_missing_or_too_many_is_damaged_but_blank_ones_too_many_are_not() -> None:
    found = cells("a\na,b,\na,b,c\na,b,,\n", 2)

    assert [(record.cells, record.damage) for record in found] == [
        ((), "cell_count"),
        (("a", "b"), None),
        ((), "cell_count"),
        (("a", "b"), None),
    ]


def test_endless_line_is_damaged_and_the_next_one_read() -> None:
    found = cells("x" * 10_000_000 + "\na,b", 2)

    assert [(record.row, record.cells, record.damage) for record in found] == [
        (1, (), "line_too_long"),
        (2, ("a", "b"), None),
    ]


LINES = st.lists(st.text(st.characters(codec="cp949", exclude_characters="\0\r\n"), min_size=1), max_size=12)


@given(LINES, st.integers(1, 4))
def test_every_line_with_something_on_it_is_in_exactly_one_record(lines: list[str], width: int) -> None:
    found = list(records(lines, 0, ",", width))

    covered = [
        record.row + further
        for record in found
        for further in range(1 + sum(cell.count("\n") for cell in record.cells))
    ]
    assert covered == sorted(set(covered))
    assert {at for at, line in enumerate(lines, start=1) if line.strip()} <= set(covered)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except errors.FileRefused:
        return
    assert len(list(records(text.split("\n"), 1, ",", 3))) <= text.count("\n")
