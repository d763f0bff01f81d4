"""Nothing that is sold at a till is lost, and nothing is booked twice, whatever happens to the phone and its line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Request, Route, expect

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.markets.models import Stall
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import Phone, Phones
from tests.journeys.pushes import soon
from tests.journeys.till_days import (
    SENDS,
    TILL,
    assert_all_booked_once,
    assert_at_their_moments,
    booked,
    till_of,
)
from tests.journeys.town import Town

TEN_MINUTES, A_DAY = timedelta(minutes=10), timedelta(days=1)


@pytest.mark.rule(25)
def test_rule_25_three_days_without_a_network_arrive_once_and_at_their_moments(town: Town, phone: Phones) -> None:
    with till_of(town, phone, wrong_by=-TEN_MINUTES, opens_offline=True) as till:
        other = till.held.tab().open(TILL)
        till.held.page.context.set_offline(True)
        for _ in range(3):
            till.sell(4)
            till.held.page.reload()
            till.sell(3, on=other)
            till.wait(A_DAY)
        till.expect_left(21)
        assert booked(till) == []

        # Both tabs hear at the same moment that the line is back, and share the work. One of them is slow: what it
        # saw on the clock is older than the claim that it then finds.
        other.page.evaluate("() => { const now = Date.now; Date.now = () => now() - 500; }")
        sent: list[str] = []
        till.held.page.context.on("request", lambda request: sent.extend(keys_in(request)))
        till.held.page.context.set_offline(False)
        till.expect_left(0)
        assert len(sent) == len(set(sent)) == len(till.sold)
        expect(other.page.locator("#till-unsent")).to_be_hidden()
        assert_all_booked_once(till)
        assert_at_their_moments(till)


def test_a_server_that_fails_and_answers_that_get_lost_book_nothing_twice(town: Town, phone: Phones) -> None:
    with till_of(town, phone, wrong_by=-TEN_MINUTES) as till:
        page = till.held.page
        downs: list[str] = []
        page.route(SENDS, lambda route: fail(route, downs))
        till.sell(3)
        till.wait()
        expect(till.held.see("3건을 아직 못 보냈어요")).to_be_visible()
        assert booked(till) == []

        page.unroute(SENDS)
        # Each failure is complained of twice, and the browser may still be at it.
        soon(page, lambda: len(till.held.complaints), lambda complaints: complaints >= 2 * len(downs))
        assert all("500" in complaint for complaint in till.held.complaints)
        till.held.complaints.clear()
        lost: list[str] = []
        page.route(SENDS, lambda route: lose_answer(route, lost))
        while len(lost) < 2:
            with page.expect_event("requestfailed"):
                till.wait()
        till.expect_left(3)
        assert len(set(lost)) == len(booked(till)) == 1

        # And then the phone itself goes off while it sends.
        page.unroute(SENDS)
        page.route(SENDS, lambda route: route.fetch())
        with page.expect_request(SENDS):
            till.wait()
        page.reload()
        page.unroute(SENDS)
        till.sell(2)
        till.wait()
        till.expect_left(0)
        assert_all_booked_once(till)


def test_nothing_is_sent_under_the_name_of_another_stall(town: Town, phone: Phones) -> None:
    with till_of(town, phone, wrong_by=TEN_MINUTES) as till:
        left_open = till.held.tab().open(TILL)
        till.held.page.context.clear_cookies()
        till.sell(2)
        till.wait()
        expect(till.held.see("2건을 못 보냈어요. 가게 링크로 다시 들어와 주세요.")).to_be_visible()

        before = till_sales(town.world.fish)
        till.enter(town, town.world.fish)
        till.sell(2, on=left_open)
        type_sale(till.held, "3", "5", "00")
        till.wait()
        expect(left_open.see("4건을 못 보냈어요")).to_be_visible()
        till.expect_left(0, of=town.world.fish)
        assert till_sales(town.world.fish) == [*before, 3_500]
        assert booked(till) == []

        # Any page of the stall sends what has waited for it.
        till.held.open(town.way_in(till.stall)).page.wait_for_url("**/stall/")
        till.expect_left(0)
        assert_all_booked_once(till)
        assert_at_their_moments(till)
        assert till_sales(town.world.fish) == [*before, 3_500]


def keys_in(request: Request) -> list[str]:
    """The key of the sale that is sent; of other requests nothing."""
    return [key for name, key in request.headers.items() if name == "idempotency-key"]


def lose_answer(route: Route, lost: list[str]) -> None:
    """The server has it, and the line breaks before its answer is here."""
    if route.fetch(max_redirects=0).ok:
        lost += keys_in(route.request)
    route.abort("connectionreset")


def type_sale(held: Phone, *keys: str) -> None:
    held.press("값만 적기")
    for key in keys:
        held.page.locator(f'[data-pad="{key}"]').click()
    held.page.get_by_role("button", name="담기", exact=True).click()
    held.press("돈 받기")
    held.page.locator('[data-way="cash"]').click()
    expect(held.see("현금 3,500원을 받았어요.")).to_be_visible()


def till_sales(stall: Stall) -> list[int]:
    with in_market(stall.market_id):
        rows = CounterSale.objects.filter(source=CounterSale.Source.TILL, stall=stall).order_by("pk")
        return list(rows.values_list("amount_won", flat=True))


def fail(route: Route, downs: list[str]) -> None:
    """A server that is down."""
    downs.append(route.request.url)
    route.fulfill(status=500, body="down")
