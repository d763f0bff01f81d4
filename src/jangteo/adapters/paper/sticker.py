"""The sticker at a stall: a code to scan and, for those who cannot, six digits to type."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from jangteo.adapters.paper.press import as_pdf, as_png
from jangteo.domains.counter.papers import Sticker
from jangteo.kernel.qr import qr_svg

_TEMPLATE = "sticker"


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
