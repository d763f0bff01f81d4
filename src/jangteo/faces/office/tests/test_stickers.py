from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
import zxingcpp
from django.test import Client, RequestFactory
from PIL import Image

from jangteo.adapters.paper.printer import TypstPress
from jangteo.adapters.paper.sticker import stickers_png
from jangteo.domains.counter import papers
from jangteo.faces._parts.stickers import sticker_of
from tests.world import World


@pytest.fixture(autouse=True)
def _press() -> Iterator[None]:
    papers.use(TypstPress())
    yield
    papers._presses.clear()


def test_every_printed_code_is_read_and_leads_to_its_stall(world: World) -> None:
    request = RequestFactory().get("/")
    stalls = [world.fish, world.greens, world.tofu_stall, world.stranger]

    pages = stickers_png([sticker_of(request, world.market, stall) for stall in stalls], ppi=150)

    read = [[code.text for code in zxingcpp.read_barcodes(Image.open(BytesIO(page)))] for page in pages]
    assert read == [[f"https://testserver/jangteo/pay/{stall.code}/"] for stall in stalls]


def test_where_the_code_leads_there_is_a_page(world: World) -> None:
    link = sticker_of(RequestFactory().get("/"), world.market, world.fish).link

    assert Client().get(link.removeprefix("https://testserver")).status_code == 200


def test_one_sticker_or_all(world: World, desk: Client) -> None:
    one, every = desk.get(f"/office/stalls/{world.fish.pk}/sticker.pdf"), desk.get("/office/stalls/stickers.pdf")

    assert one["Content-Disposition"] == f'attachment; filename="sticker-{world.fish.code}.pdf"'
    assert every["Content-Disposition"] == 'attachment; filename="stickers.pdf"'
    assert (one.content[:5], every.content[:5]) == (b"%PDF-", b"%PDF-")
    assert one.content.count(b"/MediaBox") == 1
    assert every.content.count(b"/MediaBox") == 4


def test_the_pages_of_the_office_lead_to_the_papers(world: World, desk: Client) -> None:
    assert (
        f'href="/office/stalls/{world.fish.pk}/sticker.pdf"'
        in desk.get(f"/office/stalls/{world.fish.pk}/").content.decode()
    )
    assert 'href="/office/stalls/stickers.pdf"' in desk.get("/office/stalls/").content.decode()


def test_another_markets_stall_has_no_sticker_here(world: World, other_desk: Client) -> None:
    assert other_desk.get(f"/office/stalls/{world.fish.pk}/sticker.pdf").status_code == 404
