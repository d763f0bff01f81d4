from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation
from django.utils.translation import gettext_noop

from jangteo.domains.markets.models import Street
from jangteo.domains.ordering import errors
from jangteo.faces._parts.templatetags.parts import grams, phone, won, won_words
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.names import local_name, marked_korean
from jangteo.faces._parts.words.sentences import SENTENCES
from jangteo.faces._parts.words.times import day_words, hour_words, when_words
from jangteo.kernel.errors import Refused

# Bases, and what only commands and programs meet: those say it in their own way.
NOT_FOR_PAGES = ("refused", "markets.", "api.")


def _refusals(base: type[Refused]) -> set[str]:
    return {base.code}.union(*(_refusals(child) for child in base.__subclasses__()))


def test_every_refusal_of_a_page_has_a_sentence() -> None:
    codes = {
        code for code in _refusals(Refused) if not code.startswith(NOT_FOR_PAGES) and not code.endswith(".refused")
    }

    assert codes - SENTENCES.keys() == set()


def test_a_sentence_shows_its_facts() -> None:
    refused = errors.OverCeiling(name="갈치", amount_won=12500, ceiling_won=11500, most_grams=460)

    assert sentence(refused) == "갈치, 12,500원이면 손님이 정한 11,500원을 넘어요. 460g까지 담을 수 있어요."


def test_an_unknown_refusal_says_what_to_do() -> None:
    assert sentence(Refused()) == gettext_noop(
        "지금은 할 수 없어요. 화면을 새로 열어 보고, 그래도 안 되면 전화해 주세요."
    )


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(0), "새벽 12시"),
        (time(7), "아침 7시"),
        (time(11, 30), "오전 11시 30분"),
        (time(12), "낮 12시"),
        (time(13, 5), "오후 1시 05분"),
        (time(20), "저녁 8시"),
        (time(23, 30), "밤 11시 30분"),
    ],
)
def test_hours_as_people_say_them(moment: time, words: str) -> None:
    assert hour_words(moment) == words


@pytest.mark.parametrize(("day", "words"), [(20, "오늘"), (21, "내일"), (22, "11월 22일 (일)"), (19, "11월 19일 (목)")])
def test_days_as_people_say_them(day: int, words: str) -> None:
    assert day_words(date(2026, 11, day), date(2026, 11, 20)) == words


def test_a_moment_is_told_in_korean_time() -> None:
    now = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)

    assert when_words(datetime(2026, 11, 20, 15, 30, tzinfo=UTC), now) == "내일 새벽 12시 30분"


@pytest.mark.parametrize(
    ("weight", "words"), [(None, ""), (80, "80g"), (999, "999g"), (1000, "1kg"), (1250, "1.25kg"), (10005, "10.005kg")]
)
def test_weights(weight: int | None, words: str) -> None:
    assert grams(weight) == words


def test_amounts() -> None:
    assert (won(None), won(0), won(1234567)) == ("", "0", "1,234,567")
    assert (won_words(8000), won_words(8000, about=True)) == ("8,000원", "8,000원쯤")


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("01012345678", "010-1234-5678"),
        ("0212345678", "02-1234-5678"),
        ("021234567", "02-123-4567"),
        ("15881234", "1588-1234"),
        ("010-0000-0001", "010-0000-0001"),
        ("", ""),
    ],
)
def test_phone_numbers(digits: str, words: str) -> None:
    assert phone(digits) == words


def test_days_in_english_name_their_month() -> None:
    with translation.override("en"):
        assert day_words(date(2026, 11, 22), date(2026, 11, 20)) == "Sun 22 Nov"
        assert day_words(date(2027, 5, 1), date(2026, 11, 20)) == "Sat 1 May"


def test_amounts_in_english_begin_with_the_sign() -> None:
    with translation.override("en"):
        assert (won_words(8000), won_words(8000, about=True)) == ("₩8,000", "about ₩8,000")


@pytest.mark.parametrize(("english", "words"), [("Fish Alley", "Fish Alley"), ("", "생선 골목")])
def test_an_english_name_is_used_where_there_is_one(english: str, words: str) -> None:
    street = Street(name="생선 골목", name_en=english)

    assert local_name(street) == "생선 골목"
    with translation.override("en"):
        assert local_name(street) == words


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Fish Alley", "Fish Alley"),
        ("생선 골목", '<span lang="ko">생선 골목</span>'),
        ("고등어 1손", '<span lang="ko">고등어 1손</span>'),
        ("한 근 600g", '<span lang="ko">한 근</span> 600g'),
        ("바다네 생선 (Owner)", '<span lang="ko">바다네 생선</span> (Owner)'),
        ("ㄱㄷㅇ", '<span lang="ko">ㄱㄷㅇ</span>'),
        ("둘<b>하나", '<span lang="ko">둘</span>&lt;b&gt;<span lang="ko">하나</span>'),
        ("", ""),
    ],
)
def test_korean_in_an_english_page_is_marked(text: str, marked: str) -> None:
    assert marked_korean(text) == text
    with translation.override("en"):
        assert marked_korean(text) == marked
