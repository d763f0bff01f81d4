"""Gathers every text of the screens into the English message file and compiles it.

`messages.py` adds what is new (untranslated) and drops what is gone; `messages.py --check` only says what is missing.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import template

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "jangteo"
PO = PACKAGE / "project" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int, ...] | tuple[tuple[int, str], int] | None] = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "_p": ((1, "c"), 2),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def sources() -> list[Path]:
    """Python files and templates of the product, tests left out."""
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
    return sorted(path for path in files if not {"tests", "migrations"} & set(path.parts))


def texts_in(path: Path) -> set[str]:
    """The message ids of one file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        source = template.templatize(source, origin=str(path))
    found = extract("python", io.BytesIO(source.encode()), KEYWORDS, (), {"encoding": "utf-8"})
    return {ids if isinstance(ids, str) else ids[0] for _, ids, _, _ in found if ids}


def gathered() -> dict[str, list[str]]:
    """Message id to the files it stands in."""
    places: dict[str, list[str]] = {}
    for path in sources():
        for text in texts_in(path):
            places.setdefault(text, []).append(path.relative_to(ROOT).as_posix())
    return dict(sorted(places.items()))


def catalog() -> Catalog:
    """The English messages as they are on disk."""
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def _dateless(messages: Catalog) -> str:
    """The message file without the dates and names that would change at every run."""
    out = io.BytesIO()
    write_po(out, messages, width=0)
    return "".join(
        line
        for line in out.getvalue().decode().splitlines(keepends=True)
        if not re.match(r'"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid|Generated)', line)
    )


def faults(messages: Catalog, places: dict[str, list[str]]) -> list[str]:
    """What keeps the English from being complete: missing, surplus, or other placeholders than the Korean."""
    known = {message.id: message for message in messages if message.id}
    wrong = [f"missing: {text} ({files[0]})" for text, files in places.items() if not _english(known.get(text))]
    wrong += [f"no longer used: {text}" for text in known if text not in places]
    wrong += [
        f"placeholders differ: {text}"
        for text, message in known.items()
        if _english(message) and sorted(set(PLACEHOLDER.findall(str(text)))) != _placeholders(message)
    ]
    return wrong


def _english(message: Message | None) -> str:
    return "" if message is None or message.fuzzy else str(message.string or "")


def _placeholders(message: Message) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(_english(message))))


def compiled(messages: Catalog) -> bytes:
    """The bytes of the message file that gettext reads."""
    out = io.BytesIO()
    write_mo(out, messages)
    return out.getvalue()


def refresh(places: dict[str, list[str]]) -> Catalog:
    """The catalog with exactly the texts in use, earlier translations kept."""
    earlier = catalog() if PO.exists() else Catalog(locale="en")
    fresh = Catalog(locale="en", project="Jangteo", charset="utf-8", fuzzy=False, header_comment="# English")
    for text in places:
        before = earlier.get(text)
        fresh.add(text, _english(before), flags=["python-format"] if PLACEHOLDER.search(text) else ())
    return fresh


def main() -> int:
    """0 when the English is complete."""
    places = gathered()
    if "--check" not in sys.argv:
        fresh = refresh(places)
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_text(_dateless(fresh), encoding="utf-8")
        PO.with_suffix(".mo").write_bytes(compiled(fresh))
    wrong = faults(catalog(), places)
    for line in wrong:
        print(line)
    print(f"{len(places)} texts, {len(wrong)} to look at")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
