from __future__ import annotations

import json
import string
from binascii import crc_hqx
from dataclasses import replace

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from jangteo.kernel import emvqr
from jangteo.kernel.emvqr import Field, Payload, PayloadRefused, StallCode
from tests.real_data import real_data

FISH = StallCode("482917", "SUNJA FISH", "GANGNEUNG", "순자네 수산", "강릉")
PRINTED = (
    "000201010211"
    "26240010kr.jangteo0106482917"
    "5204549953034105802KR5910SUNJA FISH6009GANGNEUNG"
    "64220002ko0106순자네 수산0202강릉"
    "6304BDCB"
)

ids = st.integers(0, 99).map(lambda number: f"{number:02}")
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=99)
values = st.builds(Field, ids.filter(lambda id_: not "26" <= id_ <= "51" and id_ not in {"62", "64"}), texts)
leaves = st.builds(Field, ids, st.text("ab가나🐟", min_size=1, max_size=12))
templates = st.builds(
    Field,
    st.sampled_from([f"{number:02}" for number in range(26, 52)] + ["62", "64"]),
    parts=st.lists(leaves, min_size=1, max_size=5, unique_by=lambda field: field.id).map(tuple),
)


@given(st.lists(values | templates, max_size=8, unique_by=lambda field: field.id))
def test_what_is_written_is_read_back(rest: list[Field]) -> None:
    fixed = [Field("00", "01"), Field("01", "11"), Field("02", "4000123412341234"), Field("54", "23.72")]
    taken = {"63", *(field.id for field in fixed)}
    fields = [*fixed, *(field for field in rest if field.id not in taken)]

    assert emvqr.read(emvqr.write(fields)) == Payload(tuple(fields))


@given(st.integers(1, 10**13 - 1))
def test_won_have_no_decimals(amount_won: int) -> None:
    read = emvqr.read(replace(FISH, amount_won=amount_won, bill_number="J-37").payload())

    assert (read.value(emvqr.AMOUNT), read.amount_won) == (str(amount_won), amount_won)
    assert (read.is_dynamic, read.value("62", "01")) == (True, "J-37")


def test_a_printed_code_says_whom_to_pay_and_leaves_the_amount_open() -> None:
    read = emvqr.read(PRINTED)

    assert FISH.payload() == PRINTED
    assert (read.is_dynamic, read.amount_won) == (False, None)
    assert (read.value("26", "00"), read.value("26", "01")) == ("kr.jangteo", "482917")
    assert (read.value("59"), read.value("64", "01"), read.value("64", "02")) == ("SUNJA FISH", "순자네 수산", "강릉")
    assert (read.value("62", "01"), read.value("99")) == ("", "")


def test_the_code_survives_being_drawn_and_read() -> None:
    code = segno.make(PRINTED, error="m", boost_error=False, micro=False)
    rows = [bytes(0 if dark else 255 for dark in row) for row in code.matrix_iter(scale=4, border=4)]
    picture = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))

    assert [read.text for read in zxingcpp.read_barcodes(picture)] == [PRINTED]


@pytest.mark.parametrize("number", range(17))
def test_payloads_of_others_are_read_and_written_the_same(number: int) -> None:
    samples = json.loads(real_data("emv/valid_merchant_qr.json").read_text(encoding="utf-8"))
    text = samples[number]["payload"]

    assert len(samples) == 17
    assert emvqr.write(emvqr.read(text).fields) == text


def test_a_payload_of_another_currency_has_no_amount_in_won() -> None:
    samples = json.loads(real_data("emv/valid_merchant_qr.json").read_text(encoding="utf-8"))
    read = emvqr.read(samples[0]["payload"])

    assert (read.value("54"), read.value("53"), read.value("64", "02")) == ("23.72", "156", "最佳运输")
    with pytest.raises(PayloadRefused, match=r"^emvqr\.amount"):
        _ = read.amount_won


@pytest.mark.parametrize("at", range(len(PRINTED)))
def test_no_single_character_can_be_changed_left_out_or_doubled(at: int) -> None:
    before, character, after = PRINTED[:at], PRINTED[at], PRINTED[at + 1 :]
    others = set(string.printable + "가🐟①") - {character}
    damaged = {before + after, PRINTED[:at], *(before + other + after for other in others)}
    damaged |= {before + added + PRINTED[at:] for added in others | {character}}
    damaged.add(before + after[:1] + character + after[1:])  # two neighbours swapped

    for text in damaged - {PRINTED}:
        with pytest.raises(PayloadRefused):
            emvqr.read(text)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "emvqr.format"),
        ("01021102041234", "emvqr.format"),
        ("00020202041234", "emvqr.format"),
        ("00020153034105802KR", "emvqr.account"),
        ("00020101021302041234", "emvqr.initiation"),
        ("000201020412345405 12.3", "emvqr.amount"),
        ("0002010204123454051.2.3", "emvqr.amount"),
        ("0002010204123402041234", "emvqr.repeated"),
        ("00020126080002kr0002kr", "emvqr.structure"),
        ("00020126120002kr0002kr", "emvqr.repeated"),
        ("000201020412345900", "emvqr.structure"),
        ("000201020412345", "emvqr.structure"),
        ("0002010204123459²1a", "emvqr.structure"),
        ("0002010204123459١1a", "emvqr.structure"),
    ],
)
def test_a_good_checksum_alone_is_not_enough(body: str, code: str) -> None:
    body += "6304"

    with pytest.raises(PayloadRefused) as refused:
        emvqr.read(f"{body}{crc_hqx(body.encode(), 0xFFFF):04X}")
    assert refused.value.code == code


@pytest.mark.parametrize(
    "text", ["", "6304", "63041D0F", PRINTED.lower(), PRINTED + "\n", "http://a.example/q/1", "\ud800"]
)
def test_what_is_no_payload_is_refused(text: str) -> None:
    with pytest.raises(PayloadRefused):
        emvqr.read(text)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(PayloadRefused, match=r"^emvqr\.text"):
        emvqr.read("\ud80063040000")


@pytest.mark.parametrize(
    ("stall", "code", "id_"),
    [
        (replace(FISH, amount_won=0), "emvqr.amount", "54"),
        (replace(FISH, amount_won=-1), "emvqr.amount", "54"),
        (replace(FISH, amount_won=10**13), "emvqr.amount", "54"),
        (replace(FISH, name="순자네"), "emvqr.plain", "59"),
        (replace(FISH, name=""), "emvqr.plain", "59"),
        (replace(FISH, name="S" * 26), "emvqr.too_long", "59"),
        (replace(FISH, city="G" * 16), "emvqr.too_long", "60"),
        (replace(FISH, account="1" * 82), "emvqr.too_long", "01"),
        (replace(FISH, korean_name="가" * 26), "emvqr.too_long", "01"),
        (replace(FISH, bill_number="J" * 26), "emvqr.too_long", "01"),
        (replace(FISH, category="549"), "emvqr.category", "52"),
    ],
)
def test_what_does_not_fit_is_not_written(stall: StallCode, code: str, id_: str) -> None:
    with pytest.raises(PayloadRefused) as refused:
        stall.payload()
    assert (refused.value.code, refused.value.facts) == (code, {"id": id_})


def test_the_longest_values_fit() -> None:
    longest = replace(
        FISH, account="1" * 81, name="S" * 25, city="G" * 15, korean_name="가" * 25, korean_city="나" * 15
    )

    assert len(emvqr.read(longest.payload()).value("26", "01")) == 81


@pytest.mark.parametrize("fields", [[Field("0", "01")], [Field("00", "")], [Field("00", "01"), Field("26", "plain")]])
def test_fields_that_would_not_come_back_are_not_written(fields: list[Field]) -> None:
    with pytest.raises(PayloadRefused, match=r"^emvqr\.structure"):
        emvqr.write(fields)
