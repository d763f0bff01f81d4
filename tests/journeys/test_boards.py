"""A television in the market: prices in time, and the last known ones when the network is gone."""

from __future__ import annotations

import re
from datetime import time

import pytest
from playwright.sync_api import expect

from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.devices.actions.retire_screen import retire_screen
from jangteo.domains.devices.board import Part, Plan, Show
from jangteo.kernel.audit import SYSTEM
from tests.journeys.hung_up import switched_on
from tests.journeys.phone import Phones
from tests.journeys.town import Town

IN_TIME_MS = 3_000
TWO_ASKINGS_MS = 30_000
SMALLEST_PRICE = """() => Math.min(...[...document.querySelectorAll(".price")]
  .map((one) => parseFloat(getComputedStyle(one).fontSize) / innerHeight))"""


@pytest.mark.rule(26)
def test_a_board_shows_prices_in_time_and_keeps_them_without_a_network(town: Town, phone: Phones) -> None:
    world = town.world
    television = phone(width=1280, height=720, opens_offline=True, line_breaks=True)
    plan = Plan((Part(time(0), Show.STALL, world.fish.pk),), ("5시 떨이",))
    board = switched_on(world, television, plan)
    price = television.page.locator(".row", has_text="고등어").locator(".price")
    note = television.page.locator("#as-of")
    expect(price).to_have_text("8,000원")
    expect(note).to_be_hidden()
    assert television.page.evaluate(SMALLEST_PRICE) >= 1 / 25

    set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=7_500)
    expect(price).to_have_text("7,500원", timeout=IN_TIME_MS)
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, state=Good.State.SOLD_OUT)
    expect(price).to_have_text("다 나갔어요", timeout=IN_TIME_MS)
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, state=Good.State.ON_SALE)
    expect(price).to_have_text("7,500원", timeout=IN_TIME_MS)

    television.page.context.set_offline(True)
    # A question that had just gone out is still answered; the next one is asked after a quarter of a minute.
    expect(note).to_be_visible(timeout=TWO_ASKINGS_MS)
    expect(note).to_have_text(re.compile(r"\d+시.* 기준"))
    television.page.reload()
    expect(price).to_have_text("7,500원")
    expect(note).to_be_visible()

    set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=8_000)
    television.page.context.set_offline(False)
    expect(price).to_have_text("8,000원")
    expect(note).to_be_hidden()

    retire_screen(market=world.market, actor=SYSTEM, screen_id=board.pk)
    expect(television.page.locator(".pairing-code")).to_be_visible()
