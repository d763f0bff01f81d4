from __future__ import annotations

import pytest
from django.contrib.staticfiles import finders

from jangteo.domains.markets.rules import STARTER_KINDS
from jangteo.faces.merchant.pictures import NO_KIND, WORDS, picture_for
from jangteo.project.demo.content import read_content


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("고등어", "mackerel"),
        ("배추", "napa-cabbage"),
        ("양배추", "cabbage"),
        ("배추김치", "kimchi"),
        ("고추 모종", "seedling"),
        ("무", "radish"),
        ("열무", "greens-bunch"),
        ("무 (제주)", "radish"),
        ("은갈치 큰 것", "hairtail"),
        ("갈치속젓", "jeotgal"),
        ("나주 배", "korean-pear"),
        ("햇감자", "potato"),
        ("연필", "kind-fish"),
        ("오징어튀김", "kind-fish"),
        ("빨래집게", "kind-fish"),
        ("나무 의자", "kind-fish"),
        ("", "kind-fish"),
        ("123 !!", "kind-fish"),
    ],
)
def test_the_word_said_last_finds_the_picture(name: str, picture: str) -> None:
    assert picture_for(name, "fish") == picture


def test_every_picture_named_here_is_there() -> None:
    named = {*WORDS, NO_KIND, *(f"kind-{kind.key}" for kind in STARTER_KINDS)}

    assert [name for name in sorted(named) if finders.find(f"goods/{name}.webp") is None] == []


def test_a_kind_that_nobody_drew_has_a_picture_too() -> None:
    assert picture_for("연필", "stationery") == NO_KIND


def test_names_of_the_demo_market_mostly_find_their_own_picture() -> None:
    goods = [good for stall in read_content().stalls for good in stall.goods]

    same = [good for good in goods if picture_for(good.name, good.kind) == good.picture]

    assert len(goods) == 400
    assert len(same) >= 390
