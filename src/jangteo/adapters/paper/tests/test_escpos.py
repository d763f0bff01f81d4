from __future__ import annotations

from dataclasses import replace

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from jangteo.adapters.paper.escpos import receipt_bytes
from jangteo.adapters.paper.tests.orders import DUMPLINGS, ORDER
from jangteo.domains.counter.papers import Line, Paper, Section, Tender

NARROW = """\
<init><korean><centre>강릉 중앙시장
<double>영수증 37
<plain>2026-11-24 00:20
<left>--------------------------------
<bold>순자네 수산
<not bold>사업자 124-81-00998 · 김순자
고등어 1손                 8,000
  국산(제주)
  1손 2마리
손질 오징어 3마리         12,000
  국산(동해)
<bold>가게 합계                 20,000
<not bold>--------------------------------
<bold>할머니 손맛 반찬
<not bold>사업자 220-81-62517 · 박옥분 ·
033-640-1234
콩나물 1봉지 *             1,500
  국산
매콤 달콤한 진미채 볶음과
멸치볶음 세트 1통          9,900
  오징어: 페루
  과세 물건값              9,000
  부가세                     900
  면세 물건값              1,500
<bold>가게 합계                 11,400
<not bold>--------------------------------
<bold>새벽만두
<not bold>손만두 10개                6,000
<bold>가게 합계                  6,000
<not bold>================================
<double>모두    37,400원
<plain>온누리상품권            10,000원
국민카드 5365-****-****-1234
                        27,400원
--------------------------------
카드 승인 번호          30012345
--------------------------------
* 표시는 부가세가 없는
물건이에요.
<centre>주문을 다시 보려면 찍어 주세요.
<code model 2><code 6 dots><code level M><code https://market.example/o/3fK9sQ2xV7bLw0Zt><draw code>\
고마워요. 또 오세요.
<feed 3><cut>"""

# The commands a receipt is made of, by what the maker of the printers calls them.
COMMANDS = {
    b"\x1b\x40": "init",
    b"\x1c\x26": "korean",
    b"\x1b\x61\x00": "left",
    b"\x1b\x61\x01": "centre",
    b"\x1d\x21\x00": "plain",
    b"\x1d\x21\x11": "double",
    b"\x1d\x21\x22": "huge",
    b"\x1b\x45\x00": "not bold",
    b"\x1b\x45\x01": "bold",
    b"\x1b\x64\x03": "feed 3",
    b"\x1d\x56\x42\x00": "cut",
    b"\x1d\x28\x6b\x04\x00\x31\x41\x32\x00": "code model 2",
    b"\x1d\x28\x6b\x03\x00\x31\x43\x06": "code 6 dots",
    b"\x1d\x28\x6b\x03\x00\x31\x45\x31": "code level M",
    b"\x1d\x28\x6b\x03\x00\x31\x51\x30": "draw code",
}
SIZES = {"plain": 1, "double": 2, "huge": 3}
STORE = b"\x1d\x28\x6b"


def decoded(printed: bytes) -> str:
    """What a printer makes of the bytes: commands by name, everything else as CP949. Fails on an unknown command."""
    shown = ""
    at = 0
    while at < len(printed):
        command = next((one for one in COMMANDS if printed.startswith(one, at)), b"")
        if command:
            shown, at = f"{shown}<{COMMANDS[command]}>", at + len(command)
        elif printed.startswith(STORE, at):
            length = int.from_bytes(printed[at + 3 : at + 5], "little")
            function = printed[at + 5 : at + 5 + length]
            assert function[:3] == b"\x31\x50\x30"
            shown, at = f"{shown}<code {function[3:].decode()}>", at + 5 + length
        else:
            end = at + 1 if printed[at] < 0x80 else at + 2
            character = printed[at:end].decode("cp949")
            assert character == "\n" or ord(character) >= 0x20
            shown, at = shown + character, end
    return shown


def lines(printed: bytes) -> list[tuple[str, int]]:
    """Lines of text with the columns they take; a letter of double size takes two, a huge one three."""
    found = []
    size = 1
    for line in decoded(printed).split("\n"):
        size = next((times for name, times in SIZES.items() if f"<{name}>" in line), size)
        text = "".join(part.rpartition(">")[2] for part in line.split("<"))
        found.append((text, size * len(text.encode("cp949"))))
    return found


def test_the_narrow_receipt() -> None:
    assert decoded(receipt_bytes(ORDER, Paper.MM_58)) == NARROW


@pytest.mark.parametrize("paper", list(Paper))
def test_amounts_end_at_the_edge_of_the_paper(paper: Paper) -> None:
    printed = lines(receipt_bytes(ORDER, paper))
    amounts = [(text, width) for text, width in printed if text.endswith(("000", "900", "400", "500", "0원"))]

    assert len(amounts) == 14
    assert {width for _, width in amounts} == {paper}
    assert max(width for _, width in printed) == paper


def test_the_wide_receipt_has_fewer_lines_and_the_same_words() -> None:
    narrow, wide = (lines(receipt_bytes(ORDER, paper)) for paper in Paper)

    assert len(wide) < len(narrow)
    assert "".join(text for text, _ in wide).replace(" ", "").replace("-", "").replace("=", "") == "".join(
        text for text, _ in narrow
    ).replace(" ", "").replace("-", "").replace("=", "")


names = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="<>") | st.sampled_from("가나다·×①★ \t\n\x1b@\x1d#abc"),
    max_size=60,
)


@given(name=names, note=names, amount=st.integers(-(10**12), 10**12), paper=st.sampled_from(Paper))
def test_no_name_commands_the_printer_or_leaves_the_paper(name: str, note: str, amount: int, paper: Paper) -> None:
    section = Section(name, name, note, (Line(name, note, name, amount, False),), None)
    receipt = replace(ORDER, sections=(section,), tenders=(Tender(name, amount),), facts=((note, name),))

    assert max(width for _, width in lines(receipt_bytes(receipt, paper))) <= paper


def test_what_the_printer_lacks_is_a_question_mark() -> None:
    section = replace(DUMPLINGS, stall_name="서울🥟만두 똠얌꿍")
    receipt = replace(ORDER, sections=(section,), tenders=(Tender("현금", 6_000),))

    assert "<bold>서울?만두 똠얌꿍\n" in decoded(receipt_bytes(receipt, Paper.MM_58))


def test_the_code_fits_the_narrow_paper() -> None:
    code = segno.make(ORDER.link, error="m", boost_error=False, micro=False)

    assert code.symbol_size(scale=6, border=4)[0] <= 384  # dots of a 58 mm printer
