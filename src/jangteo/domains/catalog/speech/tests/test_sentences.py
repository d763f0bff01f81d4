"""What merchants say, with its meaning, out of `sentences.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest

from jangteo.domains.catalog.speech import Intent, understand

LEAST_SENTENCES, LEAST_RIGHT_PERCENT = 200, 98
Expected = tuple[str, str | None, int | None, str | None, int | None, int | None]


def sentences() -> dict[str, Expected]:
    """Every sentence with intent, name, count, unit, grams and price."""
    lines = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line and not line.startswith("#")]
    return {row[0]: expected(*row[1:]) for row in rows}


def expected(intent: str, name: str, count: str, grams: str, price: str) -> Expected:
    number, _, unit = count.partition(" ")
    return intent, text(name), whole(number), text(unit) if unit else None, whole(grams), whole(price)


def text(cell: str) -> str | None:
    return None if cell == "-" else cell


def whole(cell: str) -> int | None:
    return None if cell == "-" else int(cell)


def understood(said: str) -> Expected:
    m = understand(said)
    return str(m.intent), m.name or None, m.count, m.unit or None, m.grams, m.price_won


def is_right(said: str, meaning: Expected) -> bool:
    """Of what is asked about, only what is known of it is compared, where the table tells it."""
    found = understood(said)
    if meaning[0] == Intent.ASK:
        return found[0] == Intent.ASK and meaning[1] in (None, found[1])
    return found == meaning


def test_nearly_all_sentences_are_understood() -> None:
    table = sentences()
    wrong = {said: understood(said) for said, meaning in table.items() if not is_right(said, meaning)}

    assert len(table) >= LEAST_SENTENCES
    assert (len(table) - len(wrong)) * 100 >= LEAST_RIGHT_PERCENT * len(table), wrong


def test_no_price_is_taken_that_was_not_said() -> None:
    taken = {said: (understand(said).price_won, meaning[5]) for said, meaning in sentences().items()}

    assert {said: pair for said, pair in taken.items() if pair[0] not in (None, pair[1])} == {}


@pytest.mark.parametrize(
    "said",
    [
        "고등어 한 마리 오천 원",
        "시금치 두 단 사천오백원",
        "삼겹살 한 근 만이천",
        "사과 한 바구니 만원에 팔아줘",
        "두부 품절",
        "갈치 만 오천 원으로 올려",
    ],
)
def test_the_first_examples_are_understood(said: str) -> None:
    assert understood(said) == sentences()[said]
