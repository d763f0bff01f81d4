"""Everything that is known of a person as one ZIP: a page to read, a table for each topic, and JSON for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from jangteo.domains.regulars.effects import InMarket
from jangteo.faces._parts.words.privacy import FIELDS, topic_name
from jangteo.kernel import clock
from jangteo.kernel.personal import Kept, Value

# Spreadsheets take a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(markets: Sequence[InMarket]) -> bytes:
    """In Korean whatever the screen's language: papers are."""
    buffer = BytesIO()
    with translation.override("ko"), ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        name = _("내정보")
        _put(file, f"{name}.html", _page(markets))
        _put(file, f"{name}.json", _json(markets))
        for name, content in _tables(markets):
            _put(file, name, content)
    return buffer.getvalue()


def _put(file: ZipFile, name: str, content: str) -> None:
    # Without a moment of its own, which would be the machine's and not the market's.
    info = ZipInfo(name, clock.now().astimezone(clock.KST).timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    file.writestr(info, content.encode())


def _page(markets: Sequence[InMarket]) -> str:
    shown = [
        {"name": one.market, "topics": [{"name": topic_name(kept.topic), "table": _cells(kept)} for kept in one.kept]}
        for one in markets
    ]
    return render_to_string("shop/papers/my_data.html", {"markets": shown, "now": clock.now()})


def _cells(kept: Kept) -> list[list[str]]:
    """The heading and a line for each row."""
    names = list(kept.rows[0]) if kept.rows else []
    heading = [str(FIELDS.get(name, name)) for name in names]
    return [heading, *([_text(row[name]) for name in names] for row in kept.rows)]


def _tables(markets: Sequence[InMarket]) -> Iterator[tuple[str, str]]:
    folder = _("표")
    for number, one in enumerate(markets, start=1):
        for kept in one.kept:
            sheet = StringIO()
            # Korean spreadsheets take a file without this mark for another encoding.
            sheet.write("\ufeff")
            csv.writer(sheet).writerows([_harmless(cell) for cell in row] for row in _cells(kept))
            yield f"{folder}/{number}-{topic_name(kept.topic)}.csv", sheet.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _json(markets: Sequence[InMarket]) -> str:
    told = [
        {
            "market": one.market,
            "topics": {
                kept.topic: [{name: _plain(value) for name, value in row.items()} for row in kept.rows]
                for kept in one.kept
            },
        }
        for one in markets
    ]
    return json.dumps(told, ensure_ascii=False, indent=1)


def _plain(value: Value) -> str | int | None:
    return value.astimezone(clock.KST).isoformat() if isinstance(value, datetime) else value


def _text(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(clock.KST):%Y-%m-%d %H:%M}"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else value
