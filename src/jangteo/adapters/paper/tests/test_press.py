from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from PIL import ImageFont

from jangteo.adapters.paper import press, ticket
from jangteo.adapters.paper.press import as_pdf
from jangteo.adapters.paper.tests.orders import ORDER

HERE = Path(press.__file__).parent
FONTS = sorted((HERE / "fonts").glob("*.otf"))
NOBODY_HAS = "\ue000"


def test_papers_are_set_in_the_fonts_of_the_package_alone() -> None:
    found = {(font.family, font.weight) for font in press._fonts().fonts()}

    assert found == {("Jangteo Paper", 500), ("Jangteo Paper", 800)}


def test_the_licence_of_the_fonts_is_beside_them() -> None:
    licence = (HERE / "fonts" / "OFL.txt").read_text(encoding="utf-8")

    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Kil Hyung-jin" in licence
    assert sum(path.stat().st_size for path in FONTS) < 1_500_000


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_a_font_has_what_names_are_written_with(path: Path) -> None:
    font = ImageFont.truetype(str(path), 16)
    korean = {bytes(pair).decode("euc-kr") for pair in product(range(0xB0, 0xC9), range(0xA1, 0xFF))}
    printed = "".join(file.read_text(encoding="utf-8") for file in [*HERE.glob("*.typ"), HERE / "words.py"])
    wanted = (korean | set(printed) | set("똠쌰쀼ABCxyz0123456789()[]·×~&'㎏㈜①★₩")) - set(" \n")
    missing = bytes(font.getmask(NOBODY_HAS))

    assert len(korean) == 2350
    assert sorted(character for character in wanted if bytes(font.getmask(character)) == missing) == []


def test_templates_are_set_without_a_warning() -> None:
    inputs = press._inputs(ticket._values(ORDER))
    _, warnings = press._compiler("receipt").compile_with_warnings(format="pdf", sys_inputs=inputs)

    assert warnings == []


def test_a_value_that_is_missing_is_noticed() -> None:
    with pytest.raises(RuntimeError, match="market"):
        as_pdf("receipt", {key: value for key, value in ticket._values(ORDER).items() if key != "market"})
