from __future__ import annotations

import random

import pytest

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import CannotAsk, GatewayRejected, GatewayState, WindowGateway
from jangteo.domains.practice.crowd import Crowd
from jangteo.domains.practice.effects import kept_apart
from jangteo.domains.practice.entering import Learner, begin
from jangteo.domains.practice.play_gateway import PlayGateway
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending, deliver_due
from jangteo.kernel.tenancy import in_market
from tests.world import World


@pytest.fixture
def paid(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[Market, PlacedOrder]:
    """An order of the copy that was paid by card."""
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    copy = begin(world.market, Learner("shop")).sitting.market
    placed = Crowd(copy, random.Random(0)).order(by_card=True)
    deliver_due(kept_apart({"payment.confirm": never}))
    return copy, placed


def never(row: OutboxRow) -> Ending:
    raise AssertionError(row)


def test_what_was_paid_can_go_back_once_and_no_more_than_was_paid(paid: tuple[Market, PlacedOrder]) -> None:
    copy, placed = paid
    play = PlayGateway()
    with in_market(copy.pk):
        payment = Payment.objects.get(order_ref=placed.ref)
        key = str(payment.payment_key)
        part = play.cancel(payment_key=key, reason="r", amount_won=100, tax_free_won=0, key="a")
        whole = play.cancel(payment_key=key, reason="r", amount_won=placed.pay_won, tax_free_won=0, key="b")
        read = play.read_order(order_ref=placed.ref)
        same = play.read(payment_key=key)

        with pytest.raises(GatewayRejected):
            play.cancel(payment_key=key, reason="r", amount_won=placed.pay_won + 1, tax_free_won=0, key="c")
        with pytest.raises(CannotAsk):
            play.cancel(payment_key=key, reason="r", amount_won=1, tax_free_won=None, key="d")

    assert payment.captured_won == placed.pay_won
    assert (part.state, part.balance_won) == (GatewayState.PART_CANCELLED, placed.pay_won - 100)
    assert (whole.state, whole.balance_won) == (GatewayState.CANCELLED, 0)
    assert read is not None
    assert same is not None
    assert (read.state, read.balance_won) == (same.state, same.balance_won) == (GatewayState.DONE, placed.pay_won)


def test_it_is_a_gateway_with_a_window_and_takes_nothing_for_real(paid: tuple[Market, PlacedOrder]) -> None:
    copy, placed = paid
    play = PlayGateway()

    assert isinstance(play, WindowGateway)
    with pytest.raises(GatewayRejected), in_market(int(copy.practice_of_id or 0)):
        play.confirm(payment_key="k", order_ref=placed.ref, amount_won=placed.pay_won, key="k")
    with pytest.raises(ValueError, match="no messages"):
        play.parse_webhook(body=b"", headers={})


def test_what_came_back_is_read_as_it_was_put_into_the_address() -> None:
    play = PlayGateway()

    assert play.came_back({"orderId": "o", "paymentKey": "k", "amount": "1200"}).amount_won == 1200
    assert play.came_back({"amount": "-1"}).amount_won == 0


def test_a_topic_that_nobody_practises_is_only_kept() -> None:
    row = OutboxRow(market_id=-1, topic="payout.send", key="k", payload={})

    assert kept_apart({"payout.send": never})["payout.send"](row) == Done()
