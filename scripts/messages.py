"""Gathers every text of the screens into the English message file and compiles it.

`messages.py` adds what is new (untranslated) and drops what is gone; `messages.py --check` only says what is missing.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import template

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "jangteo"
PO = PACKAGE / "project" / "locale" / "en" / "LC_MESSAGES" / "django.po"
# Which arguments of a call are texts ("c" marks the context); None is the first one.
_COUNTED, _IN_CONTEXT, _COUNTED_IN_CONTEXT = (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": _COUNTED,
    "ngettext_lazy": _COUNTED,
    "pgettext": _IN_CONTEXT,
    "pgettext_lazy": _IN_CONTEXT,
    "npgettext": _COUNTED_IN_CONTEXT,
    "npgettext_lazy": _COUNTED_IN_CONTEXT,
}
# What code puts values into, and markup: both must come out of a translation as they went in.
_FIXED = re.compile(r"%\(\w+\)[sd]|%%|%|\{\w+\}|</?\w+[^<>]*>")
_HEADER = (
    "Language: en\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=utf-8\n"
    "Content-Transfer-Encoding: 8bit\n"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text as gettext looks it up. `forms` are the one, or of a counted text the singular and the plural."""

    forms: tuple[str, ...]
    context: str = ""

    @property
    def id(self) -> str | tuple[str, ...]:
        """As Babel takes it."""
        return self.forms if len(self.forms) > 1 else self.forms[0]


class English(Catalog):
    """The English messages. Without dates and names in its header: the same texts always give the same bytes."""

    def __init__(self) -> None:
        super().__init__(locale="en", charset="utf-8", fuzzy=False, header_comment="# English")

    def __iter__(self) -> Iterator[Message]:
        yield Message("", _HEADER)
        yield from (message for message in super().__iter__() if message.id)


def texts_in(path: Path) -> set[Text]:
    """The texts of one Python file or template."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        calls = template.templatize(source, origin=str(path))
        source = "\n".join(line.strip() for line in calls.splitlines())  # a page's indentation is not Python's
    found = extract("python", io.BytesIO(source.encode()), KEYWORDS, (), {"encoding": "utf-8"})
    return {Text((ids,) if isinstance(ids, str) else tuple(ids), context or "") for _, ids, _, context in found}


def sources() -> list[Path]:
    """Python files and templates of the product, tests left out."""
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
    return sorted(path for path in files if not {"tests", "migrations"} & set(path.parts))


def gathered() -> dict[Text, list[str]]:
    """Every text and the files it stands in."""
    places: dict[Text, list[str]] = {}
    for path in sources():
        for text in texts_in(path):
            places.setdefault(text, []).append(path.relative_to(ROOT).as_posix())
    return dict(sorted(places.items(), key=lambda place: (place[0].forms, place[0].context)))


def catalog() -> English:
    """The messages on disk; none when there is no file yet."""
    english = English()
    if PO.exists():
        with PO.open("rb") as file:
            for message in read_po(file, locale="en"):
                if message.id:
                    english[message.id] = message
    return english


def refreshed(english: English, places: dict[Text, list[str]]) -> English:
    """Exactly the texts in use, earlier translations kept."""
    fresh = English()
    for text in places:
        translated = _translated(english, text)
        fresh.add(text.id, translated if len(text.forms) > 1 else translated[0], context=text.context or None)
    return fresh


def faults(english: English, places: dict[Text, list[str]]) -> list[str]:
    """What keeps the English from being complete: missing, no longer used, other placeholders or markup."""
    known = [Text(forms(message.id), message.context or "") for message in english if message.id]
    wrong = [f"no longer used: {text.forms[0]}" for text in known if text not in places]
    for text, files in places.items():
        translated = _translated(english, text)
        if not all(translated):
            wrong.append(f"missing: {text.forms[0]} ({files[0]})")
        elif any(_fixed(ours) != _fixed(theirs) for ours, theirs in zip(text.forms, translated, strict=True)):
            wrong.append(f"placeholders or markup differ: {text.forms[0]}")
    return wrong


def as_po(english: English) -> bytes:
    """The message file that people edit."""
    out = io.BytesIO()
    write_po(out, english, width=0)
    return out.getvalue()


def as_mo(english: English) -> bytes:
    """The message file that gettext reads."""
    out = io.BytesIO()
    write_mo(out, english)
    return out.getvalue()


def _translated(english: English, text: Text) -> tuple[str, ...]:
    """The English for each form, "" where there is none."""
    message = english.get(text.id, text.context or None)
    if message is None or message.fuzzy or forms(message.id) != text.forms:
        return ("",) * len(text.forms)
    return forms(message.string or "")


def forms(one_or_more: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (one_or_more,) if isinstance(one_or_more, str) else tuple(one_or_more)


def _fixed(text: str) -> set[str]:
    return set(_FIXED.findall(text))


def main() -> int:
    """0 when the English is complete."""
    places = gathered()
    if "--check" not in sys.argv:
        fresh = refreshed(catalog(), places)
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(as_po(fresh))
        PO.with_suffix(".mo").write_bytes(as_mo(catalog()))
    wrong = faults(catalog(), places)
    for line in wrong:
        print(line)
    print(f"{len(places)} texts, {len(wrong)} to look at")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
