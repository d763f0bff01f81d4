from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from jangteo.adapters.paper import words
from jangteo.adapters.paper.tests.orders import DISHES, DUMPLINGS, FISH, ORDER
from jangteo.adapters.paper.ticket import receipt_pdf, receipt_png
from jangteo.domains.counter.papers import Line, Receipt, Section, Tender, Vat

SAME_ELSEWHERE = (
    "import hashlib, sys; from jangteo.adapters.paper.ticket import receipt_pdf;"
    "from jangteo.adapters.paper.tests.orders import ORDER;"
    "sys.stdout.write(hashlib.sha256(receipt_pdf(ORDER)).hexdigest())"
)


def picture(receipt: Receipt) -> Image.Image:
    return Image.open(BytesIO(receipt_png(receipt)))


def test_the_code_leads_to_the_order() -> None:
    assert [code.text for code in zxingcpp.read_barcodes(picture(ORDER))] == [ORDER.link]


def test_the_paper_is_as_long_as_the_order() -> None:
    many = Section("새벽만두", "", "", (Line("손만두 10개", "밀: 미국", "", 6_000, False),) * 200, None)
    short = replace(ORDER, sections=(DUMPLINGS,), tenders=(Tender("현금", 6_000),), facts=())
    long = replace(ORDER, sections=(many,), tenders=(Tender("현금", 1_200_000),))

    heights = [picture(receipt).height for receipt in (short, ORDER, long)]
    assert {picture(receipt).width for receipt in (short, ORDER)} == {630}  # 80 mm at 200 ppi
    assert heights == sorted(heights)
    assert heights[2] > 8 * heights[1]


def test_the_same_receipt_is_the_same_bytes_in_another_process_and_zone(tmp_path: Path) -> None:
    source = Path(words.__file__).parents[3]
    elsewhere = {"PYTHONPATH": str(source), "TZ": "America/New_York", "PYTHONHASHSEED": "7", "HOME": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", SAME_ELSEWHERE], env=elsewhere, capture_output=True, text=True, check=True
    )

    assert run.stdout == hashlib.sha256(receipt_pdf(ORDER)).hexdigest()
    assert b"CreationDate" not in receipt_pdf(ORDER)


def test_a_stall_without_tax_to_show_shows_none() -> None:
    assert words.tax_rows(FISH) == []
    assert words.tax_rows(DISHES) == [("과세 물건값", "9,000"), ("부가세", "900"), ("면세 물건값", "1,500")]
    assert words.tax_rows(replace(DUMPLINGS, vat=Vat(5_455, 545, 0))) == [("과세 물건값", "5,455"), ("부가세", "545")]


def test_exempt_goods_are_marked_where_others_are_taxed() -> None:
    assert [section.marks_exempt for section in ORDER.sections] == [False, True, False]


def test_a_seller_is_named_by_what_is_known() -> None:
    assert words.seller(FISH) == "사업자 124-81-00998 · 김순자"
    assert words.seller(replace(FISH, business_number="")) == "김순자"
    assert words.seller(DUMPLINGS) == ""


def test_money_back_has_its_own_title() -> None:
    back = replace(DUMPLINGS, lines=(Line("손만두 10개", "", "", -6_000, False),), vat=Vat(-5_455, -545, 0))
    refund = replace(ORDER, sections=(back,), tenders=(Tender("국민카드", -6_000),))

    assert (words.title(ORDER), words.title(refund)) == ("영수증", "환불 영수증")
    assert words.won(refund.total_won) == "-6,000원"


def test_the_time_is_korean() -> None:
    assert ORDER.printed_moment == "2026-11-24 00:20"


def test_a_name_is_printed_and_not_carried_out() -> None:
    marked = replace(DUMPLINGS, stall_name='#panic() ] "\\', lines=(Line("*#eval*", "$x$\n//", "]", 37_400, False),))

    assert picture(replace(ORDER, sections=(marked,))).height > 0


@pytest.mark.parametrize("vat", [Vat(9_000, 901, 1_500), Vat(9_000, 900, 0), Vat(10_500, 900, 0)])
def test_tax_that_does_not_add_up_is_not_printed(vat: Vat) -> None:
    with pytest.raises(ValueError, match="does not add up"):
        replace(DISHES, vat=vat)


def test_money_that_does_not_add_up_is_not_printed() -> None:
    with pytest.raises(ValueError, match="receipt 37 do not add up"):
        replace(ORDER, tenders=ORDER.tenders[:1])
    with pytest.raises(ValueError, match="do not add up"):
        replace(ORDER, sections=(), tenders=())
    with pytest.raises(ValueError, match="sold nothing"):
        replace(FISH, lines=())


def test_a_moment_needs_its_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(ORDER, moment=datetime(2026, 11, 23, 15, 20))  # noqa: DTZ001 - the mistake under test
