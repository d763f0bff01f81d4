from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from jangteo.domains.helping.actions.call_help import call_help
from jangteo.domains.helping.actions.finish_call import finish_call
from jangteo.domains.helping.actions.leave_call import leave_call
from jangteo.domains.helping.actions.log_visit import log_visit
from jangteo.domains.helping.actions.mark_set_up import mark_set_up
from jangteo.domains.helping.actions.take_back_call import take_back_call
from jangteo.domains.helping.actions.take_call import take_call
from jangteo.domains.helping.calls import NewCall
from jangteo.domains.helping.errors import BadCall, BadVisit, CallOver, CallTaken
from jangteo.domains.helping.models import HelpCall, Visit
from jangteo.domains.helping.queries import history_of, just_finished, set_up_marks, taken_calls, waiting_calls
from jangteo.domains.helping.tests.helpers_of import actor_of, helper
from jangteo.domains.people.models import Device
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow, LiveEvent
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World


def called(world: World, what: str = "goods", key: str = "", **more: str) -> HelpCall:
    """By the fish stall's phone, where nothing else is said."""
    said = {"face": "stall", "place": "순자네 수산", "who": "", **more}
    stall_id = world.fish.pk if said["face"] == "stall" else None
    call = NewCall(said["face"], said["place"], what, key or str(uuid.uuid4()), said["who"], stall_id=stall_id)
    return call_help(market=world.market, actor=SYSTEM, call=call)


@pytest.fixture
def hana(world: World) -> Device:
    return helper(world, "김하나")


def test_a_call_waits_and_rings_the_helpers(world: World) -> None:
    call = called(world)

    with in_market(world.market.pk):
        assert [(c.pk, c.place, c.what) for c in waiting_calls()] == [(call.pk, "순자네 수산", "goods")]
        news = LiveEvent.objects.latest("pk")
        row = AuditRow.objects.latest("pk")
    assert (news.channel, news.kind, news.payload) == (f"helpers:{world.market.pk}", "help_called", {"call": call.pk})
    assert (row.code, row.subject, row.facts) == ("help.called", f"call:{call.pk}", {"face": "stall", "what": "goods"})


def test_the_same_tap_and_the_same_need_are_one_call(world: World) -> None:
    first = called(world, key="k" * 36)

    assert called(world, key="k" * 36).pk == first.pk
    assert called(world).pk == first.pk
    assert called(world, "money").pk != first.pk
    kiosk = {"face": "kiosk", "place": "북문 앞"}
    assert called(world, "paying", **kiosk).pk == called(world, "paying", **kiosk).pk


def test_a_forgotten_call_does_not_hide_a_new_one(world: World) -> None:
    with clock.at(NOON):
        first = called(world)
    with clock.at(NOON + timedelta(minutes=31)):
        assert called(world).pk != first.pk


@pytest.mark.parametrize("wrong", [{"place": "  "}, {"face": "moon"}, {"what": "moon"}, {"who": "가" * 41}])
def test_a_call_that_says_too_little_or_too_much_is_refused(world: World, wrong: dict[str, str]) -> None:
    with pytest.raises(BadCall):
        called(world, **wrong)


def test_one_helper_takes_a_call_and_ends_it(world: World, hana: Device) -> None:
    call, other = called(world), helper(world, "박두리")
    take_call(market=world.market, actor=actor_of(hana), call_id=call.pk, helper_id=hana.pk)
    take_call(market=world.market, actor=actor_of(hana), call_id=call.pk, helper_id=hana.pk)

    with pytest.raises(CallTaken) as taken:
        take_call(market=world.market, actor=actor_of(other), call_id=call.pk, helper_id=other.pk)
    assert taken.value.facts == {"name": "김하나"}
    with pytest.raises(CallOver):
        finish_call(market=world.market, actor=actor_of(other), call_id=call.pk, helper_id=other.pk)
    with in_market(world.market.pk):
        assert (waiting_calls(), [c.pk for c in taken_calls()]) == ([], [call.pk])
    finish_call(market=world.market, actor=actor_of(hana), call_id=call.pk, helper_id=hana.pk)

    with in_market(world.market.pk):
        assert (waiting_calls(), taken_calls()) == ([], [])
        assert just_finished(hana.pk) == call
        rows = AuditRow.objects.filter(subject=f"call:{call.pk}").order_by("pk")
        assert [row.code for row in rows] == ["help.called", "help.taken", "help.done"]
    with pytest.raises(CallOver):
        take_call(market=world.market, actor=actor_of(other), call_id=call.pk, helper_id=other.pk)


def test_a_call_can_be_put_back_and_taken_by_another(world: World, hana: Device) -> None:
    call, other = called(world), helper(world, "박두리")
    take_call(market=world.market, actor=actor_of(hana), call_id=call.pk, helper_id=hana.pk)

    leave_call(market=world.market, actor=actor_of(hana), call_id=call.pk, helper_id=hana.pk)

    taken = take_call(market=world.market, actor=actor_of(other), call_id=call.pk, helper_id=other.pk)
    assert taken.taken_by_id == other.pk
    with pytest.raises(CallOver):
        leave_call(market=world.market, actor=actor_of(hana), call_id=call.pk, helper_id=hana.pk)


def test_whoever_called_may_take_it_back(world: World, hana: Device) -> None:
    call = called(world)

    take_back_call(market=world.market, actor=SYSTEM, token=call.token)
    take_back_call(market=world.market, actor=SYSTEM, token=call.token)

    with in_market(world.market.pk):
        assert waiting_calls() == []
        assert AuditRow.objects.filter(code="help.taken_back").count() == 1
    with pytest.raises(CallOver):
        take_call(market=world.market, actor=actor_of(hana), call_id=call.pk, helper_id=hana.pk)


def test_a_visit_says_what_was_stuck(world: World, hana: Device) -> None:
    def log(stuck: list[str], key: str) -> Visit:
        actor = actor_of(hana)
        return log_visit(
            market=world.market, actor=actor, stall_id=world.fish.pk, helper_id=hana.pk, stuck=stuck, key=key
        )

    first = log(["money", "goods"], "v" * 36)

    assert log(["phone"], "v" * 36) == first
    for wrong in ([], ["moon"], ["money", "moon"]):
        with pytest.raises(BadVisit):
            log(wrong, "w" * 36)

    with in_market(world.market.pk):
        assert [visit.stuck for visit in history_of(world.fish.pk).visits] == [["goods", "money"]]
        assert Visit.objects.count() == 1


def test_a_step_that_only_people_see_is_marked_and_unmarked(world: World, hana: Device) -> None:
    def mark(step: str, *, done: bool) -> set[str]:
        mark_set_up(market=world.market, actor=actor_of(hana), stall_id=world.fish.pk, step=step, done=done)
        with in_market(world.market.pk):
            return set_up_marks(world.fish.pk)

    assert mark("sticker", done=True) == {"sticker"}
    assert mark("sticker", done=True) == {"sticker"}
    assert mark("moon", done=True) == {"sticker"}
    assert mark("sticker", done=False) == set()
