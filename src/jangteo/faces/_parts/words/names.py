"""Names that people gave: Korean on every screen, English where somebody wrote that down as well."""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

# From the first Korean letter to the last one, as long as no Latin letter stands between them.
_KOREAN = re.compile(r"([\u3131-\u318e\uac00-\ud7a3](?:[^A-Za-z]*[\u3131-\u318e\uac00-\ud7a3])?)")


def local_name(named: object) -> str:
    """`name_en` in English where there is one, else `name`."""
    english = getattr(named, "name_en", "") if get_language() == "en" else ""
    return str(english or getattr(named, "name", ""))


def marked_korean(text: object) -> str:
    """The text for a page; the Korean in a page of another language is marked, so that it is read aloud as Korean."""
    plain = str(text)
    if get_language() in (None, "ko") or not _KOREAN.search(plain):
        return plain
    *pairs, end = _KOREAN.split(plain)
    marked = format_html_join("", '{}<span lang="ko">{}</span>', zip(pairs[::2], pairs[1::2], strict=True))
    return format_html("{}{}", marked, end)
