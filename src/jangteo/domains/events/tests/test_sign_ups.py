from __future__ import annotations

from datetime import timedelta

import pytest

from jangteo.domains.events import errors
from jangteo.domains.events.actions.cancel_sign_up import cancel_sign_up
from jangteo.domains.events.actions.forget_sign_ups import forget_sign_ups
from jangteo.domains.events.actions.show_event import show_event
from jangteo.domains.events.actions.write_event import write_event
from jangteo.domains.events.models import Event, SignUp
from jangteo.domains.events.queries import counted, events_ahead, place_in_line
from jangteo.domains.events.tests.gatherings import comes, event, told
from jangteo.domains.ordering.errors import BadPhone
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

IN, WAITING, CANCELLED = SignUp.State.IN, SignUp.State.WAITING, SignUp.State.CANCELLED


def states(world: World, *rows: SignUp) -> list[str]:
    with in_market(world.market.pk):
        found = dict(SignUp.objects.values_list("pk", "state"))
        event_id = rows[0].event_id
        taken = Event.objects.get(pk=event_id).taken
        assert taken == counted(event_id).coming
    return [found[row.pk] for row in rows]


def test_who_comes_after_the_last_place_waits_and_moves_up_in_order(world: World) -> None:
    found = event(world)
    first, second, third, fourth = (comes(world, found) for _ in range(4))
    assert states(world, first, second, third, fourth) == [IN, IN, WAITING, WAITING]
    with in_market(world.market.pk):
        assert [place_in_line(row) for row in (first, third, fourth)] == [0, 1, 2]
    cancel_sign_up(market=world.market, actor=SYSTEM, sign_up_id=first.pk)
    cancel_sign_up(market=world.market, actor=SYSTEM, sign_up_id=first.pk)
    assert states(world, first, second, third, fourth) == [CANCELLED, IN, IN, WAITING]


def test_nobody_who_waits_is_passed_by_a_smaller_party(world: World) -> None:
    found = event(world, places=3, most_people=3)
    two, party, one = comes(world, found, people=2), comes(world, found, people=3), comes(world, found, people=1)
    assert states(world, two, party, one) == [IN, WAITING, WAITING]
    cancel_sign_up(market=world.market, actor=SYSTEM, sign_up_id=two.pk)
    assert states(world, two, party, one) == [CANCELLED, IN, WAITING]


def test_more_places_let_people_move_up_and_fewer_than_taken_are_refused(world: World) -> None:
    found = event(world, places=1)
    first, second = comes(world, found), comes(world, found)
    write_event(market=world.market, actor=SYSTEM, told=told(places=2), event_id=found.pk)
    assert states(world, first, second) == [IN, IN]
    with pytest.raises(errors.FewerPlaces):
        write_event(market=world.market, actor=SYSTEM, told=told(places=1), event_id=found.pk)
    write_event(market=world.market, actor=SYSTEM, told=told(places=None), event_id=found.pk)


def test_one_number_signs_up_once_and_the_same_press_is_one(world: World) -> None:
    found = event(world)
    row = comes(world, found, phone="010-1234-5678", key="the-same-press")
    assert comes(world, found, phone="010-1234-5678", key="the-same-press").pk == row.pk
    with pytest.raises(errors.SignedUpBefore):
        comes(world, found, phone="+82 10 1234 5678")
    cancel_sign_up(market=world.market, actor=SYSTEM, sign_up_id=row.pk)
    assert states(world, comes(world, found, phone="01012345678")) == [IN]


def test_what_cannot_be_is_refused(world: World) -> None:
    full = event(world, places=1, has_waiting=False)
    comes(world, full)
    with pytest.raises(errors.PlacesGone):
        comes(world, full)
    with pytest.raises(BadPhone):
        comes(world, full, phone="+1 415 555 0100")
    with pytest.raises(errors.BadSignUp):
        comes(world, full, people=2)
    with pytest.raises(errors.NoSignUp):
        comes(world, event(world, places=None))
    with clock.at(clock.now() + timedelta(days=1)), pytest.raises(errors.NoSignUp):
        comes(world, full)
    show_event(market=world.market, actor=SYSTEM, event_id=full.pk, state=Event.State.CALLED_OFF)
    with pytest.raises(errors.EventOver):
        comes(world, full)
    for changes in ({"title": " "}, {"ends_at": clock.now()}, {"places": 0}, {"kind": "war"}):
        with pytest.raises(errors.BadEvent):
            write_event(market=world.market, actor=SYSTEM, told=told(**changes))


def test_drafts_are_seen_by_nobody_and_called_off_ones_by_everybody(world: World) -> None:
    draft = write_event(market=world.market, actor=SYSTEM, told=told())
    shown = event(world)
    comes(world, shown)
    with in_market(world.market.pk):
        assert [row.pk for row in events_ahead()] == [shown.pk]
    with pytest.raises(errors.EventOver):
        show_event(market=world.market, actor=SYSTEM, event_id=shown.pk, state=Event.State.DRAFT)
    show_event(market=world.market, actor=SYSTEM, event_id=shown.pk, state=Event.State.CALLED_OFF)
    show_event(market=world.market, actor=SYSTEM, event_id=draft.pk, state=Event.State.CALLED_OFF)
    with in_market(world.market.pk):
        assert {row.pk for row in events_ahead()} == {shown.pk, draft.pk}
    show_event(market=world.market, actor=SYSTEM, event_id=shown.pk, state=Event.State.SHOWN)


def test_names_and_numbers_go_and_how_many_came_stays(world: World) -> None:
    found = event(world)
    comes(world, found)
    for before, name in ((found.ends_at, "김하나"), (found.ends_at + timedelta(seconds=1), "")):
        forget_sign_ups(market=world.market, actor=SYSTEM, before=before)
        with in_market(world.market.pk):
            assert SignUp.objects.get().name == name
    with in_market(world.market.pk):
        gone = SignUp.objects.get()
    assert (gone.phone, gone.people) == ("", 1)
