from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.settlement.bankfiles.layouts import FOLDER, Layout, bank_names, layouts, parse_layout
from jangteo.domains.settlement.bankfiles.lines import FORMULA_STARTS, PayoutLine, checked, harmless
from jangteo.domains.settlement.bankfiles.writing import Format, PayoutFile, write_payout
from jangteo.domains.settlement.errors import LayoutBroken, LineNotPayable, LineTwice, NothingToPay
from jangteo.kernel.files.tables import Source, read_tables

SUNJA = PayoutLine("003", "010-1234-56-78901", "김순자", 1_234_560, "11월 3주 정산")
YEONG = PayoutLine("090", "0333012345678", "이영호", 87_000, "영호네 정육")
GENERIC = layouts()["generic"]
ALL = [pytest.param(layout, id=name) for name, layout in layouts().items()]


def cells(made: PayoutFile) -> list[tuple[str, ...]]:
    """The rows as another program reads them."""
    (table,) = read_tables(Source("payout", made.content))
    return [row.cells for row in table.rows]


@pytest.mark.parametrize("made", list(Format))
def test_the_generic_file_holds_lines_and_total_as_text(made: Format) -> None:
    file = write_payout([SUNJA, YEONG], GENERIC, made)

    assert cells(file) == [
        ("순번", "은행코드", "은행", "계좌번호", "예금주", "금액", "메모"),
        ("1", "003", "기업", "01012345678901", "김순자", "1234560", "11월 3주 정산"),
        ("2", "090", "카카오뱅크", "0333012345678", "이영호", "87000", "영호네 정육"),
        ("합계", "", "", "", "", "1321560", ""),
    ]
    assert (file.count, file.total_won, file.sha256) == (2, 1_321_560, sha256(file.content).hexdigest())


def test_a_bank_gets_its_own_columns_encoding_and_lengths() -> None:
    file = write_payout([SUNJA], layouts()["ibk_template"], Format.CSV)

    assert file.content.decode("cp949").splitlines() == [
        "입금은행,입금계좌번호,이체금액,받는분통장표시,내통장표시,예금주",
        "기업,01012345678901,1234560,11월 3주,장터정산,김순자",
    ]


def test_the_generic_text_says_that_it_is_utf_8() -> None:
    assert write_payout([SUNJA], GENERIC, Format.CSV).content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("layout", ALL)
@pytest.mark.parametrize("made", list(Format))
def test_the_same_lines_are_the_same_bytes(layout: Layout, made: Format) -> None:
    assert write_payout([SUNJA, YEONG], layout, made) == write_payout([SUNJA, YEONG], layout, made)
    assert write_payout([SUNJA, YEONG], layout, made) != write_payout([YEONG, SUNJA], layout, made)


def test_no_moment_gets_into_a_spreadsheet() -> None:
    content = write_payout([SUNJA], GENERIC, Format.XLSX).content

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
        assert packed.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
        assert b"<v>1234560</v>" not in packed.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("memo", "written"),
    [
        ("=1+1", "1+1"),
        ("+82 10", "82 10"),
        ("-3만원", "3만원"),
        ("@SUM(A1)", "SUM(A1)"),
        ("\t=cmd|' /C calc'!A0", "cmd|' /C calc'!A0"),
        ("\r\n-=+@x", "x"),
        ("＝1", "1"),
        ("= - = 값", "값"),
        ("두\n줄", "두 줄"),
        ("\u1109\u116e\u11ab자네", "순자네"),
        ("🐟 순자네", "순자네"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("made", list(Format))
def test_a_memo_is_never_a_formula(memo: str, written: str, made: Format) -> None:
    assert cells(write_payout([replace(SUNJA, memo=memo)], GENERIC, made))[1][-1] == written


@given(st.text(max_size=40))
def test_no_text_stays_harmful_and_cleaning_twice_changes_nothing(memo: str) -> None:
    clean = harmless(memo)

    assert clean[:1] not in set(FORMULA_STARTS)
    assert clean == harmless(clean)
    assert clean.encode("cp949").decode("cp949") == clean
    assert clean.isprintable()


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4, unique_by=harmless))
def test_a_file_is_read_back_as_its_lines(memos: list[str]) -> None:
    lines = [replace(SUNJA, memo=memo) for memo in memos]

    rows = list(csv.reader(io.StringIO(write_payout(lines, GENERIC, Format.CSV).content.decode("utf-8-sig"))))

    assert [row[-1] for row in rows[1:-1]] == [harmless(memo) for memo in memos]
    assert {len(row) for row in rows} == {7}


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (replace(SUNJA, bank_code="3"), "bank_code"),
        (replace(SUNJA, bank_code="999"), "bank_code"),
        (replace(SUNJA, account="12-34"), "account"),
        (replace(SUNJA, account="1234567８"), "account"),
        (replace(SUNJA, account="=12345678"), "account"),
        (replace(SUNJA, holder=" "), "holder"),
        (replace(SUNJA, holder="=김순자"), "holder"),
        (replace(SUNJA, holder="김순자\x00"), "holder"),
        (replace(SUNJA, holder="🐟김순자"), "holder"),
        (replace(SUNJA, holder="김" * 41), "holder"),
        (replace(SUNJA, amount_won=0), "amount_won"),
        (replace(SUNJA, amount_won=-1), "amount_won"),
        (replace(SUNJA, amount_won=10_000_000_001), "amount_won"),
    ],
)
def test_a_payment_that_no_bank_can_make_is_refused(line: PayoutLine, field: str) -> None:
    with pytest.raises(LineNotPayable) as refused:
        write_payout([YEONG, line], GENERIC, Format.CSV)
    assert refused.value.facts == {"line": 2, "field": field}


def test_nobody_is_paid_twice_by_one_file() -> None:
    with pytest.raises(LineTwice) as refused:
        write_payout([SUNJA, YEONG, replace(SUNJA, account="01012345678901")], GENERIC, Format.CSV)
    assert refused.value.facts == {"line": 3, "first": 1}


def test_an_empty_payout_is_refused() -> None:
    with pytest.raises(NothingToPay):
        write_payout([], GENERIC, Format.XLSX)


def test_names_are_composed_and_accounts_are_digits() -> None:
    decomposed = PayoutLine("003", " 010 1234-5678901", "\u1100\u1175\u11b7  순자 ", 100)

    assert checked([decomposed]) == (PayoutLine("003", "01012345678901", "김 순자", 100, ""),)


def test_templates_say_that_they_are_and_the_generic_one_is_nobodys() -> None:
    assert {name: layout.is_template for name, layout in layouts().items()} == {
        "generic": False,
        "ibk_template": True,
        "nonghyup_template": True,
        "shinhan_template": True,
    }
    assert all(layout.bank_code in bank_names() for layout in layouts().values() if layout.is_template)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('encoding = "utf-8-bom"', 'encoding = "utf-16"', "encoding"),
        ('value = "account"', 'value = "acount"', "columns"),
        ('value = "amount"', 'value = "blank"', "columns"),
        ('heading = "금액"', 'heading = "메모"', "headings"),
        ('heading = "금액"', "heading = 3", "heading"),
        ('value = "memo" }', 'value = "memo", longest = 0 }', "longest"),
        ("is_template = false", "is_template = 0", "is_template"),
        ("[answer]", "[answers]", "table"),
        ('paid = ["정상", "완료", "성공"]', "paid = []", "answer"),
        ('paid = ["정상", "완료", "성공"]', 'paid = ["오류"]', "answer"),
        ('paid = ["정상", "완료", "성공"]', 'paid = "정상"', "paid"),
        ('paid = ["정상", "완료", "성공"]', "paid = [1]", "paid"),
        ("is_template = false", "is_template =", "toml"),
    ],
)
def test_a_column_map_that_contradicts_itself_is_refused(old: str, new: str, what: str) -> None:
    from_bank = (FOLDER / "generic.toml").read_text(encoding="utf-8")
    assert old in from_bank

    with pytest.raises(LayoutBroken) as refused:
        parse_layout("ours", from_bank.replace(old, new))
    assert refused.value.facts == {"layout": "ours", "what": what}
