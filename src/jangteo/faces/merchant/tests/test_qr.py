from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
import zxingcpp
from django.test import Client
from PIL import Image, ImageDraw

from jangteo.adapters.paper.printer import TypstPress
from jangteo.domains.counter import papers
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.tests.conftest import _card as _card
from jangteo.domains.counter.tests.sales import begun, card_paid
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("_card")


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def asked(phone: Client, won: str = "12,000") -> str:
    """Type an amount and press; the page with the code."""
    key = re.search(r'name="key" value="([^"]+)"', phone.get("/stall/qr/").content.decode())
    assert key
    answer = phone.post("/stall/qr/", {"key": key[1], "amount_won": won})
    assert answer.status_code == 302
    return str(answer["Location"])


def words(phone: Client, page: str, fragment: str = "") -> str:
    html = phone.get(page, headers={"X-Fragment": fragment} if fragment else {}).content.decode()
    return " ".join(unescape(re.sub(r"<(style|script)[^>]*>.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)).split())


def sale_of(world: World) -> CounterSale:
    with in_market(world.market.pk):
        return CounterSale.objects.latest("pk")


def scanned(html: str) -> str:
    """What a camera reads from the code of the page: the modules of the inline SVG, drawn with Pillow."""
    svg = re.search(r'<svg[^>]*viewBox="0 0 (\d+) (\d+)"[^>]*class="qr"[^>]*>(.*?)</svg>', html)
    assert svg, "no code"
    size, zoom = int(svg[1]), 6
    picture = Image.new("L", (size * zoom, size * zoom), 255)
    draw = ImageDraw.Draw(picture)
    path = re.findall(r'd="([^"]+)"', svg[3])[-1]
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            top = int(y) * zoom
            draw.rectangle((int(x) * zoom, top, int(x + values[0]) * zoom - 1, top + zoom - 1), fill=0)
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.ec_level == "M"
    return str(code.text)


def test_an_amount_becomes_a_code_that_leads_to_its_page(world: World, phone: Client) -> None:
    page = asked(phone)
    html = phone.get(page).content.decode()

    sale = sale_of(world)
    assert (sale.source, sale.amount_won, sale.stall_id) == ("dynamic", 12_000, world.fish.pk)
    assert scanned(html) == f"http://testserver/jangteo/counter/{sale.token}/"
    assert 'data-left="180"' in html
    assert "12,000원 손님 전화기 사진기로 찍게 보여 주세요." in words(phone, page)


def test_after_three_minutes_the_code_is_gone(world: World, phone: Client) -> None:
    page = asked(phone)

    with clock.at(NOON + timedelta(minutes=3)):
        said = words(phone, page, "code")

    assert "3분이 지났어요" in said
    assert "다음 손님" in said


@pytest.mark.parametrize(("won", "said"), [("", "얼마인지 적어 주세요."), ("50", "100원부터 낼 수 있어요.")])
def test_an_amount_that_cannot_be_asked_for(world: World, phone: Client, won: str, said: str) -> None:
    answer = phone.post("/stall/qr/", {"key": "key-00000001", "amount_won": won})

    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_money_by_card_is_said_aloud_and_shown_with_a_tick(world: World, phone: Client) -> None:
    sale = card_paid(world)

    for page in ("/stall/", "/stall/goods/", f"/stall/qr/{sale.pk}/"):
        html = phone.get(page).content.decode()
        assert f'data-tell="sale-{sale.pk}" data-speak="12,000원 받았어요."' in html
    assert "받았어요 12,000원" in words(phone, f"/stall/qr/{sale.pk}/", "code")
    with clock.at(NOON + timedelta(minutes=3)):
        assert "data-tell" not in phone.get("/stall/").content.decode()


def test_a_claim_rings_until_the_stall_answers(world: World, phone: Client) -> None:
    sale = begun(world, "cash")

    html = phone.get("/stall/", headers={"X-Fragment": "sales"}).content.decode()
    assert f'data-call="sale-{sale.pk}"' in html
    assert 'data-speak="현금으로 12,000원 냈대요. 받으셨으면 눌러 주세요."' in html

    answer = phone.post(f"/stall/qr/{sale.pk}/answer/", {"received": "yes"})

    assert answer["Location"] == f"/stall/qr/{sale.pk}/"
    assert "받았어요 12,000원" in words(phone, answer["Location"])
    assert "data-call" not in phone.get("/stall/", headers={"X-Fragment": "sales"}).content.decode()


def test_a_claim_can_be_denied(world: World, phone: Client) -> None:
    sale = begun(world, "cash")

    phone.post(f"/stall/qr/{sale.pk}/answer/", {"received": "maybe"})
    assert sale_of(world).state == "claimed"
    phone.post(f"/stall/qr/{sale.pk}/answer/", {"received": "no"})

    assert "못 받았다고 했어요" in words(phone, f"/stall/qr/{sale.pk}/")


def test_what_came_today_is_listed_and_can_be_given_back(world: World, phone: Client) -> None:
    sale = card_paid(world, 7_000)

    assert "7,000원 낮 12시 카드 돌려주기" in words(phone, "/stall/qr/")
    assert "7,000원을 돌려드릴까요? 손님 카드로 모두 돌아가요." in words(phone, f"/stall/qr/{sale.pk}/back/")
    phone.post(f"/stall/qr/{sale.pk}/back/")

    assert "7,000원 낮 12시 돌려드렸어요" in words(phone, "/stall/qr/")
    again = phone.post(f"/stall/qr/{sale.pk}/back/")
    assert again.status_code == 302


def test_another_stalls_sale_is_not_there(world: World, stranger: Client) -> None:
    sale = begun(world, "cash")

    for page in ("", "back/"):
        assert stranger.get(f"/stall/qr/{sale.pk}/{page}").status_code == 404
    assert stranger.post(f"/stall/qr/{sale.pk}/answer/", {"received": "yes"}).status_code == 404
    assert "data-call" not in stranger.get("/stall/").content.decode()


def test_the_sticker_is_a_paper_to_keep(world: World, phone: Client) -> None:
    papers.use(TypstPress())

    made = phone.get("/stall/qr/sticker.pdf")

    assert made.content.startswith(b"%PDF-")
    assert made["Content-Disposition"] == f'attachment; filename="sticker-{world.fish.code}.pdf"'
