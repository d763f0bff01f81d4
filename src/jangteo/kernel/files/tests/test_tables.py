from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangteo.kernel.files import tables
from jangteo.kernel.files.errors import (
    FileBroken,
    FileEmpty,
    FileEncodingUnknown,
    FileNotTable,
    FileRefused,
    FileTooLarge,
)
from jangteo.kernel.files.tables import Row, Source, Table, read_tables
from jangteo.kernel.files.tests.sheets import csv_file, xlsx_file


@pytest.mark.parametrize(("encoding", "shown"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-bom"), ("cp949", "cp949")])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_text_is_read_in_every_encoding_and_delimiter(encoding: str, shown: str, delimiter: str) -> None:
    lines = (f"계좌{delimiter} 금액 ", "", f'"쌀, 콩; | \t"{delimiter}똠', f"{delimiter}")

    table = Table(shown, "", (Row(1, ("계좌", "금액")), Row(3, ("쌀, 콩; |", "똠"))))
    assert read_tables(csv_file(*lines, encoding=encoding)) == (table,)


def test_cells_of_a_spreadsheet_are_what_it_shows() -> None:
    moment = datetime(2026, 11, 1, 9, 30)  # noqa: DTZ001 - a cell knows no zone
    numbers = [12, 58.9, 0.1 + 0.2, 123456789012345, 1e15, -0.5]

    (table,) = read_tables(xlsx_file([["0012", *numbers, date(2026, 11, 1), moment]]))

    assert table.encoding == "xlsx"
    assert table.rows[0].cells == (
        "0012",
        "12",
        "58.9",
        "0.3",
        "123456789012345",
        "1000000000000000",
        "-0.5",
        "2026-11-01",
        "2026-11-01 09:30:00",
    )


def test_rows_of_a_spreadsheet_keep_their_numbers() -> None:
    (table,) = read_tables(xlsx_file([[None], ["위", None, "아래"], [None], [None, 3]]))

    assert table.rows == (Row(2, ("위", "", "아래")), Row(4, ("", "3", "")))


def test_every_sheet_with_text_is_a_table() -> None:
    assert [table.sheet for table in read_tables(xlsx_file([["가"]], [[None]], [["나"]]))] == ["Sheet1", "Sheet3"]


@pytest.mark.parametrize(
    ("data", "looks"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        (b"%PDF-1.7", "pdf"),
        (b"\r\n <html><table>", "html"),
        (b"a,b\n\0\0", "binary"),
    ],
)
def test_what_is_no_table_is_told_apart(data: bytes, looks: str) -> None:
    with pytest.raises(FileNotTable) as refused:
        read_tables(Source("a.xls", data))
    assert refused.value.facts == {"file": "a.xls", "looks": looks}


@pytest.mark.parametrize("data", [b"", b" \r\n,,\r\n", b"\xef\xbb\xbf"])
def test_a_file_without_text_is_empty(data: bytes) -> None:
    with pytest.raises(FileEmpty):
        read_tables(Source("a.csv", data))


def test_neither_utf_8_nor_cp949() -> None:
    with pytest.raises(FileEncodingUnknown):
        read_tables(Source("a.csv", b"a,b\n\xff\xfe\xff,1\n"))


def test_a_bom_promises_utf_8() -> None:
    with pytest.raises(FileEncodingUnknown):
        read_tables(Source("a.csv", b"\xef\xbb\xbf" + "금액".encode("cp949")))


def test_a_quote_that_never_ends_breaks_the_file() -> None:
    with pytest.raises(FileBroken) as refused:
        read_tables(csv_file("a,b", '"1,2', "3,4"))
    assert refused.value.facts == {"file": "a.csv", "line": 2}


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_a_spreadsheet_that_was_cut_off_breaks_the_file(kept: float) -> None:
    data = xlsx_file([["가", 1]] * 50).data

    with pytest.raises(FileBroken) as refused:
        read_tables(Source("a.xlsx", data[: int(len(data) * kept)]))
    assert refused.value.facts == {"file": "a.xlsx", "line": 0}


def test_another_archive_is_no_spreadsheet() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("letter.txt", "hello")

    with pytest.raises(FileBroken):
        read_tables(Source("a.zip", made.getvalue()))


def test_files_and_what_they_unpack_to_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = xlsx_file([["가" * 30_000] * 40])
    monkeypatch.setattr(tables, "MOST_UNPACKED_MEGABYTES", 0)
    with pytest.raises(FileTooLarge):
        read_tables(packed)
    monkeypatch.setattr(tables, "MOST_MEGABYTES", 0)
    with pytest.raises(FileTooLarge) as refused:
        read_tables(csv_file("a,b"))
    assert refused.value.facts == {"file": "a.csv", "most": 0}


@pytest.mark.parametrize(
    ("part", "honest", "claimed"),
    [
        ("xl/worksheets/sheet1.xml", b'<c r="A1"', b'<c r="ZZZ9999999"'),
        ("xl/worksheets/sheet1.xml", b'<c r="A1"', b"<c r = 'XFD1048576'"),
        ("xl/worksheets/sheet1.xml", b'<c r="A1"', b'<c r="A99999999999999999999"'),
        ("xl/worksheets/sheet1.xml", b'<dimension ref="A1"', b'<dimension ref="A1:XFD1048576"'),
        ("xl/sharedStrings.xml", b'uniqueCount="1"', b'uniqueCount="99999999999"'),
    ],
)
def test_a_spreadsheet_that_claims_to_be_huge_takes_no_room(part: str, honest: bytes, claimed: bytes) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_file([["가"]]).data)) as packed, zipfile.ZipFile(made, "w") as forged:
        for name in packed.namelist():
            content = packed.read(name)
            assert honest in content or name != part
            forged.writestr(name, content.replace(honest, claimed) if name == part else content)

    with pytest.raises(FileTooLarge):
        read_tables(Source("a.xlsx", made.getvalue()))


@settings(max_examples=200)
@given(st.one_of(st.binary(), st.binary().map(lambda tail: b"PK\x03\x04" + tail)))
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    with suppress(FileRefused):
        assert all(table.rows for table in read_tables(Source("a", data)))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_spreadsheet_with_damaged_bytes_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(xlsx_file([["거래키", "금액"], ["a", 12_000]]).data)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(4, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=2))

    with suppress(FileRefused):
        assert all(table.rows for table in read_tables(Source("a", bytes(whole))))
