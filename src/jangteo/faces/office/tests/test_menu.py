from __future__ import annotations

import re

import pytest
from django.test import Client

PAGES = {
    "/office/": "손 볼 일",
    "/office/orders/": "주문",
    "/office/stalls/": "점포",
    "/office/money/breaks/": "돈",
    "/office/market/": "시장",
    "/office/policies/new/": "정책",
    "/office/log/": "기록",
}


def menu(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    return page[page.index('<nav class="nav menu"') : page.index("</nav>")]


@pytest.mark.parametrize("path", PAGES)
def test_the_entry_of_the_page_is_marked_wherever_the_menu_shows_it(desk: Client, path: str) -> None:
    name = PAGES[path]
    shown = menu(desk, path)

    links = re.findall(r'<a [^>]*href="([^"]*)"([^>]*)>(?:<svg.*?</svg>)?(?:<span><b>)?([^<]+)<', shown)
    marked = {words: "page" if 'aria-current="page"' in rest else "true" for _, rest, words in links if "aria" in rest}
    assert marked == {name: "page" if path.count("/") < 4 and "breaks" not in path else "true"}
    assert (f"지금 {name}" in shown) == (name in ("시장", "정책", "기록"))


def test_everything_can_be_reached_without_scripts(desk: Client) -> None:
    shown = menu(desk, "/office/")

    assert re.findall(r"<summary[^>]*>([^<]+)", shown) == ["더 보기"]
    sheet = shown[shown.index("<ul") :]
    assert re.findall(r"<b>([^<]+)</b>", sheet) == ["점포", "시장", "정책", "도우미", "기기", "기록", "연습하기"]
