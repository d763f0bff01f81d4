from __future__ import annotations

import random
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from jangteo.domains.counter.models import CounterSale, SaleLine
from jangteo.domains.ledger.queries import balances_won
from jangteo.domains.people.models import User
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.domains.stock.models import StockItem, StockMovement
from jangteo.faces.merchant.tests.device import Device, line, till_of, weighed
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from jangteo.project.invariants import INVARIANTS
from tests.world import NOON, World, device_of

TEN_MINUTES = timedelta(minutes=10)
HOURS = 72
ORDERS = 100


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def till(world: World) -> Device:
    device = till_of(world.fish.pk)
    device.enter(device_of(world, world.fish))
    return device


def sales(world: World) -> list[CounterSale]:
    with in_market(world.market.pk):
        return list(CounterSale.objects.order_by("paid_at", "pk"))


def breaches() -> list[object]:
    return [breach for one in INVARIANTS for breach in one.breaches()]


def on_hand(world: World) -> int:
    with in_market(world.market.pk):
        return StockItem.objects.get(good=world.mackerel).on_hand


def test_a_till_sale_is_booked_with_its_lines_and_leaves_the_count(world: World, till: Device) -> None:
    till.sell([line(world.mackerel.pk, 7_500, 2), weighed(world.hairtail.pk, 2_500, 100, 430), line(None, 1_000)])
    till.flush()

    (sale,) = sales(world)
    with in_market(world.market.pk):
        rows = list(SaleLine.objects.order_by("pk").values_list("name", "unit", "grams", "amount_won", "taken"))
        book = balances_won(f"stall:{world.fish.pk}:")
    assert (sale.state, sale.way, sale.source, sale.amount_won, sale.number) == ("paid", "cash", "till", 26_750, 1)
    assert rows == [
        ("고등어", "1손", None, 15_000, 2),
        ("갈치", "1마리", 430, 10_750, None),
        ("", "", None, 1_000, None),
    ]
    assert book == {f"stall:{world.fish.pk}:till": 26_750, f"stall:{world.fish.pk}:sales": -26_750}
    assert on_hand(world) == 3


def test_what_was_sold_offline_stands_at_the_moment_of_the_sale_whatever_the_clock_says(
    world: World, till: Device
) -> None:
    till.skew = -TEN_MINUTES
    till.sell([line(None, 5_000)])
    with clock.at(NOON + timedelta(hours=30)):
        till.flush()

    (sale,) = sales(world)
    assert (sale.paid_at, sale.created_at, sale.changed_at) == (NOON, NOON, NOON + timedelta(hours=30))


def test_the_same_key_books_once_and_answers_the_same(world: World, till: Device) -> None:
    kept = till.sell([line(world.mackerel.pk, 8_000)])

    assert [till.send(kept), till.send(kept)] == [200, 200]
    assert (len(sales(world)), on_hand(world)) == (1, 4)


def test_a_sale_kept_for_another_stall_is_not_written_to_this_one(world: World, till: Device) -> None:
    kept = till.sell([line(None, 5_000)])
    till.leave()
    assert till.send(kept) == 403
    till.enter(device_of(world, world.stranger))
    assert till.send(kept) == 403
    assert sales(world) == []

    till.enter(device_of(world, world.fish))
    till.flush()
    assert [sale.stall_id for sale in sales(world)] == [world.fish.pk]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [{"good_id": None, "price_won": 5_000, "quantity": 2, "amount_won": 5_000}],
        [{"good_id": None, "price_won": -5, "quantity": 1, "amount_won": -5}],
        [{"good_id": 0, "price_won": 5_000, "quantity": 1, "amount_won": 5_000}],
        ["nonsense"],
    ],
)
def test_a_sale_that_does_not_add_up_is_refused_with_words(till: Device, lines: list[dict[str, object]]) -> None:
    till.sell(lines)
    till.flush()

    assert till.refused == [
        {"code": "counter.lines_wrong", "words": "물건과 값이 맞지 않아요. 다시 담아서 보내 주세요."}
    ]


def test_another_stalls_good_is_refused(world: World, till: Device) -> None:
    till.sell([line(world.kimchi.pk, 12_000)])
    till.flush()

    assert [no["code"] for no in till.refused] == ["counter.lines_wrong"]


def test_a_card_is_not_taken_by_hand(till: Device) -> None:
    till.sell([line(None, 5_000)], way="card")
    till.flush()

    assert [no["code"] for no in till.refused] == ["counter.way_not_taken"]


def test_more_sold_than_counted_takes_what_is_there_and_says_so(world: World, till: Device) -> None:
    kept = till.sell([line(world.mackerel.pk, 8_000, 7)])
    till.send(kept)

    assert on_hand(world) == 0
    assert till.send(kept) == 200
    with in_market(world.market.pk):
        assert SaleLine.objects.get().taken == 5
    assert breaches() == []


def test_giving_a_sale_back_puts_its_goods_back(world: World, till: Device) -> None:
    till.sell([line(world.mackerel.pk, 8_000, 2)])
    till.flush()
    (sale,) = sales(world)
    till.client.post(f"/stall/qr/{sale.pk}/back/", {"whole": "on", "key": str(uuid.uuid4())})

    assert on_hand(world) == 5
    assert sales(world)[0].state == "refunded"


def test_the_receipt_lists_what_was_rung_up_and_what_went_back(world: World, till: Device) -> None:
    till.sell([line(world.mackerel.pk, 8_000, 2), weighed(world.hairtail.pk, 2_500, 100, 430)])
    till.flush()
    (sale,) = sales(world)
    till.client.post(f"/stall/qr/{sale.pk}/back/", {"amount_won": "3000", "key": str(uuid.uuid4())})
    html = till.client.get(f"/jangteo/counter/{sale.token}/receipt/").content.decode()

    for words in ("고등어 1손", "8,000 × 2", "갈치 1마리", "430g, 100g에 2,500원", "돌려드린 돈", "23,750"):
        assert words in html


def test_a_customer_is_known_by_number_and_shown_masked(world: World, till: Device) -> None:
    for _ in range(2):
        till.sell([line(None, 5_000)], phone="010-1234-5678")
    till.flush()

    with in_market(world.market.pk):
        user = User.objects.get(phone="01012345678")
        agreed = AuditRow.objects.filter(code="customer.agreed", subject=f"user:{user.pk}").count()
    assert ([sale.customer_id for sale in sales(world)], user.phone_verified, agreed) == ([user.pk] * 2, False, 2)


def test_a_misread_number_does_not_lose_the_sale(world: World, till: Device) -> None:
    till.sell([line(None, 5_000)], phone="01")
    till.flush()

    assert [sale.customer_id for sale in sales(world)] == [None]


def test_the_page_shows_goods_as_buttons_and_works_as_a_plain_form(world: World, phone: Client) -> None:
    html = phone.get("/stall/till/").content.decode()
    assert html.count('class="till-good"') == 2
    key = re.search(r'name="key" value="([^"]+)"', html)
    assert key
    answer = phone.post("/stall/till/", {"key": key[1], "amount_won": "3,500원", "way": "cash"})

    assert "3,500원을 받았다고 적었어요." in phone.get(answer["Location"]).content.decode()
    assert [(sale.amount_won, sale.way) for sale in sales(world)] == [(3_500, "cash")]


def test_a_shown_code_carries_the_lines(world: World, phone: Client) -> None:
    lines = f'[{{"good_id": {world.mackerel.pk}, "price_won": 8000, "quantity": 1, "amount_won": 8000}}]'
    answer = phone.post("/stall/till/code/", {"lines": lines, "key": str(uuid.uuid4()), "phone": ""})

    (sale,) = sales(world)
    assert answer["Location"] == f"/stall/qr/{sale.pk}/"
    assert (sale.source, sale.amount_won, on_hand(world)) == ("dynamic", 8_000, 5)


def test_a_hundred_sales_of_three_days_offline_are_each_there_once(world: World, till: Device) -> None:
    chance = random.Random(7)
    count_stock(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, on_hand=500)
    own, other = device_of(world, world.fish), device_of(world, world.stranger)
    minutes = sorted(chance.sample(range(HOURS * 60), ORDERS))
    till.skew = -TEN_MINUTES
    told: dict[str, tuple[object, int, int]] = {}
    for number, minute in enumerate(minutes):
        with clock.at(NOON + timedelta(minutes=minute)):
            pieces = chance.randint(1, 3)
            kept = till.sell([line(world.mackerel.pk, 8_000, pieces)], way=chance.choice(["cash", "onnuri_paper"]))
            told[kept.key] = (clock.now(), pieces, kept.number)
            if number % 9 == 8:
                _come_online(till, chance, own, other)
    with clock.at(NOON + timedelta(hours=HOURS)):
        till.enter(own)
        till.loses = 0
        till.flush()

    booked = {str(uuid.UUID(sale.ref.removeprefix("counter-"))): sale for sale in sales(world)}
    pieces_sold = sum(pieces for _moment, pieces, _number in told.values())
    assert till.disk == []
    assert {key: (sale.paid_at, sale.amount_won // 8_000, sale.number) for key, sale in booked.items()} == told
    assert len(booked) == ORDERS
    assert {sale.stall_id for sale in booked.values()} == {world.fish.pk}
    with in_market(world.market.pk):
        book = balances_won(f"stall:{world.fish.pk}:")
        gone = sum(StockMovement.objects.filter(reason="sold").values_list("delta", flat=True))
    assert book[f"stall:{world.fish.pk}:sales"] == -8_000 * pieces_sold
    assert sum(book.values()) == 0
    assert (gone, on_hand(world)) == (-pieces_sold, 500 - pieces_sold)
    assert breaches() == []


def _come_online(till: Device, chance: random.Random, own: str, other: str) -> None:
    """The line is back for a moment, and something goes wrong with it."""
    what = chance.choice(["fine", "answer lost", "two tabs", "signed out", "another stall"])
    if what == "answer lost":
        till.loses = 1
    elif what == "two tabs":
        # The other tab has read the same disk and sends the same things at the same time.
        for kept in list(till.disk)[:2]:
            till.send(kept)
    elif what == "signed out":
        till.leave()
    elif what == "another stall":
        till.enter(other)
    else:
        till.enter(own)
    till.flush()
    till.enter(own)
