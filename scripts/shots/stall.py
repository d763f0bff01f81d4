"""A merchant's day: goods by photo and by voice, a price of the day, the till, and a code for the helper."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page

from scripts.shots.camera import keep
from scripts.shots.market import ROOT, Market

FISH = ROOT / "src/jangteo/faces/_parts/static/goods/mackerel.webp"
TRAY_SIZE = 960
SAID = "고등어만 구천 원"
TILL_KEYS = ("1", "2", "00", "0")


def stall_day(market: Market, merchant: Page) -> None:
    """Everything that the merchant's guide shows and that needs no customer; leaves nothing changed."""
    merchant.goto(f"{market.url}/stall/")
    keep(merchant, "stall-today")
    put_up(market, merchant)
    say(market, merchant)
    change_price(market, merchant)
    take_money(market, merchant)


def put_up(market: Market, merchant: Page) -> None:
    merchant.goto(f"{market.url}/stall/goods/new/")
    photo: FilePayload = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": tray_of_fish()}
    merchant.get_by_label("앨범에서 고르기").set_input_files(photo)
    merchant.locator("photo-field:not([aria-busy]) canvas").wait_for()
    keep(merchant, "stall-photo", top=".page-head")


def tray_of_fish() -> bytes:
    """A fish on a green tray, as a camera would hand it over."""
    tray = Image.new("RGB", (TRAY_SIZE, TRAY_SIZE * 3 // 4), "#d8cfc0")
    edge = TRAY_SIZE // 16
    ImageDraw.Draw(tray).rounded_rectangle(
        (edge, edge, tray.width - edge, tray.height - edge), edge, fill="#2f7d5b", outline="#1f5b41", width=edge // 3
    )
    with Image.open(FISH) as drawn:
        fish = drawn.convert("RGBA").resize((tray.height - 3 * edge, tray.height - 3 * edge))
    tray.paste(fish, ((tray.width - fish.width) // 2, (tray.height - fish.height) // 2), fish)
    written = io.BytesIO()
    tray.save(written, "JPEG", quality=88)
    return written.getvalue()


def say(market: Market, merchant: Page) -> None:
    """What may mean two prices is asked."""
    merchant.goto(f"{market.url}/stall/goods/say/")
    merchant.get_by_label("글로 적어도 돼요").fill(SAID)
    merchant.get_by_role("button", name="하기", exact=True).click()
    merchant.get_by_text("얼마가 맞나요?").wait_for()
    keep(merchant, "stall-say")


def change_price(market: Market, merchant: Page) -> None:
    merchant.goto(f"{market.url}/stall/goods/")
    merchant.get_by_role("link", name="값 바꾸기").first.click()
    merchant.get_by_text("이 값은 언제까지예요?").wait_for()
    keep(merchant, "stall-price")


def take_money(market: Market, merchant: Page) -> None:
    """The basket stays with this window only."""
    merchant.goto(f"{market.url}/stall/till/")
    merchant.locator(".till-free").click()
    for key in TILL_KEYS:
        merchant.locator(f'[data-pad="{key}"]').click()
    merchant.get_by_role("button", name="담기", exact=True).click()
    merchant.get_by_role("button", name="돈 받기").click()
    merchant.get_by_role("button", name="5만 원", exact=True).click()
    keep(merchant, "stall-till")
