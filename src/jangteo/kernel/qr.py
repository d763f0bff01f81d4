"""QR codes as pictures: what leads from paper or from another phone's screen to one of our pages."""

from __future__ import annotations

import segno


def qr_svg(text: str) -> str:
    """The code as inline SVG, black on white with its quiet zone, sized by whatever it stands in.

    The level of error correction stays at M: the Korean QR payment standard caps it, so that a patched code fails.
    """
    code = segno.make(text, error="m", boost_error=False, micro=False)
    return str(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None))
