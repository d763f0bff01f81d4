"""A payment at the counter, through the real protocol of the practice gateway, all the way to the book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.adapters.toss.simulator.book import Order as Asked
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.tests.sales import begun, given_back, payment_of, stored
from jangteo.domains.ordering.effects import ORDERS, CardEffects
from jangteo.domains.payments import gateways, owners
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.owners import owner_of
from jangteo.kernel import clock
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import in_market
from jangteo.project import counter
from tests.world import GUEST, NOON, World, order


@pytest.fixture(autouse=True)
def _owners() -> Iterator[None]:
    counter.join(None)
    yield
    owners.use({})


@pytest.fixture
def simulator() -> Iterator[TossSimulator]:
    with TossSimulator(seed=1, clock=lambda: NOON) as running:
        yield running


@pytest.fixture
def effects(simulator: TossSimulator) -> Iterator[CardEffects]:
    shop = simulator.shop
    toss = TossGateway(
        base_url=simulator.url, sdk_url=simulator.url, secret_key=shop.secret_key, client_key=shop.client_key
    )
    gateways.use({toss.name: toss})
    yield CardEffects({toss.name: toss})
    gateways.use({})
    toss.close()


def authorised(world: World, simulator: TossSimulator, sale: CounterSale) -> None:
    """The customer agrees in the window and comes back."""
    key = simulator.authorise(
        Asked(sale.ref, "순자네 수산", sale.amount_won, sale.tax_free_won, "http://x/done", "http://x/failed")
    )
    note_authorisation(
        market=world.market, actor=GUEST, order_ref=sale.ref, payment_key=key, amount_won=sale.amount_won
    )


def delivered(topic: str, effects: CardEffects) -> None:
    handle = {"payment.confirm": effects.confirm, "payment.refund": effects.refund}[topic]
    for row in OutboxRow.objects.filter(topic=topic, status="queued").order_by("pk"):
        with in_market(row.market_id):
            handle(row)
        OutboxRow.objects.filter(pk=row.pk).update(status="finished")


def test_a_reference_says_whose_payment_it_is(world: World, effects: CardEffects) -> None:
    sale, placed = begun(world, "card"), order(world, (world.tofu, 1), tender="card")

    assert owner_of(sale.ref, otherwise=ORDERS) is not ORDERS
    assert owner_of(placed.ref, otherwise=ORDERS) is ORDERS
    owners.use({})
    assert owner_of(sale.ref, otherwise=ORDERS) is ORDERS


def test_an_amount_is_confirmed_and_given_back(world: World, simulator: TossSimulator, effects: CardEffects) -> None:
    sale = begun(world, "card")
    authorised(world, simulator, sale)

    delivered("payment.confirm", effects)
    assert (stored(world, sale).state, payment_of(world, sale).state) == ("paid", "captured")

    given_back(world, sale)
    delivered("payment.refund", effects)
    assert (stored(world, sale).state, payment_of(world, sale).state) == ("refunded", "refunded")


def test_a_refused_card_leaves_the_sale_open(world: World, simulator: TossSimulator, effects: CardEffects) -> None:
    sale = begun(world, "card")
    simulator.dial.next_up("confirm", "decline")
    authorised(world, simulator, sale)

    delivered("payment.confirm", effects)

    assert (stored(world, sale).state, payment_of(world, sale).state) == ("awaiting_payment", "failed")


def test_a_sale_that_nobody_paid_is_swept(world: World, effects: CardEffects) -> None:
    sale = begun(world, "card")

    with clock.at(NOON + timedelta(minutes=12)):
        effects.sweep()

    assert (stored(world, sale).state, payment_of(world, sale).state) == ("expired", Payment.State.EXPIRED)
