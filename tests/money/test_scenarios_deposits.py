"""Deposits that are taken back, come again, come late, or to nobody, by the numbers of the list of nasty scenarios."""

from __future__ import annotations

from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import StallPart
from jangteo.kernel.audit import SYSTEM
from tests.money.deposits import PAID, WAITS, by_account, deposited, mackerel
from tests.money.windows import Street
from tests.world import GUEST

ACCOUNT = {"back-bank": "020", "back-number": "1002-123-456789", "back-holder": "김하나"}


def serve(here: Street, part: StallPart) -> None:
    """The stall accepts its part, packs it and hands it over."""
    for move in (accept_part, ready_part, hand_over_part):
        with here.now():
            move(market=here.world.market, actor=SYSTEM, part_id=part.pk)


def test_s08_a_deposit_that_is_taken_back_stops_the_stalls_until_it_comes_again(here: Street) -> None:
    placed, key = deposited(here)
    assert here.parts(placed) == ["new", "new"]
    assert mackerel(here) == (4, 0)

    here.toss.undo_deposit(key)
    assert here.hooks(2) == [200, 200]
    here.work()
    assert here.states(placed) == WAITS
    assert here.parts(placed) == ["awaiting_payment"] * 2
    assert mackerel(here) == (5, 1)
    assert here.book() == {}

    here.pass_by(minutes=1)
    here.toss.deposit(key)
    assert here.hooks(2) == [200, 200]
    here.work()

    assert here.states(placed) == PAID
    assert here.parts(placed) == ["new", "new"]
    assert mackerel(here) == (4, 0)
    assert here.entries() == ["capture", "correction", "capture"]
    assert here.book() == {"clear:toss": 10_000, f"order:{placed.ref}": -10_000}


def test_s08_goods_that_are_out_are_not_called_back(here: Street) -> None:
    placed, key = deposited(here)
    with here.now():
        part = StallPart.objects.filter(order_id=placed.order_id).earliest("pk")
    serve(here, part)

    here.toss.undo_deposit(key)
    here.hooks(2)
    here.work()

    assert here.states(placed) == ("placed", "waiting_deposit")
    assert here.parts(placed) == ["handed_over", "new"]
    here.toss.deposit(key)
    here.hooks(2)
    here.work()
    assert here.states(placed) == PAID
    assert here.payment(placed).captured_won == 10_000
    assert here.refunds(placed) == []


def test_s08_a_deposit_that_comes_again_pays_for_goods_that_were_all_handed_over(here: Street) -> None:
    placed, key = deposited(here)
    with here.now():
        parts = list(StallPart.objects.filter(order_id=placed.order_id).order_by("pk"))
    for part in parts:
        serve(here, part)
    here.toss.undo_deposit(key)
    here.hooks(2)
    here.work()
    owed = {f"stall:{part.stall_id}:payable": won for part, won in zip(parts, (-8_000, -2_000), strict=True)}
    assert here.states(placed) == ("closed", "waiting_deposit")
    assert here.book() == {f"order:{placed.ref}": 10_000, **owed}

    here.pass_by(minutes=1)
    here.toss.deposit(key)
    here.hooks(2)
    here.work()

    assert here.states(placed) == ("closed", "captured")
    assert here.refunds(placed) == []
    assert here.book() == {"clear:toss": 10_000, **owed}


def test_s09_a_deposit_after_the_order_was_cancelled_goes_back_to_the_customers_account(here: Street) -> None:
    placed, key = by_account(here)
    with here.now():
        cancel_order(market=here.world.market, actor=GUEST, order_id=placed.order_id)
    here.toss.deposit(key)
    here.hooks(2)
    here.work()
    assert here.order_of(placed).state == "cancelled"
    assert here.book() == {"clear:toss": 10_000, f"order:{placed.ref}": -10_000}
    assert here.refunds(placed) == [(10_000, 8_000, "queued")]

    with here.now():
        told = here.browser.post(f"/jangteo/order/{placed.token}/account/", ACCOUNT)
    assert told.status_code == 302
    here.work()

    assert here.refunds(placed) == [(10_000, 8_000, "done")]
    assert here.states(placed) == ("cancelled", "refunded")
    assert here.book() == {}


def test_s09_a_deposit_after_its_time_does_not_bring_the_order_back(here: Street) -> None:
    placed, key = by_account(here)
    here.pass_by(hours=25)
    here.sweep()
    assert here.states(placed) == ("expired", "expired")
    assert mackerel(here) == (5, 0)

    here.toss.deposit(key, late=True)
    here.letters.received.get(timeout=20)
    here.letters.received.get(timeout=20)
    here.pass_by(hours=1)
    here.sweep()
    here.work()

    assert here.states(placed) == ("expired", "captured")
    assert here.refunds(placed) == [(10_000, 8_000, "queued")]
    with here.now():
        here.browser.post(f"/jangteo/order/{placed.token}/account/", ACCOUNT)
    here.work()
    assert here.refunds(placed) == [(10_000, 8_000, "done")]
    assert here.book() == {}


def test_s09_the_account_of_a_cancelled_order_is_closed(here: Street) -> None:
    placed, key = by_account(here)
    with here.now():
        cancel_order(market=here.world.market, actor=GUEST, order_id=placed.order_id)

    here.sweep()

    seen = here.gateways["toss"].read(payment_key=key)
    assert seen is not None
    assert seen.state == "cancelled"
    assert here.states(placed) == ("cancelled", "expired")
