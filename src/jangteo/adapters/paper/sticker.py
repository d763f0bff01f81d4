"""The sticker at a stall: a code to scan and, for those who cannot, six digits to type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from jangteo.adapters.paper.press import as_pdf, as_png, qr_svg

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_NUMBER = re.compile(r"[0-9]{6}")
_TEMPLATE = "sticker"


@dataclass(frozen=True, slots=True)
class Sticker:
    """One A6 page. `link` is where the code leads (https); the six-digit `number` leads to the same place.

    The colours (#RRGGBB) are those of the market's awning. Raises ValueError for what cannot be printed.
    """

    market_name: str
    stripe_a: str
    stripe_b: str
    stall_name: str
    link: str
    number: str

    def __post_init__(self) -> None:
        if not (self.market_name.strip() and self.stall_name.strip()):
            raise ValueError("a sticker names its market and its stall")
        if not (_COLOUR.fullmatch(self.stripe_a) and _COLOUR.fullmatch(self.stripe_b)):
            raise ValueError("a stripe has two colours as #RRGGBB")
        if urlsplit(self.link).scheme != "https" or not urlsplit(self.link).hostname:
            raise ValueError("the code of a sticker is a full https address")
        if not _NUMBER.fullmatch(self.number):
            raise ValueError("a stall's number has six digits")


def stickers_pdf(stickers: Sequence[Sticker]) -> bytes:
    """A page for each sticker. Raises ValueError for none."""
    return as_pdf(_TEMPLATE, _values(stickers))


def stickers_png(stickers: Sequence[Sticker], *, ppi: int = 200) -> list[bytes]:
    """The same pages as pictures."""
    return as_png(_TEMPLATE, _values(stickers), ppi=ppi)


def _values(stickers: Sequence[Sticker]) -> list[dict[str, str | list[str]]]:
    if not stickers:
        raise ValueError("no stickers to print")
    return [
        {
            "market": sticker.market_name,
            "stripe_a": sticker.stripe_a,
            "stripe_b": sticker.stripe_b,
            "stall": sticker.stall_name,
            "link": sticker.link,
            "qr": qr_svg(sticker.link),
            "host": urlsplit(sticker.link).netloc,
            "number": [sticker.number[:3], sticker.number[3:]],
        }
        for sticker in stickers
    ]
