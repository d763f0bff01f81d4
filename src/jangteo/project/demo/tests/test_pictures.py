import json
import re
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

from jangteo.domains.markets.rules import STARTER_KINDS
from jangteo.project.demo.content import PICTURES

DRAWINGS = Path(__file__).parents[1] / "drawings"
PINNED = Path(__file__).resolve().parents[5] / "scripts" / "pictures.json"
SYMBOLS = PICTURES.parent / "kinds.svg"
MOST_BYTES = 9_000


def test_every_picture_comes_from_the_pinned_package_or_is_drawn_here() -> None:
    packaged = set(json.loads(PINNED.read_text(encoding="utf-8"))["pictures"])
    drawn = {path.stem for path in DRAWINGS.glob("*.svg")} - {"light"}
    symbols = {f"kind-{kind.key}" for kind in STARTER_KINDS}

    assert packaged & drawn == set()
    assert packaged | drawn | symbols == {path.stem for path in PICTURES.iterdir()}
    assert (len(packaged), len(drawn)) == (86, 141)


def test_the_package_is_pinned_by_version_and_hash() -> None:
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))

    assert re.fullmatch(r"\d+\.\d+\.\d+", pinned["version"])
    assert all(re.fullmatch(r"[0-9a-f]{64}", entry["sha256"]) for entry in pinned["pictures"].values())


def test_pictures_are_small_squares_on_a_clear_ground() -> None:
    for path in PICTURES.iterdir():
        with Image.open(path) as picture:
            assert (picture.format, picture.size, picture.mode) == ("WEBP", (240, 240), "RGBA"), path.name
            assert picture.getchannel("A").getpixel((0, 0)) == 0, path.name
        assert path.stat().st_size <= MOST_BYTES, path.name


def test_every_kind_of_stall_has_its_symbol() -> None:
    sprite = ElementTree.parse(SYMBOLS)  # noqa: S314  # our own file, not an upload

    symbols = sprite.findall("{http://www.w3.org/2000/svg}symbol")

    assert [symbol.get("id") for symbol in symbols] == [f"kind-{kind.key}" for kind in STARTER_KINDS]
    assert {symbol.get("stroke-width") for symbol in symbols} == {"2"}
