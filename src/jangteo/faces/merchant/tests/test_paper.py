from __future__ import annotations

import pytest
from django.test import Client

from jangteo.adapters.paper.escpos import slip_bytes
from jangteo.adapters.paper.printer import TypstPress
from jangteo.adapters.paper.tests.test_escpos import decoded, lines
from jangteo.domains.counter import papers
from jangteo.domains.counter.papers import Paper
from jangteo.domains.counter.slip_papers import OrderSlip, SlipLine
from jangteo.faces.merchant.tests.part_of import new_part, part_of
from jangteo.kernel.qr import qr_svg
from tests.world import World, order

SLIP = OrderSlip(
    market_name="장터시장",
    stall_name="순자네 수산",
    number=37,
    how="가지러 와요 오늘 저녁 6시",
    customer="김영숙 님",
    lines=(SlipLine("고등어 두 손", "16,000원"), SlipLine("아주아주 이름이 긴 제주 은갈치 세트 1상자", "120,000원쯤")),
    total="136,000원쯤",
    paid="와서 낼 거예요",
    note="“머리는 떼 주세요”",
    link="https://jangteo.example/stall/orders/123/",
)


@pytest.mark.parametrize("paper", list(Paper))
def test_a_slip_fits_its_paper_and_says_everything(paper: Paper) -> None:
    printed = slip_bytes(SLIP, paper)
    text = "".join(decoded(printed).split())

    assert max(width for _, width in lines(printed)) <= paper
    for words in ("37번", "고등어두손", "16,000원", "136,000원쯤", "김영숙님", "“머리는떼주세요”", SLIP.link):
        assert words in text


def test_a_slip_with_nothing_on_it_is_not_printed() -> None:
    with pytest.raises(ValueError, match="nothing on it"):
        OrderSlip("시장", "가게", 1, "", "", (), "0원", "", "", "https://jangteo.example/")


@pytest.mark.rule(17)
def test_the_code_and_the_number_lead_to_the_same_page(world: World, phone: Client) -> None:
    part = new_part(world)

    page = phone.get(f"/stall/orders/{part.pk}/paper/").content.decode()

    assert qr_svg(f"http://testserver/stall/orders/{part.pk}/") in page
    found = phone.get("/stall/orders/find/", {"number": f"{part.order.number}번"})
    assert found["Location"] == f"/stall/orders/{part.pk}/"


def test_a_number_of_another_day_finds_what_is_still_to_do(world: World, phone: Client) -> None:
    first = new_part(world)
    phone.post(f"/stall/orders/{first.pk}/accept/")

    placed = order(world, (world.kimchi, 1))
    strangers = part_of(world, placed.order_id, world.stranger)

    assert phone.get("/stall/orders/find/", {"number": strangers.order.number}).status_code == 404
    assert phone.get("/stall/orders/find/", {"number": first.order.number})["Location"].endswith(f"/{first.pk}/")


@pytest.mark.parametrize("number", ["", "0", "999999", "스물", "9" * 30])
def test_a_number_that_is_nobodys_says_what_to_do(phone: Client, number: str) -> None:
    answer = phone.get("/stall/orders/find/", {"number": number})

    assert answer.status_code == 404
    assert ("번호를 다시 봐 주세요" in answer.content.decode()) is bool(number)


@pytest.mark.parametrize(("mm", "columns"), [("58", 32), ("80", 48), ("a4", 32)])
def test_the_file_for_the_printer_has_its_width(world: World, phone: Client, mm: str, columns: int) -> None:
    papers.use(TypstPress())
    part = new_part(world)

    answer = phone.get(f"/stall/orders/{part.pk}/paper.bin", {"mm": mm})

    assert answer["Content-Type"] == "application/octet-stream"
    assert f"{part.order.number}번".encode("cp949") in answer.content
    assert max(width for _, width in lines(answer.content)) == columns
