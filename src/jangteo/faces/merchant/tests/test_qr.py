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
from jangteo.domains.counter.tests.sales import begun, card_paid, taken_in
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, takes_vouchers

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


def key_of(phone: Client, page: str) -> str:
    key = re.search(r'name="key" value="([^"]+)"', phone.get(page).content.decode())
    assert key
    return key[1]


def test_what_came_today_is_listed_and_can_be_given_back(world: World, phone: Client) -> None:
    sale = card_paid(world, 7_000)
    back = f"/stall/qr/{sale.pk}/back/"

    assert "7,000원 낮 12시 카드 돌려주기" in words(phone, "/stall/qr/")
    assert "얼마를 돌려드릴까요? 낮 12시에 받은 7,000원이에요. 7,000원 모두" in words(phone, back)
    quoted = words(phone, f"{back}?whole=on")
    assert "7,000원을 돌려드릴까요? 카드 7,000원 3~5일 안에 카드로 돌아와요." in quoted
    assert "남는 돈 0원" in quoted
    key = key_of(phone, f"{back}?whole=on")
    for _ in range(2):
        done = phone.post(back, {"amount_won": "7000", "key": key})

    assert "7,000원을 돌려드렸어요." in words(phone, str(done["Location"]))
    assert "되돌리기" not in words(phone, str(done["Location"]))
    assert "7,000원 낮 12시 돌려드렸어요" in words(phone, "/stall/qr/")
    assert phone.post(back, {"amount_won": "7000", "key": "another-key"}).status_code == 409
    assert phone.get(back)["Location"] == "/stall/qr/"


def test_a_part_is_quoted_given_back_and_undone(world: World, phone: Client) -> None:
    sale = taken_in(world)
    back = f"/stall/qr/{sale.pk}/back/"

    quoted = words(phone, f"{back}?amount_won=3,000")
    assert "현금 3,000원 손님께 현금 3,000원을 드리세요." in quoted
    assert "받은 돈 12,000원 이번에 돌려드릴 돈 3,000원 남는 돈 9,000원" in quoted
    assert "10분 안에 되돌릴 수 있어요" in quoted
    sent = {"amount_won": "3000", "key": key_of(phone, f"{back}?amount_won=3000")}
    done = str(phone.post(back, sent)["Location"])
    assert "3,000원을 돌려드렸어요. 되돌리기" in words(phone, done)
    assert "12,000원 낮 12시 3,000원 돌려드림 돌려주기" in words(phone, "/stall/qr/")
    assert "· 벌써 3,000원을 돌려드렸어요. 9,000원 모두" in words(phone, back)
    assert "3,000원을 돌려드리고 9,000원이 남았어요" in words(phone, f"/stall/qr/{sale.pk}/")

    phone.post(f"/stall/qr/back/{done.rpartition('=')[2]}/undo/")

    assert "12,000원 낮 12시 현금 돌려주기" in words(phone, "/stall/qr/")
    assert "돌려드렸어요" not in words(phone, done)


def test_a_paper_voucher_is_not_cut(world: World, phone: Client) -> None:
    takes_vouchers(world, world.fish)
    sale = taken_in(world, "onnuri_paper")

    part, whole = (words(phone, f"/stall/qr/{sale.pk}/back/?{asked}") for asked in ("amount_won=2500", "whole=on"))

    assert "손님께 현금 2,500원을 드리세요. 종이 상품권은 나눌 수 없어요." in part
    assert "손님께 종이 온누리상품권 12,000원을 드리세요." in whole


@pytest.mark.parametrize(
    ("won", "said"),
    [("0", "1원부터 적을 수 있어요."), ("12001", "12000원까지 돌려드릴 수 있어요."), ("", "얼마인지 적어 주세요.")],
)
def test_an_amount_that_cannot_go_back(world: World, phone: Client, won: str, said: str) -> None:
    back = f"/stall/qr/{taken_in(world).pk}/back/"

    answer = phone.get(back, {"amount_won": won})

    assert (answer.status_code, said in unescape(answer.content.decode())) == (422, True)
    assert phone.post(back, {"amount_won": won, "key": "key-00000001"})["Location"] == back
    assert phone.post(back, {"amount_won": "1000"})["Location"] == back
    assert sale_of(world).refunded_won == 0


def test_an_address_that_names_no_refund_says_nothing(world: World, phone: Client) -> None:
    for gave in ("x", "999999999", "²"):
        assert "돌려드렸어요" not in words(phone, f"/stall/qr/?gave={gave}")


def test_another_stalls_sale_is_not_there(world: World, stranger: Client) -> None:
    sale = begun(world, "cash")

    for page in ("", "back/", "back/?whole=on"):
        assert stranger.get(f"/stall/qr/{sale.pk}/{page}").status_code == 404
    assert stranger.post(f"/stall/qr/{sale.pk}/answer/", {"received": "yes"}).status_code == 404
    assert "data-call" not in stranger.get("/stall/").content.decode()


def test_the_sticker_is_a_paper_to_keep(world: World, phone: Client) -> None:
    papers.use(TypstPress())

    made = phone.get("/stall/qr/sticker.pdf")

    assert made.content.startswith(b"%PDF-")
    assert made["Content-Disposition"] == f'attachment; filename="sticker-{world.fish.code}.pdf"'
