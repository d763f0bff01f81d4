"""현장 계산 on a phone whose network goes away in the middle of the morning."""

from __future__ import annotations

from functools import partial
from operator import le

import pytest
from playwright.sync_api import Route, expect

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.ledger.queries import balance_won
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import Phone, Phones
from tests.journeys.pushes import soon
from tests.journeys.town import Town

# Longer than a sale can be taken back.
A_WHILE_MS = 11_000
A_MINUTE_MS, SOON_MS = 61_000, 9_000
LATE = "건을 아직 못 보냈어요"


def till_sales(town: Town) -> list[tuple[str, int, int]]:
    with in_market(town.world.market.pk):
        rows = CounterSale.objects.filter(source=CounterSale.Source.TILL, stall=town.world.fish).order_by("pk")
        return list(rows.values_list("way", "amount_won", "number"))


def sales_in_the_book(town: Town) -> int:
    with in_market(town.world.market.pk):
        return balance_won(f"stall:{town.world.fish.pk}:sales")


def type_in(held: Phone, *keys: str) -> None:
    for key in keys:
        held.tap(held.page.locator(f'[data-pad="{key}"]'))
    held.tap(held.page.get_by_role("button", name="담기", exact=True))


def take(held: Phone, way: str) -> None:
    held.press("돈 받기")
    held.tap(held.page.locator(f'[data-way="{way}"]'))


@pytest.mark.rule(25)
def test_sales_without_a_network_reach_the_server_once_when_it_is_back(town: Town, phone: Phones) -> None:
    before, book = till_sales(town), sales_in_the_book(town)
    held = phone(line_breaks=True, opens_offline=True)
    held.page.clock.install()
    held.open(town.way_in(town.world.fish)).page.wait_for_url("**/stall/")
    held.open("/stall/till/")
    held.page.evaluate("async () => { await navigator.serviceWorker.ready }")

    held.page.context.set_offline(True)
    held.page.reload()
    held.tap(held.page.locator(".till-good", has_text="갈치"))
    type_in(held, "4", "00")
    take(held, "cash")
    expect(held.see("현금 10,000원을 받았어요.")).to_be_visible()
    held.press("되돌리기")
    expect(held.see("모두 10,000원")).to_be_visible()
    take(held, "cash")
    expect(held.see("현금 10,000원을 받았어요.")).to_be_visible()
    held.press("값만 적기")
    type_in(held, "3", "5", "00")
    take(held, "cash")
    expect(held.see("현금 3,500원을 받았어요.")).to_be_visible()
    held.page.reload()
    held.page.clock.fast_forward(A_WHILE_MS)
    expect(held.see(f"2{LATE}")).to_be_visible()
    assert till_sales(town) == before

    held.page.context.set_offline(False)
    expect(held.page.get_by_text(LATE)).to_be_hidden()
    # Numbers of the device are never used twice, also that of the sale that was taken back.
    assert till_sales(town) == [*before, ("cash", 10_000, 2), ("cash", 3_500, 3)]
    assert sales_in_the_book(town) == book - 13_500


def test_a_network_that_stumbles_when_it_comes_back_is_tried_again_soon(town: Town, phone: Phones) -> None:
    before = till_sales(town)
    held = phone(line_breaks=True)
    held.page.clock.install()
    held.open(town.way_in(town.world.fish)).page.wait_for_url("**/stall/")
    held.open("/stall/till/")
    failed: list[Route] = []

    def lose(route: Route) -> None:
        failed.append(route)
        route.abort("internetdisconnected")

    held.page.context.route("**/stall/till/*/sales/", lose)
    held.press("값만 적기")
    type_in(held, "7", "00")
    take(held, "cash")
    expect(held.see("현금 700원을 받았어요.")).to_be_visible()
    # Each failure is followed by a longer pause than the one before.
    for times in range(1, 5):
        held.page.clock.fast_forward(A_MINUTE_MS)
        soon(held.page, lambda: len(failed), partial(le, times))

    held.page.evaluate("dispatchEvent(new Event('online'))")
    soon(held.page, lambda: len(failed), lambda found: found == 5)
    held.page.context.unroute_all()
    held.page.clock.fast_forward(SOON_MS)

    after = soon(held.page, lambda: till_sales(town), lambda sales: len(sales) > len(before))
    assert [(way, won) for way, won, _ in after[len(before) :]] == [("cash", 700)]
