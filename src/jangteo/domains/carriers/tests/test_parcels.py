from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from jangteo.domains.carriers import outside
from jangteo.domains.carriers.actions.note_parcel import WantedParcel, note_parcel
from jangteo.domains.carriers.actions.note_sightings import note_sightings
from jangteo.domains.carriers.actions.take_parcel_back import take_parcel_back
from jangteo.domains.carriers.errors import NumberTaken
from jangteo.domains.carriers.models import Parcel, Seen
from jangteo.domains.carriers.outside import Outside
from jangteo.domains.carriers.queries import hanging_parcels
from jangteo.domains.carriers.states import Sighting
from jangteo.domains.carriers.tests.roads import Roads, roads, to_be_brought
from jangteo.domains.ordering.models import Order
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

NUMBER = "6891000012345"


@pytest.fixture
def road(monkeypatch: pytest.MonkeyPatch) -> Iterator[Roads]:
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    with roads() as opened:
        yield opened


def noted(world: World, order: Order, number: str = NUMBER) -> Parcel:
    wanted = WantedParcel("epost", number, careful="냉장")
    return note_parcel(market=world.market, actor=SYSTEM, order_id=order.pk, wanted=wanted)


def again(world: World, parcel: Parcel) -> Parcel:
    with in_market(world.market.pk):
        return Parcel.objects.get(pk=parcel.pk)


def looked(road: Roads, hours: int) -> None:
    with clock.at(clock.now() + timedelta(hours=hours)):
        road.effects.look()


def test_a_parcel_is_followed_to_the_door_and_asked_about_no_more(world: World, road: Roads) -> None:
    parcel = noted(world, to_be_brought(world), "6891-0000-12345")
    road.tracker.see("epost", NUMBER, "IN_TRANSIT", place="옥천허브")
    looked(road, 1)
    assert (again(world, parcel).state, again(world, parcel).place) == ("moving", "옥천허브")

    road.tracker.see("epost", NUMBER, "DELIVERED", place="가람")
    looked(road, 3)
    looked(road, 30)

    assert (again(world, parcel).state, again(world, parcel).look_at) == ("delivered", None)
    assert road.tracker.asked == 2


def test_an_old_copy_of_the_carriers_page_leads_nowhere_back(world: World, road: Roads) -> None:
    parcel = noted(world, to_be_brought(world))
    road.tracker.see("epost", NUMBER, "AT_PICKUP")
    road.tracker.see("epost", NUMBER, "OUT_FOR_DELIVERY")
    looked(road, 1)
    road.tracker.dial.next_up("track", "stale")

    looked(road, 3)

    assert again(world, parcel).state == "out"


@pytest.mark.parametrize("fault", ["server_error", "too_many", "garbage", "internal"])
def test_a_silent_tracker_is_asked_again_later(world: World, road: Roads, fault: str) -> None:
    parcel = noted(world, to_be_brought(world))
    road.tracker.see("epost", NUMBER, "IN_TRANSIT")
    road.tracker.dial.next_up("track", fault)

    looked(road, 1)
    assert (again(world, parcel).state, again(world, parcel).looks) == ("noted", 1)
    assert again(world, parcel).unread
    looked(road, 4)

    assert (again(world, parcel).state, again(world, parcel).unread) == ("moving", "")


def test_a_number_is_noted_once_and_for_one_order(world: World, road: Roads) -> None:
    first, second = to_be_brought(world), to_be_brought(world)
    parcel = noted(world, first)

    assert noted(world, first, " 6891 0000 12345").pk == parcel.pk
    with pytest.raises(NumberTaken) as refused:
        noted(world, second)
    assert refused.value.facts == {"order": first.number}
    take_parcel_back(market=world.market, actor=SYSTEM, parcel_id=parcel.pk)

    assert noted(world, second).pk != parcel.pk


def test_without_a_tracker_the_number_is_enough(world: World, road: Roads) -> None:
    outside.use(Outside())

    parcel = noted(world, to_be_brought(world))

    assert (parcel.state, parcel.look_at) == ("noted", None)


def test_trouble_and_silence_hang(world: World, road: Roads) -> None:
    order = to_be_brought(world)
    silent, failed, fine = (noted(world, order, f"689100001234{digit}") for digit in range(3))
    now = clock.now()
    seen = {failed.pk: "failed_door", fine.pk: "moving"}
    for parcel_id, what in seen.items():
        note_sightings(market=world.market, actor=SYSTEM, parcel_id=parcel_id, seen=[Sighting(now, what)])

    with in_market(world.market.pk):
        assert [one.pk for one in hanging_parcels(now)] == [failed.pk]
        late = hanging_parcels(now + timedelta(days=3))
    assert {one.pk for one in late} == {silent.pk, failed.pk}


def test_what_was_seen_stays_seen(world: World, road: Roads) -> None:
    parcel = noted(world, to_be_brought(world))
    seen = Sighting(clock.now(), "moving", "옥천")
    for _twice in range(2):
        note_sightings(market=world.market, actor=SYSTEM, parcel_id=parcel.pk, seen=[seen])

    with in_market(world.market.pk):
        assert Seen.objects.count() == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            Seen.objects.update(what="noted")
