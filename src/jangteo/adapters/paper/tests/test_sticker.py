from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from jangteo.adapters.paper.sticker import stickers_pdf, stickers_png
from jangteo.adapters.paper.tests.orders import STICKER
from jangteo.domains.counter.papers import Sticker

LONG = replace(STICKER, stall_name="할머니 손맛 메밀전병과 콧등치기국수 그리고 수수부꾸미 #1 *본점*")


def pictures(*stickers: Sticker, ppi: int = 150) -> list[Image.Image]:
    return [Image.open(BytesIO(page)).convert("RGB") for page in stickers_png(stickers, ppi=ppi)]


def colour_at(picture: Image.Image, x_mm: float, y_mm: float) -> str:
    per_mm = picture.width / 105
    left, top = int(x_mm * per_mm), int(y_mm * per_mm)
    return f"#{picture.crop((left, top, left + 1, top + 1)).tobytes().hex().upper()}"


@pytest.mark.parametrize("ppi", [72, 150, 300])
def test_the_code_leads_where_it_should(ppi: int) -> None:
    (picture,) = pictures(STICKER, ppi=ppi)

    (code,) = zxingcpp.read_barcodes(picture)
    assert (code.text, code.ec_level) == (STICKER.link, "M")


@pytest.mark.parametrize("degrees", [7, -20, 90, 180])
def test_the_code_is_read_from_a_crooked_small_picture(degrees: int) -> None:
    (picture,) = pictures(STICKER)
    crooked = picture.rotate(degrees, expand=True, fillcolor="#888").resize((310, 440))

    assert [code.text for code in zxingcpp.read_barcodes(crooked)] == [STICKER.link]


def test_every_sticker_has_a_page_of_a6() -> None:
    far = replace(STICKER, link="https://market.example/" + "x" * 150)
    pages = pictures(STICKER, LONG, far, ppi=254)

    assert [page.size for page in pages] == [(1050, 1480)] * 3
    assert [code.text for page in pages for code in zxingcpp.read_barcodes(page)] == [STICKER.link, LONG.link, far.link]


def test_the_awning_has_the_colours_of_the_market() -> None:
    (picture,) = pictures(STICKER)
    stripe_mm = 105 / 9

    assert [colour_at(picture, stripe_mm * (n + 0.5), 2) for n in range(9)] == ["#0B6B45", "#FFC933"] * 4 + ["#0B6B45"]


def test_a_name_is_printed_and_not_carried_out() -> None:
    (plain,) = pictures(replace(STICKER, stall_name="순자네 panic 수산"))
    (marked,) = pictures(replace(STICKER, stall_name='#panic("순자네") $수산$ \\ "'))

    assert plain.size == marked.size
    assert plain.tobytes() != marked.tobytes()


def test_the_same_stickers_are_the_same_bytes_without_a_date() -> None:
    made = stickers_pdf([STICKER, LONG])

    assert made.startswith(b"%PDF-")
    assert stickers_pdf([STICKER, LONG]) == made
    assert b"CreationDate" not in made
    assert len(made) < 60_000


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"market_name": " "}, "names"),
        ({"stall_name": ""}, "names"),
        ({"stripe_a": "green"}, "colours"),
        ({"stripe_b": "#FFF"}, "colours"),
        ({"link": "http://market.example/q/482917"}, "https"),
        ({"link": "https:///q/482917"}, "https"),
        ({"number": "48291"}, "six digits"),
        ({"number": "４８２９１７"}, "six digits"),
    ],
)
def test_what_cannot_be_printed_is_not_made(wrong: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(STICKER, **wrong)


def test_no_stickers_are_no_paper() -> None:
    with pytest.raises(ValueError, match="no stickers"):
        stickers_pdf([])
