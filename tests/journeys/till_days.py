"""A phone that sells at the till while its line comes and goes and its clock is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.ledger.queries import balance_won
from jangteo.domains.markets.models import Stall
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.domains.stock.models import StockItem
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import Phone, Phones
from tests.journeys.town import Town

TILL, SENDS = "/stall/till/", "**/stall/till/*/sales/"
STOCK, PRICE_WON = 100, 1_000
# What a test itself may take on a busy machine; far from what the clock is wrong by.
TEST_ITSELF = timedelta(minutes=3)
# Longer than a sale can be taken back, than a lost line is left alone, and than a tab that died keeps its claim.
A_WHILE = timedelta(seconds=70)
# The buttons a finger would press: so many of it, the money, and on when it is written down.
SELL = """async ([good, pieces]) => {
  const one = (selector) => document.querySelector(selector);
  for (let piece = 0; piece < pieces; piece += 1) one(`.till-good[data-good*='"good_id": ${good},']`).click();
  one("[data-pay]").click();
  one('[data-way="cash"]').click();
  for (let frame = 0; frame < 900 && !one("[data-pay]").disabled; frame += 1)
    await new Promise((done) => requestAnimationFrame(done));
}"""
# How many sales lie on the device, as soon as it is so many or in the end.
LEFT = """async ([name, wanted]) => {
  const answered = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const box = await answered(indexedDB.open(`outbox-${name}`));
  const left = () => answered(box.transaction("entries").objectStore("entries").count());
  for (let frame = 0; frame < 900 && await left() !== wanted; frame += 1)
    await new Promise((done) => requestAnimationFrame(done));
  return left();
}"""


class Sold(NamedTuple):
    """One sale by the device's number for it. `at` is how long after the first one."""

    number: int
    won: int
    at: timedelta


@dataclass
class Till:
    """A phone of a stall that sells one thing. The server's own clock stands still while the device's goes on."""

    stall: Stall
    held: Phone
    good: Good
    book_won: int
    gone: timedelta = timedelta()
    sold: list[Sold] = field(default_factory=list)

    def sell(self, count: int, *, on: Phone | None = None) -> None:
        """So many sales, of one to three pieces each."""
        for _ in range(count):
            number = len(self.sold) + 1
            pieces = 1 + number % 3
            (on or self.held).page.evaluate(SELL, [self.good.pk, pieces])
            self.sold.append(Sold(number, pieces * PRICE_WON, self.gone))

    def wait(self, time: timedelta = A_WHILE) -> None:
        """The device's clock goes on."""
        self.gone += time
        self.held.page.clock.fast_forward(int(time.total_seconds() * 1000))

    def expect_left(self, count: int, *, of: Stall | None = None) -> None:
        """So many sales of the stall lie on the device, sent or not, for which the server's answer has not come."""
        assert self.held.page.evaluate(LEFT, [f"till-{(of or self.stall).pk}", count]) == count

    def enter(self, town: Town, stall: Stall | None = None) -> None:
        """In by a fresh link, as this stall or as another."""
        self.held.open(town.way_in(stall or self.stall)).page.wait_for_url("**/stall/")
        self.held.open(TILL)


@contextmanager
def till_of(town: Town, phone: Phones, *, wrong_by: timedelta, opens_offline: bool = False) -> Iterator[Till]:
    """A phone of 낯선 반찬 with the till open, its clock wrong by so much, and a counted good to sell on it."""
    market, stall = town.world.market, town.world.stranger
    good = _counted_good(town)
    held = phone(line_breaks=True, opens_offline=opens_offline)
    held.page.clock.install(time=clock.now() + wrong_by)
    with in_market(market.pk):
        till = Till(stall, held, good, balance_won(f"stall:{stall.pk}:sales"))
    till.enter(town)
    if opens_offline:
        held.page.evaluate("async () => { await navigator.serviceWorker.ready }")
    try:
        yield till
    finally:
        set_sale_state(market=market, actor=SYSTEM, good_id=good.pk, state=Good.State.HIDDEN)


def _counted_good(town: Town) -> Good:
    market, stall = town.world.market, town.world.stranger
    new = NewGood(
        stall_id=stall.pk,
        kind_id=stall.kind_id,
        name="오징어채",
        unit="1봉지",
        origin="국산",
        price_won=PRICE_WON,
        tax="taxable",
        picture="shreds",
    )
    good = put_up_good(market=market, actor=SYSTEM, new=new)
    count_stock(market=market, actor=SYSTEM, good_id=good.pk, on_hand=STOCK)
    return good


def booked(till: Till) -> list[tuple[int, int]]:
    """What the server has of this good, by the device's numbers."""
    with in_market(till.stall.market_id):
        rows = CounterSale.objects.filter(lines__good=till.good).order_by("number", "pk")
        return list(rows.values_list("number", "amount_won"))


def assert_all_booked_once(till: Till) -> None:
    """Every sale of the device is in the books once; money and goods agree with it."""
    assert booked(till) == [(sold.number, sold.won) for sold in till.sold]
    won = sum(sold.won for sold in till.sold)
    with in_market(till.stall.market_id):
        assert balance_won(f"stall:{till.stall.pk}:sales") == till.book_won - won
        assert StockItem.objects.get(good=till.good).on_hand == STOCK - won // PRICE_WON


def assert_at_their_moments(till: Till) -> None:
    """However wrong the device's clock is, every sale stands at the time that has gone by since; all were sent now."""
    with in_market(till.stall.market_id):
        rows = list(CounterSale.objects.filter(lines__good=till.good).order_by("number"))
    now = clock.now()
    for sold, row in zip(till.sold, rows, strict=True):
        assert row.paid_at is not None
        assert abs(now - (till.gone - sold.at) - row.paid_at) < TEST_ITSELF, sold
