from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from jangteo.adapters.paper.labels import labels_pdf, labels_png
from jangteo.domains.carriers.ports import Label

LABEL = Label(
    "장터시장",
    17,
    "김하나",
    "01000002000",
    "가람시 장터동 장터길 12, 햇살아파트 101동 1203호",
    "냉장, 깨져요",
    datetime(2026, 11, 20, 3, 0, tzinfo=UTC),
)


def test_eight_labels_fill_a_page() -> None:
    assert len(labels_png([LABEL] * 8)) == 1
    assert len(labels_png([LABEL] * 9)) == 2


def test_a_name_is_printed_and_not_carried_out() -> None:
    plain, marked = labels_png([LABEL]), labels_png([replace(LABEL, name='#panic("x") $a$ *')])

    assert plain != marked


def test_the_same_labels_are_the_same_bytes() -> None:
    assert labels_pdf([LABEL]) == labels_pdf([LABEL])
    assert labels_pdf([LABEL]).startswith(b"%PDF-")


def test_no_labels_are_no_paper() -> None:
    with pytest.raises(ValueError, match="no labels"):
        labels_pdf([])
