"""What the program puts around what somebody wrote, what it costs, and whose address it is."""

from __future__ import annotations

import pytest

from jangteo.domains.campaigns.kinds import Basis, Channel, Kind
from jangteo.domains.campaigns.links import Seal
from jangteo.domains.campaigns.prices import size_of, text_bytes, total_won
from jangteo.domains.campaigns.wording import MOST_BODY, Draft, Sender, plain, text_of

SENDER = Sender("장터시장", "순자네 수산", "010-0000-1000", "080-123-4567")
LINK = "http://jangteo.test/jangteo/no-ads/a-b/"


def test_advertising_begins_with_the_label_and_ends_with_the_way_out() -> None:
    text = text_of(Draft(Kind.NEWS, "오늘 갈치가 좋아요."), SENDER, Channel.SMS, LINK)

    assert text.splitlines() == [
        "(광고)장터시장 순자네 수산",
        "오늘 갈치가 좋아요.",
        "문의 010-0000-1000",
        "무료수신거부 080-123-4567",
        f"무료거부 {LINK}",
    ]


def test_alimtalk_ends_with_why_people_get_it() -> None:
    text = text_of(Draft(Kind.GRANTED, "1,000원 쿠폰이 왔어요.", Basis.BOUGHT), SENDER, Channel.ALIMTALK, LINK)

    assert "(광고)" not in text
    assert text.splitlines()[-1] == "※ 고객님이 사신 것으로 드린 혜택을 알려 드려요."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  오늘\n갈치\t좋아요 ", "오늘 갈치 좋아요"),
        ("(광고) 갈치", "갈치"),
        ("\u202e갈치\x00", "갈치"),
        ("가" * 5_000, "가" * MOST_BODY),
        ("\u200b", ""),
    ],
)
def test_what_was_typed_becomes_one_plain_line(typed: str, kept: str) -> None:
    assert plain(typed) == kept


def test_ninety_bytes_are_short_and_one_more_is_long() -> None:
    assert (text_bytes("가" * 45), text_bytes("😀")) == (90, 1)
    assert [size_of("sms", "가" * 45), size_of("sms", "가" * 45 + "a"), size_of("push", "가" * 99)] == [
        "sms",
        "lms",
        "push",
    ]


def test_the_sum_is_rounded_up_once() -> None:
    assert (total_won([]), total_won([1_320] * 40), total_won([4_290, 1_320, 0])) == (0, 528, 57)


def test_a_seal_opens_for_its_own_person_and_market_only() -> None:
    seal = Seal("secret")
    token = seal.token(7, 123_456)

    assert seal.user_id(7, token) == 123_456
    assert seal.user_id(8, token) is None
    assert Seal("other").user_id(7, token) is None
    assert [seal.user_id(7, made_up) for made_up in ("", "-", "1-x", token + "x", "2n9d-", "é-é", "9" * 99 + "-x")] == [
        None
    ] * 7
