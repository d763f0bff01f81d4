from __future__ import annotations

from datetime import timedelta

import pytest

from jangteo.domains.ledger.models import Entry
from jangteo.domains.ledger.queries import balance_won, balances_won
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.close_shortfall import close_shortfall
from jangteo.domains.ordering.actions.expire_order import expire_order
from jangteo.domains.ordering.actions.fail_payment import fail_payment
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, Order, Shortfall, StallPart
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.errors import AmountMismatch, PaymentNotFound, PaymentOver
from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.payments.ports import Cancel, GatewayState, Snapshot
from jangteo.domains.payments.queries import unfinished_payments
from jangteo.domains.stock.models import StockItem
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World, order

pytestmark = pytest.mark.usefixtures("takes_card")


def snapshot(placed: PlacedOrder, *, total: int | None = None, cancels: tuple[Cancel, ...] = ()) -> Snapshot:
    total = placed.pay_won if total is None else total
    balance = total - sum(cancel.amount_won for cancel in cancels)
    state = GatewayState.DONE
    if cancels:
        state = GatewayState.PART_CANCELLED if balance else GatewayState.CANCELLED
    return Snapshot(f"pk-{placed.ref}", placed.ref, state, total, balance, "카드", None, "", cancels)


def settle(world: World, seen: Snapshot) -> Order:
    return settle_payment(market=world.market, actor=SYSTEM, snapshot=seen)


def mackerel(world: World) -> tuple[int, int]:
    with in_market(world.market.pk):
        item = StockItem.objects.get(good=world.mackerel)
    return item.on_hand, item.held


def parts(world: World, placed: PlacedOrder) -> list[StallPart]:
    with in_market(world.market.pk):
        return list(StallPart.objects.filter(order_id=placed.order_id).order_by("pk"))


def payment(world: World, placed: PlacedOrder) -> Payment:
    with in_market(world.market.pk):
        return Payment.objects.get(order_ref=placed.ref)


def authorise(world: World, placed: PlacedOrder, key: str = "", amount: int | None = None) -> Payment:
    return note_authorisation(
        market=world.market,
        actor=GUEST,
        order_ref=placed.ref,
        payment_key=key or f"pk-{placed.ref}",
        amount_won=placed.pay_won if amount is None else amount,
    )


def test_coming_back_from_the_window_queues_one_confirmation(world: World) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")

    states = [authorise(world, placed).state for _ in range(3)]

    assert states == ["requested"] * 3
    assert OutboxRow.objects.filter(topic="payment.confirm").count() == 1


def test_a_tampered_amount_asks_for_nothing(world: World) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")

    with pytest.raises(AmountMismatch):
        authorise(world, placed, amount=300)

    assert payment(world, placed).state == "created"
    assert not OutboxRow.objects.exists()


def test_a_second_window_is_never_confirmed(world: World) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")
    authorise(world, placed)

    with pytest.raises(PaymentOver):
        authorise(world, placed, key="another-window")

    assert OutboxRow.objects.count() == 1


def test_an_unknown_order_is_not_paid(world: World) -> None:
    with pytest.raises(PaymentNotFound):
        note_authorisation(market=world.market, actor=GUEST, order_ref="nobody", payment_key="k", amount_won=1)


def test_the_capture_places_the_order_once_however_often_it_is_told(world: World) -> None:
    placed = order(world, (world.mackerel, 2), (world.tofu, 1), tender="card")
    authorise(world, placed)

    for _ in range(5):
        settle(world, snapshot(placed))

    assert [part.state for part in parts(world, placed)] == ["new", "new"]
    assert mackerel(world) == (3, 0)
    with in_market(world.market.pk):
        assert Entry.objects.filter(kind="capture").count() == 1
        assert balances_won("") == {"clear:toss": 18_000, f"order:{placed.ref}": -18_000}


def test_a_capture_of_another_amount_goes_back_whole_and_rings_nobody(world: World) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")
    authorise(world, placed)

    settle(world, snapshot(placed, total=300))

    assert payment(world, placed).state == "mismatch"
    assert [part.state for part in parts(world, placed)] == ["awaiting_payment"]
    with in_market(world.market.pk):
        refund = Refund.objects.get()
    assert (refund.amount_won, refund.state) == (300, "queued")
    settle(world, snapshot(placed, total=300, cancels=(Cancel("c1", 300, 0),)))
    assert payment(world, placed).state == "refunded"


def test_a_refused_card_frees_nothing_yet_and_may_try_again(world: World) -> None:
    placed = order(world, (world.mackerel, 2), tender="card")
    authorise(world, placed)

    fail_payment(market=world.market, actor=SYSTEM, order_ref=placed.ref, code="REJECT_CARD_COMPANY")

    assert payment(world, placed).state == "failed"
    assert mackerel(world) == (5, 2)
    assert authorise(world, placed, key="second-try").state == "requested"


def test_a_key_that_failed_is_never_asked_for_again(world: World) -> None:
    """Somebody reloads the page that the window sent them to, or goes back to it after another card."""
    placed = order(world, (world.mackerel, 2), tender="card")
    for key in ("first-card", "second-card"):
        authorise(world, placed, key=key)
        fail_payment(market=world.market, actor=SYSTEM, order_ref=placed.ref, code="REJECT_CARD_COMPANY")

    states = [authorise(world, placed, key=key).state for key in ("second-card", "first-card")]

    assert states == ["failed", "failed"]
    assert OutboxRow.objects.filter(topic="payment.confirm").count() == 2


def test_the_key_of_another_payment_pays_nothing(world: World) -> None:
    first, second = (order(world, (world.mackerel, 1), tender="card") for _ in range(2))
    authorise(world, first)

    with pytest.raises(PaymentNotFound):
        authorise(world, second, key=f"pk-{first.ref}")

    assert payment(world, second).state == "created"
    assert OutboxRow.objects.count() == 1


def test_a_cancelled_unpaid_order_is_asked_about_no_more(world: World) -> None:
    placed = order(world, (world.mackerel, 2), tender="card")
    cancel_order(market=world.market, actor=GUEST, order_id=placed.order_id)

    assert not expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref)

    with clock.at(clock.now() + timedelta(days=1)), in_market(world.market.pk):
        assert list(unfinished_payments()) == []
    assert mackerel(world) == (5, 0)


def test_an_unpaid_order_expires_and_its_goods_come_back(world: World) -> None:
    placed = order(world, (world.mackerel, 2), tender="card")

    ended = [expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref) for _ in range(2)]

    assert ended == [True, False]
    assert mackerel(world) == (5, 0)


def test_late_money_brings_the_order_back_when_the_goods_are_there(world: World) -> None:
    placed = order(world, (world.mackerel, 2), tender="card")
    expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref)

    settled = settle(world, snapshot(placed))

    assert settled.state == "placed"
    assert mackerel(world) == (3, 0)
    with in_market(world.market.pk):
        assert not Shortfall.objects.exists()


def late_and_short(world: World) -> tuple[PlacedOrder, Shortfall]:
    placed = order(world, (world.mackerel, 3), (world.tofu, 1), tender="card")
    expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref)
    order(world, (world.mackerel, 4))
    settle(world, snapshot(placed))
    with in_market(world.market.pk):
        return placed, Shortfall.objects.get()


def test_late_money_for_sold_goods_is_a_task_and_never_a_negative(world: World) -> None:
    placed, shortfall = late_and_short(world)

    assert (shortfall.quantity, shortfall.state, shortfall.stall_id) == (2, "open", world.fish.pk)
    assert mackerel(world) == (0, 0)
    assert [part.state for part in parts(world, placed)] == ["new", "new"]


def test_a_shortfall_that_is_not_found_is_paid_back_once(world: World) -> None:
    _, shortfall = late_and_short(world)

    for _ in range(2):
        close_shortfall(market=world.market, actor=SYSTEM, shortfall_id=shortfall.pk, found=False)

    with in_market(world.market.pk):
        assert [refund.amount_won for refund in Refund.objects.all()] == [24_000]


def test_a_shortfall_that_is_found_costs_nothing(world: World) -> None:
    _, shortfall = late_and_short(world)

    closed = close_shortfall(market=world.market, actor=SYSTEM, shortfall_id=shortfall.pk, found=True)

    assert closed.state == "found"
    with in_market(world.market.pk):
        assert not Refund.objects.exists()


def test_after_hand_over_the_difference_to_the_ceiling_goes_back_and_the_order_account_is_empty(world: World) -> None:
    placed = order(world, (world.hairtail, 1), (world.tofu, 1), tender="card")
    settle(world, snapshot(placed))
    with in_market(world.market.pk):
        line = Line.objects.get(good=world.hairtail)
    for part in parts(world, placed):
        accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
        if part.stall_id == world.fish.pk:
            weigh_line(market=world.market, actor=SYSTEM, line_id=line.pk, grams=420)
        ready_part(market=world.market, actor=SYSTEM, part_id=part.pk)
        hand_over_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    with in_market(world.market.pk):
        refund = Refund.objects.get()
    settle(world, snapshot(placed, cancels=(Cancel("c1", refund.amount_won, refund.tax_free_won),)))

    assert (refund.amount_won, refund.tax_free_won) == (1_000, 1_000)
    with in_market(world.market.pk):
        assert balance_won(f"order:{placed.ref}") == 0
        assert balance_won("clear:toss") == 12_500
        assert balance_won(f"stall:{world.fish.pk}:payable") == -10_500
        assert balance_won(f"stall:{world.tofu_stall.pk}:payable") == -2_000


def test_a_refused_part_of_a_paid_order_is_paid_back(world: World) -> None:
    placed = order(world, (world.mackerel, 1), (world.tofu, 1), tender="card")
    settle(world, snapshot(placed))
    tofu_part = parts(world, placed)[1]

    refuse_part(market=world.market, actor=SYSTEM, part_id=tofu_part.pk, reason=StallPart.RefuseReason.SOLD_OUT)

    with in_market(world.market.pk):
        refund = Refund.objects.get()
    assert (refund.amount_won, refund.tax_free_won) == (2_000, 0)


def test_money_for_a_cancelled_order_goes_back_whole(world: World) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")
    cancel_order(market=world.market, actor=GUEST, order_id=placed.order_id)

    settled = settle(world, snapshot(placed))

    assert settled.state == "cancelled"
    assert mackerel(world) == (5, 0)
    with in_market(world.market.pk):
        assert [refund.amount_won for refund in Refund.objects.all()] == [8_000]


def test_cancels_may_be_told_in_any_order(world: World) -> None:
    placed = order(world, (world.mackerel, 2), tender="card")
    first, second = Cancel("c1", 3_000, 3_000), Cancel("c2", 5_000, 5_000)

    settle(world, snapshot(placed, cancels=(second,)))
    settle(world, snapshot(placed, cancels=(first, second)))
    settle(world, snapshot(placed, cancels=(first,)))

    settled = payment(world, placed)
    assert (settled.refunded_won, settled.state) == (8_000, "part_refunded")
    with in_market(world.market.pk):
        assert balance_won(f"order:{placed.ref}") == -8_000


def test_a_payment_is_asked_about_when_it_is_two_minutes_silent_or_past_its_time(world: World) -> None:
    placed = order(world, (world.mackerel, 1), tender="card")
    start = payment(world, placed).created_at

    def asked_after(wait: timedelta) -> bool:
        with clock.at(start + wait), in_market(world.market.pk):
            return unfinished_payments().exists()

    untouched = asked_after(timedelta(minutes=9)), asked_after(timedelta(minutes=11))
    authorise(world, placed)
    requested = asked_after(timedelta(minutes=1)), asked_after(timedelta(minutes=3))

    assert (untouched, requested) == ((False, True), (False, True))
