"""The whole way of card money: order, window, worker, gateway, book. Over real HTTP to the practice gateway."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.simulator.app import PracticeShop, TossSimulator
from jangteo.adapters.toss.simulator.book import Order as WindowOrder
from jangteo.domains.ledger.queries import balances_won
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.effects import CardEffects
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.actions.receive_webhook import receive_webhook
from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.payments.ports import Hint
from jangteo.kernel import clock
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market, unscoped
from tests.world import GUEST, World, order


class Desk:
    """A gateway, its effects, and the worker's loop on a fast clock."""

    def __init__(self, simulator: TossSimulator) -> None:
        self.simulator = simulator
        shop = simulator.shop
        gateway = TossGateway(
            base_url=simulator.url,
            sdk_url=simulator.sdk_url,
            secret_key=shop.secret_key,
            client_key=shop.client_key,
            timeout_s=0.5,
        )
        gateways.use({"toss": gateway})
        self.effects = CardEffects({"toss": gateway})
        self.handlers = {
            "payment.confirm": self.effects.confirm,
            "payment.refund": self.effects.refund,
            "payment.hint": self.effects.read_hint,
        }

    def window(self, placed: PlacedOrder) -> str:
        with unscoped():
            tax_free_won = Payment.objects.get(order_ref=placed.ref).tax_free_won
        urls = ("http://shop.example/done", "http://shop.example/failed")
        return self.simulator.authorise(WindowOrder(placed.ref, "장보기", placed.pay_won, tax_free_won, *urls))

    def come_back(self, world: World, placed: PlacedOrder, key: str) -> None:
        note_authorisation(
            market=world.market, actor=GUEST, order_ref=placed.ref, payment_key=key, amount_won=placed.pay_won
        )

    def work(self, *, ahead: timedelta = timedelta(hours=1)) -> None:
        """Deliver until nothing is due any more, each round later than the last."""
        moment = clock.now()
        for _ in range(30):
            moment += ahead
            with clock.at(moment):
                if not deliver_due(self.handlers):
                    return


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with TossSimulator(shop=PracticeShop(), seed=1) as simulator:
        yield Desk(simulator)
    gateways.use({})


def state(world: World, placed: PlacedOrder) -> tuple[str, str]:
    with in_market(world.market.pk):
        return Order.objects.get(pk=placed.order_id).state, Payment.objects.get(order_ref=placed.ref).state


def paid(world: World, desk: Desk) -> PlacedOrder:
    placed = order(world, (world.mackerel, 1), (world.tofu, 1), tender="card")
    desk.come_back(world, placed, desk.window(placed))
    desk.work()
    return placed


def test_a_card_payment_places_its_order(world: World, desk: Desk) -> None:
    placed = paid(world, desk)

    assert state(world, placed) == ("placed", "captured")
    with in_market(world.market.pk):
        assert balances_won("") == {"clear:toss": 10_000, f"order:{placed.ref}": -10_000}


@pytest.mark.parametrize("fault", ["timeout_after_commit", "server_error", "in_flight", "provider_error"])
def test_an_unclear_confirmation_ends_in_one_capture(world: World, desk: Desk, fault: str) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")
    key = desk.window(placed)
    desk.come_back(world, placed, key)
    desk.simulator.dial.next_up("confirm", fault, fault)

    deliver_due(desk.handlers)
    between = state(world, placed)
    with clock.at(clock.now() + timedelta(minutes=5)):
        desk.effects.sweep()
        deliver_due(desk.handlers)
    with clock.at(clock.now() + timedelta(minutes=9)):
        deliver_due(desk.handlers)

    assert between == ("awaiting_payment", "unknown")
    assert state(world, placed) == ("placed", "captured")
    with in_market(world.market.pk):
        assert balances_won("clear:") == {"clear:toss": 8_000}


def test_a_cancelled_order_gets_its_money_back(world: World, desk: Desk) -> None:
    placed = paid(world, desk)

    cancel_order(market=world.market, actor=GUEST, order_id=placed.order_id)
    desk.simulator.dial.next_up("cancel", "timeout_after_commit")
    desk.work()

    assert state(world, placed) == ("cancelled", "refunded")
    with in_market(world.market.pk):
        assert balances_won("") == {}
        assert [refund.state for refund in Refund.objects.all()] == ["done"]


def test_an_abandoned_window_frees_the_goods(world: World, desk: Desk) -> None:
    placed = order(world, (world.mackerel, 5), tender="card")

    with clock.at(clock.now() + timedelta(minutes=11)):
        desk.effects.sweep()

    assert state(world, placed) == ("expired", "expired")
    assert order(world, (world.mackerel, 5)).state == "placed"


def test_a_customer_who_closed_the_browser_after_paying_is_not_charged_for_nothing(world: World, desk: Desk) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")
    desk.window(placed)

    with clock.at(clock.now() + timedelta(minutes=11)):
        desk.effects.sweep()

    assert state(world, placed) == ("expired", "expired")
    with in_market(world.market.pk):
        assert balances_won("") == {}


@pytest.mark.parametrize("repeats", [1, 5])
def test_a_webhook_only_makes_us_ask(world: World, desk: Desk, repeats: int) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")
    forged = Hint("forged-1", "pk-forged", placed.ref)

    news = [
        receive_webhook(market=world.market, actor=GUEST, source="toss", hint=forged, body=b"{}")
        for _ in range(repeats)
    ]
    desk.work()

    assert news == [True] + [False] * (repeats - 1)
    assert state(world, placed) == ("awaiting_payment", "created")
    assert OutboxRow.objects.filter(topic="payment.hint").count() == 1
