from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.utils.translation import gettext_noop

from jangteo.domains.ordering import errors
from jangteo.faces._parts.templatetags.parts import grams, phone, won, won_words
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.sentences import SENTENCES
from jangteo.faces._parts.words.times import day_words, hour_words, when_words
from jangteo.kernel.errors import Refused

# Bases, and what only commands and programs meet: those say it in their own way.
NOT_FOR_PAGES = ("refused", "markets.", "ledger.", "api.")


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
