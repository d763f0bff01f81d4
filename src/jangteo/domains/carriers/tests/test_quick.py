from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from jangteo.domains.carriers import outside
from jangteo.domains.carriers.actions.call_quick import WantedQuick, call_quick
from jangteo.domains.carriers.actions.receive_quick_hint import receive_quick_hint
from jangteo.domains.carriers.actions.stop_quick import stop_quick
from jangteo.domains.carriers.errors import (
    NotForDelivery,
    PointFar,
    PointSwapped,
    QuickNotSetUp,
    QuickUnderWay,
    TooLateToStop,
)
from jangteo.domains.carriers.models import QuickCall
from jangteo.domains.carriers.outside import Outside
from jangteo.domains.carriers.queries import hanging_calls
from jangteo.domains.carriers.rules import Point
from jangteo.domains.carriers.tests.roads import DOOR, Roads, called, roads, to_be_brought
from jangteo.domains.ordering.models import Order
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.kernel.tenancy import in_market
from tests.world import World, order


@pytest.fixture
def road(monkeypatch: pytest.MonkeyPatch) -> Iterator[Roads]:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with roads() as opened:
        yield opened


def again(world: World, call: QuickCall) -> QuickCall:
    with in_market(world.market.pk):
        return QuickCall.objects.get(pk=call.pk)


def later(minutes: int) -> None:
    """Whatever waits is due now."""
    OutboxRow.objects.filter(status="queued").update(run_at=clock.now() - timedelta(minutes=minutes))


def test_an_errand_is_called_and_followed_to_the_door(world: World, road: Roads) -> None:
    call = called(world, to_be_brought(world))
    assert call.state == "asked"

    deliver_due(road.handlers)
    assert again(world, call).state == "looking"
    assert again(world, call).won == 6_000
    way = (("MATCHED", "assigned"), ("PICKUP_COMPLETED", "picked_up"), ("COMPLETED", "delivered"))
    for minutes, (told, state) in enumerate(way, start=1):
        road.kakaot.move(call.ref, told)
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            road.effects.sweep()
        assert again(world, call).state == state


def test_the_same_press_twice_calls_once(world: World, road: Roads) -> None:
    brought = to_be_brought(world)

    assert called(world, brought).pk == called(world, brought).pk
    with pytest.raises(QuickUnderWay):
        called(world, brought, "other-press")
    deliver_due(road.handlers)
    assert len(road.kakaot.orders()) == 1


@pytest.mark.parametrize("fault", ["timeout_after_commit", "server_error_after_commit", "server_error", "garbage"])
def test_a_lost_answer_never_calls_twice(world: World, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with roads(timeout_s=0.5) as road:
        road.kakaot.dial.next_up("order", fault)
        call = called(world, to_be_brought(world))

        deliver_due(road.handlers)
        assert again(world, call).state == "asked"
        later(1)
        deliver_due(road.handlers)

        assert again(world, call).state == "looking"
        assert road.kakaot.orders() == [call.ref]


def test_a_no_of_the_company_ends_the_errand_and_hangs(world: World, road: Roads) -> None:
    road.kakaot.dial.next_up("order", "out_of_area")
    call = called(world, to_be_brought(world))

    deliver_due(road.handlers)

    assert (again(world, call).state, again(world, call).why) == ("refused", "OUT_OF_SERVICE_AREA")
    with in_market(world.market.pk):
        assert [one.pk for one in hanging_calls(clock.now())] == [call.pk]
    assert called(world, call.order, "second-press").pk != call.pk
    with in_market(world.market.pk):
        assert hanging_calls(clock.now()) == []


def test_messages_twice_and_in_the_wrong_order_lead_to_where_the_errand_is(world: World, road: Roads) -> None:
    call = called(world, to_be_brought(world))
    deliver_due(road.handlers)
    road.kakaot.move(call.ref, "MATCHED")
    road.kakaot.move(call.ref, "PICKUP_COMPLETED")

    heard = [
        receive_quick_hint(market=world.market, actor=SYSTEM, ref=call.ref, event=event, body=b"{}", admit=lambda: None)
        for event in ("pickupCompleted", "matched", "pickupCompleted")
    ]
    deliver_due(road.handlers)

    assert heard == [True, True, False]
    assert again(world, call).state == "picked_up"


def test_an_errand_is_stopped_as_long_as_the_goods_are_here(world: World, road: Roads) -> None:
    call = called(world, to_be_brought(world))
    deliver_due(road.handlers)

    stop_quick(market=world.market, actor=SYSTEM, call_id=call.pk)
    stop_quick(market=world.market, actor=SYSTEM, call_id=call.pk)
    deliver_due(road.handlers)

    assert again(world, call).state == "cancelled"


def test_a_company_that_will_not_stop_it_is_believed(world: World, road: Roads) -> None:
    call = called(world, to_be_brought(world))
    deliver_due(road.handlers)
    stop_quick(market=world.market, actor=SYSTEM, call_id=call.pk)
    road.kakaot.move(call.ref, "PICKUP_COMPLETED")

    deliver_due(road.handlers)

    assert (again(world, call).state, again(world, call).stop_asked_at) == ("picked_up", None)
    with pytest.raises(TooLateToStop):
        stop_quick(market=world.market, actor=SYSTEM, call_id=call.pk)


def test_a_stop_that_was_refused_may_be_asked_again(world: World, road: Roads) -> None:
    call = called(world, to_be_brought(world))
    deliver_due(road.handlers)
    stop_quick(market=world.market, actor=SYSTEM, call_id=call.pk)
    road.kakaot.dial.next_up("cancel", "refused")
    deliver_due(road.handlers)
    assert (again(world, call).state, again(world, call).stop_asked_at) == ("looking", None)

    with clock.at(clock.now() + timedelta(minutes=1)):
        stop_quick(market=world.market, actor=SYSTEM, call_id=call.pk)
        deliver_due(road.handlers)

    assert again(world, call).state == "cancelled"


def test_an_errand_that_could_not_leave_is_given_up(world: World, road: Roads) -> None:
    road.kakaot.dial.rate("order", "server_error", 10_000)
    call = called(world, to_be_brought(world))
    deliver_due(road.handlers)
    with in_market(world.market.pk):
        QuickCall.objects.update(asked_at=clock.now() - timedelta(minutes=31))
    later(1)

    deliver_due(road.handlers)

    assert (again(world, call).state, again(world, call).why) == ("refused", "TOO_LATE")


def test_what_cannot_be_called_changes_nothing(world: World, road: Roads) -> None:
    brought = to_be_brought(world)
    with in_market(world.market.pk):
        fetched = Order.objects.get(pk=order(world, (world.tofu, 1)).order_id)
    with pytest.raises(NotForDelivery):
        called(world, fetched)
    for point, refusal in (
        (Point(DOOR.lng_micro, DOOR.lat_micro), PointSwapped),
        (Point(35_100_000, 129_000_000), PointFar),
    ):
        with pytest.raises(refusal):
            call_quick(
                market=world.market,
                actor=SYSTEM,
                order_id=brought.pk,
                wanted=WantedQuick(point, "", "", 5_000),
                key="press-press",
            )
    outside.use(Outside())
    with pytest.raises(QuickNotSetUp):
        called(world, brought)

    with in_market(world.market.pk):
        assert not QuickCall.objects.exists()
