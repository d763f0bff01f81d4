"""The camera: windows of the sizes people have, and pictures small enough for a repository."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

SHOTS = Path(__file__).resolve().parents[2] / "docs" / "shots"
MOST_BYTES = 60_000
# Best first; the first that fits into MOST_BYTES is taken.
QUALITIES = (80, 70, 60, 50, 40, 30)
PHONE = ViewportSize(width=390, height=844)
PHONE_SCALE = 1.5
DESK = ViewportSize(width=1280, height=800)
LOW_DESK = ViewportSize(width=1280, height=560)
TELEVISION = ViewportSize(width=1280, height=720)
BROWSER = (
    "--no-sandbox",
    "--disable-gpu",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--font-render-hinting=none",
)


def window(browser: Browser, size: ViewportSize) -> Page:
    """A page in a browser of its own: nobody else's cookies."""
    context = browser.new_context(
        viewport=size,
        device_scale_factor=PHONE_SCALE if size is PHONE else 1,
        has_touch=size is PHONE,
        locale="ko-KR",
        timezone_id="Asia/Seoul",
        reduced_motion="reduce",
    )
    return context.new_page()


def keep(page: Page, name: str, top: str = "body") -> None:
    """Save the window from the element `top` on, once its pictures and fonts are there.

    Exits when it will not get small enough.
    """
    page.mouse.move(0, 0)
    page.evaluate("() => { document.activeElement?.blur(); return document.fonts.ready; }")
    page.locator(top).first.evaluate("(first) => first.scrollIntoView({ block: 'start' })")
    page.wait_for_function(
        "() => [...document.images].every((i) => i.loading === 'lazy' || (i.complete && i.naturalWidth))"
    )
    page.wait_for_load_state("load")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
    for quality in QUALITIES:
        small = io.BytesIO()
        picture.save(small, "WEBP", quality=quality, method=6)
        if small.tell() <= MOST_BYTES:
            (SHOTS / f"{name}.webp").write_bytes(small.getvalue())
            print(f"docs/shots/{name}.webp  {picture.width} x {picture.height}, {small.tell():,} bytes")
            return
    sys.exit(f"{name} does not fit into {MOST_BYTES:,} bytes")
