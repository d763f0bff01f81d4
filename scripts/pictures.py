"""Make the pictures of the demo goods again: `python scripts/pictures.py` from anywhere.

Three sources, one result. Pictures named in `pictures.json` are taken out of a pinned npm package and checked by hash;
others are this project's own drawings, drawn by headless Chromium under one light; the symbols of the twelve kinds
stand in for goods that no picture shows. Every result is a WebP of 240 x 240 with a clear ground in
`src/jangteo/faces/_parts/static/goods/`. Needs npm, Chromium and the dev lock.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
LIST = Path(__file__).with_suffix(".json")
DRAWINGS = ROOT / "src/jangteo/project/demo/drawings"
GOODS = ROOT / "src/jangteo/faces/_parts/static/goods"
LIGHT = "light"
SIDE_PX = 240
MAX_BYTES = 8_000
# Quality of colour and of the clear edge, best first; the first that fits into MAX_BYTES is taken, else the last.
QUALITIES = ((82, 60), (74, 60), (66, 50), (56, 50))
PAGE = """<style>
body {{ margin: 0 }}
body > svg:first-of-type {{ position: absolute }}
body > svg:last-of-type {{ display: block; width: {side}px; height: {side}px }}
</style>{light}{drawing}"""
SPRITE = GOODS.parent / "kinds.svg"
SVG = "http://www.w3.org/2000/svg"
# Ink on a white edge, so that it is seen on light and on dark grounds.
SYMBOL = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 32 32">
<g stroke-linecap="round" stroke-linejoin="round">
<g fill="#fff" stroke="#fff" stroke-width="5">{shape}</g>
<g fill="none" stroke="#16201b" stroke-width="2">{shape}</g>
</g></svg>
"""


def main() -> None:
    listed = json.loads(LIST.read_text(encoding="utf-8"))
    GOODS.mkdir(parents=True, exist_ok=True)
    pictures = packaged(f"{listed['package']}@{listed['version']}", listed["pictures"]) | drawn()
    for stale in set(GOODS.glob("*.webp")) - {GOODS / f"{key}.webp" for key in pictures}:
        stale.unlink()
    total = sum(write(key, image) for key, image in sorted(pictures.items()))
    sys.stdout.write(f"{len(pictures)} pictures, {total:,} bytes\n")


def packaged(package: str, wanted: dict[str, dict[str, str]]) -> dict[str, Image.Image]:
    """The listed pictures of an npm package by key. Raises ValueError when a file is not the one that was pinned."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is needed to fetch the picture package")
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            [npm, "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
        )
        with tarfile.open(Path(folder) / packed.stdout.strip().splitlines()[-1]) as archive:
            return {key: checked(archive, entry) for key, entry in wanted.items()}


def checked(archive: tarfile.TarFile, entry: dict[str, str]) -> Image.Image:
    member = archive.extractfile(f"package/{entry['file']}")
    content = member.read() if member else b""
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise ValueError(f"{entry['file']} is not the pinned file")
    return Image.open(io.BytesIO(content)).convert("RGBA")


def drawn() -> dict[str, Image.Image]:
    """The project's own drawings and symbols by key, each rendered with the shared filters of `light.svg`."""
    light = (DRAWINGS / f"{LIGHT}.svg").read_text(encoding="utf-8")
    sources = {path.stem: path.read_text(encoding="utf-8") for path in DRAWINGS.glob("*.svg") if path.stem != LIGHT}
    images = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb"],
        )
        page = browser.new_page(viewport={"width": SIDE_PX, "height": SIDE_PX})
        for key, drawing in sorted((sources | symbols()).items()):
            page.set_content(PAGE.format(side=SIDE_PX, light=light, drawing=drawing))
            images[key] = Image.open(io.BytesIO(page.screenshot(omit_background=True))).convert("RGBA")
        browser.close()
    return images


def symbols() -> dict[str, str]:
    """The drawings of the kinds by key."""
    ElementTree.register_namespace("", SVG)  # shapes are put into a page, which knows them without a prefix only
    drawings = {}
    sprite = ElementTree.parse(SPRITE)  # noqa: S314  # our own file, not an upload
    for symbol in sprite.getroot().iter(f"{{{SVG}}}symbol"):
        shape = "".join(ElementTree.tostring(part, encoding="unicode") for part in symbol)
        drawings[symbol.attrib["id"]] = SYMBOL.format(shape=shape)
    return drawings


def write(key: str, image: Image.Image) -> int:
    """Save one picture and say how many bytes it takes."""
    scaled = image.resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS)
    content = b""
    for colour, edge in QUALITIES:
        buffer = io.BytesIO()
        scaled.save(buffer, "WEBP", quality=colour, alpha_quality=edge, method=6)
        content = buffer.getvalue()
        if len(content) <= MAX_BYTES:
            break
    return (GOODS / f"{key}.webp").write_bytes(content)


if __name__ == "__main__":
    main()
