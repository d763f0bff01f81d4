"""Deposits that are taken back, come again, come late, or to nobody, by the numbers of the list of nasty scenarios."""

from __future__ import annotations

from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.payments.queries_office import doubtful_refunds
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
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


def test_s08_what_was_refused_before_the_deposit_came_again_goes_back_then(here: Street) -> None:
    """The bank had the deposit back, so there was nothing to send; then the account takes the whole amount again."""
    placed, key = deposited(here)
    with here.now():
        fish, sides = StallPart.objects.filter(order_id=placed.order_id).order_by("pk")
    serve(here, fish)
    here.toss.undo_deposit(key)
    here.hooks(2)
    here.work()
    with here.now():
        refuse_part(market=here.world.market, actor=SYSTEM, part_id=sides.pk, reason=StallPart.RefuseReason.SOLD_OUT)
    assert here.refunds(placed) == []

    here.pass_by(minutes=1)
    here.toss.deposit(key)
    here.hooks(2)
    here.work()

    assert here.states(placed) == ("closed", "captured")
    assert here.refunds(placed) == [(2_000, 0, "queued")]
    with here.now():
        here.browser.post(f"/jangteo/order/{placed.token}/account/", ACCOUNT)
    here.work()
    assert here.book() == {"clear:toss": 8_000, f"stall:{fish.stall_id}:payable": -8_000}


def test_s08_a_refund_of_a_deposit_that_is_gone_moves_nothing_and_is_no_ones_task(here: Street) -> None:
    """Nobody has told us yet that the bank took it back: the gateway closes the account instead of paying out."""
    placed, key = deposited(here)
    with here.now():
        cancel_order(market=here.world.market, actor=GUEST, order_id=placed.order_id)
        here.browser.post(f"/jangteo/order/{placed.token}/account/", ACCOUNT)
    here.toss.undo_deposit(key)

    here.work()

    assert here.states(placed) == ("cancelled", "expired")
    assert here.refunds(placed) == [(10_000, 8_000, "rejected")]
    assert here.book() == {}
    with here.now():
        assert doubtful_refunds() == []
        assert not OutboxRow.objects.exclude(status=OutboxRow.Status.FINISHED).exists()


def test_s08_a_refund_that_was_refused_while_the_deposit_was_away_is_made_when_it_is_there_again(here: Street) -> None:
    """The refusal got lost, and the gateway would repeat it for its key although the money came again meanwhile."""
    placed, key = deposited(here)
    with here.now():
        fish, sides = StallPart.objects.filter(order_id=placed.order_id).order_by("pk")
    serve(here, fish)
    with here.now():
        refuse_part(market=here.world.market, actor=SYSTEM, part_id=sides.pk, reason=StallPart.RefuseReason.SOLD_OUT)
        here.browser.post(f"/jangteo/order/{placed.token}/account/", ACCOUNT)
    here.toss.undo_deposit(key)
    here.toss.dial.next_up("cancel", "broken_after_commit")
    here.work()
    assert here.refunds(placed) == [(2_000, 0, "unknown")]

    # Heard while the bank has the deposit back the refusal says so; that is no end.
    here.pass_by(minutes=1)
    here.work()
    assert here.states(placed) == ("closed", "waiting_deposit")
    here.toss.deposit(key)
    here.pass_by(minutes=11)
    here.sweep()
    here.work()

    assert here.refunds(placed) == [(2_000, 0, "done")]
    assert here.book() == {"clear:toss": 8_000, f"stall:{fish.stall_id}:payable": -8_000}


def test_s09_a_deposit_that_comes_again_too_late_goes_back_beside_what_was_asked_for_before(here: Street) -> None:
    placed, key = deposited(here)
    with here.now():
        sides = StallPart.objects.filter(order_id=placed.order_id).latest("pk")
        refuse_part(market=here.world.market, actor=SYSTEM, part_id=sides.pk, reason=StallPart.RefuseReason.SOLD_OUT)
    here.toss.undo_deposit(key)
    here.pass_by(hours=1)
    here.hooks(2)
    here.work()
    here.pass_by(hours=25)
    here.sweep()
    assert here.states(placed) == ("expired", "expired")

    here.toss.deposit(key, late=True)
    here.pass_by(hours=1)
    here.sweep()

    assert here.states(placed) == ("expired", "captured")
    assert here.refunds(placed) == [(2_000, 0, "queued"), (8_000, 8_000, "queued")]


def test_s08_a_deposit_that_was_taken_back_before_anybody_knew_its_account_is_waited_for(here: Street) -> None:
    """The answer that named the account was lost, and the deposit was there before anybody asked again."""
    placed = here.order((here.world.mackerel, 1), (here.world.tofu, 1), way="virtual_account")
    key = here.window(placed)
    here.toss.dial.next_up("confirm", "broken_after_commit")
    here.come_back(placed, key)
    here.work()
    here.toss.deposit(key)
    here.pass_by(minutes=3)
    here.sweep()
    assert here.states(placed) == PAID
    here.toss.undo_deposit(key)
    here.hooks(4)
    here.work()

    assert here.states(placed) == WAITS
    payment = here.payment(placed)
    assert payment.account_number
    assert payment.expires_at > here.watch.moment
    here.toss.deposit(key)
    here.sweep_account(placed)
    assert here.states(placed) == PAID
