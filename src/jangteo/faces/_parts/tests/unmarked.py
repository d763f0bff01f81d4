"""Finds Korean on a page that a screen reader would read as if it were the page's own language."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_HANGUL = re.compile("[\u3131-\u318e\uac00-\ud7a3]")
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "use", "path", "rect"})
# Here no element can stand inside, so nothing can be marked.
_TEXT_ONLY = frozenset({"title", "option", "script", "style"})


def unmarked_korean(html: str) -> list[str]:
    """Texts with Korean letters that do not stand in `lang="ko"`."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            is_told = dict(attrs).get("lang") == "ko" or tag in _TEXT_ONLY
            self._open.append((tag, is_told or (bool(self._open) and self._open[-1][1])))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """It holds no text."""

    def handle_endtag(self, tag: str) -> None:
        while any(tag == name for name, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if _HANGUL.search(data) and not (self._open and self._open[-1][1]):
            self.found.append(" ".join(data.split()))
