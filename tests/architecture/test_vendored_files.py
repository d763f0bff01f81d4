"""Files of other projects are the pinned ones, unchanged; `scripts/vendor.py` makes them."""

from __future__ import annotations

import hashlib
import json
import re

from tests.architecture.sources import ROOT

PINS = json.loads((ROOT / "scripts" / "vendor.json").read_text())


def test_copies_are_the_pinned_files() -> None:
    found = {pin["target"]: hashlib.sha256((ROOT / pin["target"]).read_bytes()).hexdigest() for pin in PINS["copies"]}

    assert found == {pin["target"]: pin["sha256"] for pin in PINS["copies"]}


def test_nothing_is_vendored_without_a_pin() -> None:
    pinned = {pin["target"] for pin in PINS["copies"]}

    present = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "src").glob("**/static/vendor/**/*") if path.is_file()
    }
    assert present == pinned


def test_sprite_has_exactly_the_listed_icons() -> None:
    drawn = re.findall(r'<symbol id="([^"]+)"', (ROOT / PINS["icons"]["target"]).read_text())

    assert drawn == sorted((ROOT / "scripts" / "icons.txt").read_text().split())
