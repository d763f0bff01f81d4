"""Every code that a camera reads has a number beside it for whoever has no camera, and typing it does the same."""

from __future__ import annotations

import re

import pytest
from django.test import Client, RequestFactory

from jangteo.faces._parts.stickers import sticker_of
from scripts.messages import PACKAGE
from tests.world import World

# Whatever draws a code, with what stands beside it.
DRAWN = {
    "adapters/paper/sticker.py": "the stall's number",
    "adapters/paper/ticket.py": "the order's number",
    "faces/merchant/views/paper.py": "the order's number",
    "faces/merchant/views/qr.py": "the stall's number",
    "faces/merchant/views/stamps.py": "six digits for the page of stamps",
    "faces/office/views/coupons.py": "the coupon's code",
    "faces/helper/rebate_desk.py": "the number of the queue",
    "faces/shop/views/receipt.py": "the order's number",
    "faces/shop/views/sale_receipt.py": "a link of one's own, opened already where it is shown",
    "faces/office/views/stalls.py": "the link itself, sent by text in one tap, and the stall's number",
    "faces/office/views/calls.py": "the link itself, copied and sent by text in one press",
    "faces/office/views/couriers.py": "the link itself, sent by text in one tap",
    "faces/office/views/helper_phones.py": "the link itself, sent by text in one tap",
    "project/cli/up.py": "the address itself",
}


DRAWS = re.compile(r"\bqr_svg\(|^import segno", re.MULTILINE)


@pytest.mark.rule(17)
def test_every_place_that_draws_a_code_is_known() -> None:
    files = [path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts]
    drawing = {path.relative_to(PACKAGE).as_posix() for path in files if DRAWS.search(path.read_text("utf-8"))}

    assert drawing - {"kernel/qr.py"} == set(DRAWN)


@pytest.mark.rule(17)
def test_the_number_of_a_sticker_does_what_its_code_does(world: World, client: Client) -> None:
    sticker = sticker_of(RequestFactory().get("/"), world.market, world.fish)
    typed = client.get("/jangteo/pay/", {"number": f"{world.fish.code[:3]} {world.fish.code[3:]}"})

    assert sticker.link == f"https://testserver{typed['Location']}"


@pytest.mark.rule(17)
def test_beside_an_amounts_code_stands_a_number_that_pays_the_same_stall(
    world: World, stall: Client, client: Client
) -> None:
    code = stall.post("/stall/qr/", {"amount_won": "12000", "key": "k" * 36})["Location"]
    page = stall.get(code).content.decode()

    assert "scan-code" in page
    assert f'가게 번호 <b class="num nowrap">{world.fish.code}</b>' in page
    typed = client.get("/jangteo/pay/", {"number": world.fish.code}, follow=True).content.decode()
    assert "순자네 수산에 내기" in " ".join(typed.split())


@pytest.mark.rule(17)
@pytest.mark.parametrize("page", ["office/link.html", "office/helper_link.html"])
def test_beside_the_code_of_a_link_stands_the_link_and_a_way_to_send_it(page: str) -> None:
    source = (PACKAGE / "faces/office/templates" / page).read_text(encoding="utf-8")

    assert "way.qr" in source
    assert 'value="{{ way.address }}"' in source
    assert "sms:" in source or "data-copy" in source
