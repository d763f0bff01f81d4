"""Two people, two devices or two tabs press at the same moment: one of them wins and nothing is done twice."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from jangteo.adapters.toss.simulator import Order as WindowOrder
from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.domains.catalog.models import Good
from jangteo.domains.ledger.models import Entry
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.models import Line, Move, Order, StallPart
from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.people.actions.make_api_token import make_api_token
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import InboxRow
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market
from jangteo.project import wiring
from tests.books import wrong_in_the_books
from tests.concurrency.crowd import Crowd, buy, crowd
from tests.concurrency.customers import Answer
from tests.practice import card_gateway
from tests.serving import Served
from tests.world import World, ceiling_of, make_world

pytestmark = pytest.mark.slow

TIMES = 12


@pytest.fixture(scope="module")
def market(committed_db: str) -> World:
    world = make_world()
    count_stock(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, on_hand=1_000)
    return world


@pytest.fixture(scope="module")
def gateway() -> Iterator[TossSimulator]:
    with card_gateway() as simulator:
        yield simulator


@pytest.fixture(scope="module")
def people(market: World, gateway: TossSimulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    with Served("web", tmp_path_factory.mktemp("web") / "web.log") as web, crowd(web.port) as everybody:
        yield everybody


@pytest.fixture(autouse=True)
def books_stay_right(market: World) -> Iterator[None]:
    yield
    assert wrong_in_the_books(quiet=False) == []


def placed(world: World, people: Crowd, *goods: Good, tender: str = "at_stall") -> Order:
    """An order that was placed a moment ago."""
    lines = [(good.pk, 1, ceiling_of(good, 1)) for good in goods]
    answer = buy(people.callers[0], world, lines, tender=tender)
    assert answer.status == 201, answer
    with in_market(world.market.pk):
        return Order.objects.get(token=answer.body["token"])


def part_of(order: Order, stall: Stall) -> StallPart:
    with in_market(order.market_id):
        return StallPart.objects.get(order=order, stall=stall)


def state_of(order: Order) -> str:
    with in_market(order.market_id):
        return Order.objects.get(pk=order.pk).state


def moves_to(state: str, part: StallPart) -> int:
    with in_market(part.market_id):
        return Move.objects.filter(part=part, became=state).count()


def device(world: World, stall: Stall) -> str:
    return make_api_token(market=world.market, actor=SYSTEM, label="phone", stall=stall)


def statuses(answers: list[Answer]) -> list[int]:
    return sorted(answer.status for answer in answers)


def test_the_same_key_twice_at_once_is_one_order(market: World, people: Crowd) -> None:
    told = []
    for number in range(TIMES):
        key, phone = str(uuid.uuid4()), f"0100000{number:04}"
        ask = partial(buy, world=market, lines=[(market.mackerel.pk, 1, None)], key=key, phone=phone)
        answers = people.at_once([partial(ask, caller) for caller in people.callers[:4]])
        again = ask(people.callers[0])
        assert again.status == 201
        for answer in answers:
            assert answer.body == again.body or answer.code == "idempotency.key_busy"
        with in_market(market.market.pk):
            assert Order.objects.filter(phone=phone).count() == 1
        told += statuses(answers)
    assert set(told) == {201, 409}


def test_two_devices_accept_at_once(market: World, people: Crowd) -> None:
    tokens = [device(market, market.fish), device(market, market.fish)]
    for _ in range(TIMES):
        part = part_of(placed(market, people, market.mackerel), market.fish)
        path = f"stall/parts/{part.pk}/accept/"
        answers = people.at_once([partial(c.post, path, token=t) for c, t in zip(people.callers, tokens, strict=False)])
        assert statuses(answers) == [200, 200]
        assert moves_to("accepted", part) == 1


def test_one_device_accepts_while_the_other_refuses(market: World, people: Crowd) -> None:
    first, second = device(market, market.fish), device(market, market.fish)
    outcomes = set()
    for _ in range(TIMES):
        part = part_of(placed(market, people, market.mackerel), market.fish)
        accepted, refused = people.at_once(
            [
                partial(people.callers[0].post, f"stall/parts/{part.pk}/accept/", token=first),
                partial(people.callers[1].post, f"stall/parts/{part.pk}/refuse/", {"reason": "closing"}, token=second),
            ]
        )
        # An accepted part may still be refused, a refused one is over.
        assert refused.status == 200
        assert accepted.status in (200, 409)
        assert moves_to("refused", part) == 1
        assert moves_to("accepted", part) == (accepted.status == 200)
        outcomes.add(accepted.status)
    assert outcomes <= {200, 409}


def test_the_stall_weighs_while_the_customer_cancels(market: World, people: Crowd) -> None:
    token = device(market, market.fish)
    for _ in range(TIMES):
        order = placed(market, people, market.hairtail, market.tofu)
        part = part_of(order, market.fish)
        with in_market(market.market.pk):
            line = Line.objects.get(part=part)
        path = f"markets/{market.market.slug}/orders/{order.token}/cancel/"

        def accept_and_weigh(part: StallPart = part, line: Line = line) -> Answer:
            people.callers[0].post(f"stall/parts/{part.pk}/accept/", token=token)
            return people.callers[0].post(f"stall/lines/{line.pk}/weigh/", {"grams": 410}, token=token)

        deeds: list[Callable[[], Answer]] = [accept_and_weigh, partial(people.callers[1].post, path)]
        weighed, cancelled = people.at_once(deeds)

        assert (weighed.status, cancelled.status) in {(200, 409), (409, 200)}
        with in_market(market.market.pk):
            line.refresh_from_db()
        assert (line.final_grams == 410) == (weighed.status == 200)
        assert state_of(order) == ("placed" if weighed.status == 200 else "cancelled")


def window(gateway: TossSimulator, order: Order) -> str:
    """The customer opens the gateway's window and agrees; each window has a payment key of its own."""
    with in_market(order.market_id):
        payment = Payment.objects.get(order_ref=order.ref)
    asked = WindowOrder(order.ref, "장보기", payment.amount_won, payment.tax_free_won, "http://s/", "http://s/")
    return gateway.authorise(asked)


def come_back(world: World, people: Crowd, order: Order, payment_key: str, number: int) -> Callable[[], int]:
    with in_market(order.market_id):
        amount_won = Payment.objects.get(order_ref=order.ref).amount_won
    query = f"?orderId={order.ref}&paymentKey={payment_key}&amount={amount_won}"
    path = f"/{world.market.slug}/pay/{order.token}/done/{query}"
    return partial(people.callers[number].status_of, path)


def work() -> None:
    while deliver_due(wiring.handlers()):
        pass


def test_two_tabs_bring_back_two_payment_keys(market: World, people: Crowd, gateway: TossSimulator) -> None:
    for _ in range(TIMES):
        order = placed(market, people, market.mackerel, market.tofu, tender="card")
        keys = [window(gateway, order), window(gateway, order)]
        told = people.at_once([come_back(market, people, order, key, number) for number, key in enumerate(keys)])
        work()

        assert sorted(told) == [302, 409]
        assert state_of(order) == "placed"
        taken = [wiring.card_gateways()["toss"].read(payment_key=key) for key in keys]
        assert [seen is not None and seen.approved_at is not None for seen in taken] == [code == 302 for code in told]
        with in_market(market.market.pk):
            assert Entry.objects.filter(cause=f"order:{order.ref}", kind="capture").count() == 1


def test_fifty_webhooks_about_one_payment(market: World, people: Crowd, gateway: TossSimulator) -> None:
    order = placed(market, people, market.mackerel, tender="card")
    payment_key = window(gateway, order)
    assert come_back(market, people, order, payment_key, 0)() == 302
    gateway.dial.next_up("confirm", "broken_after_commit")
    work()
    body = {"eventType": "PAYMENT_STATUS_CHANGED", "data": {"paymentKey": payment_key, "orderId": order.ref}}

    told = [
        status
        for _ in range(2)
        for status in people.at_once([partial(c.status_of, "/hooks/toss/", json.dumps(body)) for c in people.callers])
    ]
    work()

    # Beyond a few about the same payment they are put off; whoever is put off comes again.
    assert set(told) <= {200, 429}
    assert told.count(200) > 1
    assert InboxRow.objects.count() == 1
    assert state_of(order) == "placed"
    with in_market(market.market.pk):
        assert Entry.objects.filter(cause=f"order:{order.ref}", kind="capture").count() == 1


def test_the_customer_cancels_while_the_money_is_taken(market: World, people: Crowd, gateway: TossSimulator) -> None:
    for _ in range(TIMES):
        order = placed(market, people, market.mackerel, tender="card")
        assert come_back(market, people, order, window(gateway, order), 0)() == 302
        path = f"markets/{market.market.slug}/orders/{order.token}/cancel/"

        deeds: list[Callable[[], object]] = [work, partial(people.callers[1].post, path)]
        people.at_once(deeds)
        work()

        assert state_of(order) == "cancelled"
        seen = wiring.card_gateways()["toss"].read_order(order_ref=order.ref)
        assert seen is not None
        assert seen.approved_at is None or seen.balance_won == 0


def test_two_devices_refuse_a_paid_part_at_once(market: World, people: Crowd, gateway: TossSimulator) -> None:
    tokens = [device(market, market.fish), device(market, market.fish)]
    for _ in range(TIMES):
        order = placed(market, people, market.mackerel, market.tofu, tender="card")
        assert come_back(market, people, order, window(gateway, order), 0)() == 302
        work()
        part = part_of(order, market.fish)
        path = f"stall/parts/{part.pk}/refuse/"
        answers = people.at_once(
            [
                partial(c.post, path, {"reason": "sold_out"}, token=t)
                for c, t in zip(people.callers, tokens, strict=False)
            ]
        )
        work()

        assert statuses(answers) == [200, 200]
        with in_market(market.market.pk):
            assert list(Refund.objects.filter(payment__order_ref=order.ref).values_list("amount_won", "state")) == [
                (market.mackerel.price_won, "done")
            ]
