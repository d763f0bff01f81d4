from __future__ import annotations

import re

import pytest
from django.test import Client

PAGES = {
    "/office/": ("손 볼 일", "page"),
    "/office/orders/": ("주문", "page"),
    "/office/money/breaks/": ("돈", "true"),
    "/office/regulars/": ("단골", "page"),
    "/office/coupons/": ("단골", "true"),
    "/office/events/new/": ("단골", "true"),
    "/office/stalls/": ("시장", "true"),
    "/office/policies/new/": ("시장", "true"),
    "/office/streets/new/": ("시장", "true"),
    "/office/forgetting/": ("시장", "true"),
    "/office/log/": ("시장", "true"),
}
WORDS = ["손 볼 일", "주문", "돈", "단골", "시장"]


def menu(client: Client, path: str) -> list[tuple[str, str]]:
    """Each word of the menu with what aria-current says of it, "" for nothing."""
    page = client.get(path).content.decode()
    shown = page[page.index('<nav class="nav menu"') :].partition("</nav>")[0]
    return [
        (words, "".join(re.findall(r'aria-current="(\w+)"', rest)))
        for rest, words in re.findall(r"<a ([^>]*)>([^<]+)</a>", shown)
    ]


@pytest.mark.parametrize("path", PAGES)
def test_the_same_words_stand_everywhere_and_the_one_of_the_page_is_marked(desk: Client, path: str) -> None:
    shown = menu(desk, path)

    assert [words for words, _ in shown] == WORDS
    assert [one for one in shown if one[1]] == [PAGES[path]]


def test_everything_can_be_reached_by_tiles_without_scripts(desk: Client) -> None:
    regulars, places = (desk.get(f"/office/{path}/").content.decode() for path in ("regulars", "places"))

    assert re.findall(r"<b>([^<]+)</b>", regulars) == ["소식", "쿠폰", "도장", "행사·환급", "손님 문의", "후기"]
    # The first gives way to the last word of the menu on a phone with large letters.
    assert re.findall(r"<b>([^<]+)</b>", places) == [
        "단골",
        *("점포", "시장 정보", "배달", "정책"),
        *("도우미", "기기", "손님 정보", "기록", "연습하기"),
    ]


def test_a_page_shows_what_lies_beside_it_and_marks_itself(desk: Client) -> None:
    page = desk.get("/office/stamps/").content.decode()
    beside = page[page.index("menu-beside") :].partition("</nav>")[0]

    assert re.findall(r'aria-current="true"[^>]*>([^<]+)|aria-current="page"[^>]*>([^<]+)', beside) == [("", "도장")]
    assert beside.count("<a ") == 6
    assert "menu-beside" not in desk.get("/office/orders/").content.decode()


def test_the_last_word_stands_for_the_one_that_gives_way(desk: Client) -> None:
    assert "menu-covers" in desk.get("/office/coupons/").content.decode()
    assert "menu-covers" not in desk.get("/office/stalls/").content.decode()
