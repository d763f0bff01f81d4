"""Sets a template of this package with typst, in the fonts of this package and no others."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import typst

_HERE = Path(__file__).parent


def as_pdf(template: str, values: object) -> bytes:
    """A tagged PDF without a date. `values` is what the template finds in `values`: anything JSON can hold.

    Values arrive as data, never as markup: a stall called "#emph" is printed with its sign.
    """
    made = _compiler(template).compile(format="pdf", sys_inputs=_inputs(values), pdf_standards="ua-1")
    if not isinstance(made, bytes):
        raise TypeError("one PDF was expected")
    return made


def as_png(template: str, values: object, *, ppi: int) -> list[bytes]:
    """A picture of each page, for a look before printing."""
    made = _compiler(template).compile(format="png", sys_inputs=_inputs(values), ppi=ppi)
    return [made] if isinstance(made, bytes) else made or []


def _compiler(template: str) -> typst.Compiler:
    # A compiler keeps the inputs of its last run, so no two threads may share one.
    return typst.Compiler(input=str(_HERE / f"{template}.typ"), root=str(_HERE), font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    folder = str(_HERE / "fonts")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _inputs(values: object) -> dict[str, str]:
    return {"values": json.dumps(values, ensure_ascii=False)}
