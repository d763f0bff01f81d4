from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.note_phone import note_phone
from jangteo.domains.ordering.actions.set_cover import set_cover
from jangteo.domains.ordering.actions.undo_part import undo_part
from jangteo.domains.ordering.cover import Family, Heard, Plan, Told, told
from jangteo.domains.ordering.errors import BadCover
from jangteo.domains.ordering.jobs import pass_on_left_orders
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.queries_cover import FamilyPhones, family_phones, plan_of
from jangteo.domains.ordering.queries_office import unanswered_parts
from jangteo.domains.people.actions.bind_device import bind_device
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.actions.revoke_device import revoke_device
from jangteo.domains.people.models import Role
from jangteo.domains.people.queries import device_by_secret
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow, LiveEvent, OutboxRow
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, order

BOTH, OWNER, FAMILY, NONE = Heard(True, True), Heard(True, False), Heard(False, True), Heard(False, False)


@pytest.mark.parametrize(
    ("heard", "family_after_s", "office_after_s"),
    [(BOTH, 300, 600), (OWNER, None, 300), (FAMILY, 60, 360), (NONE, None, 60)],
)
def test_who_is_told_and_when(heard: Heard, family_after_s: int | None, office_after_s: int) -> None:
    turns = [told(Plan(), heard, timedelta(seconds=second)) for second in range(0, 700)]

    assert turns.index(Told.OFFICE) == office_after_s
    assert (turns.index(Told.FAMILY) if Told.FAMILY in turns else None) == family_after_s
    assert turns == sorted(turns, key=list(Told).index)


def test_a_family_that_is_never_rung_costs_no_time() -> None:
    assert told(Plan(family=Family.NEVER), BOTH, timedelta(minutes=5)) == Told.OFFICE
    assert told(Plan(minutes=2, family=Family.AT_ONCE), BOTH, timedelta(minutes=3)) == Told.FAMILY


def bound(world: World, role: Role) -> int:
    token = make_entry_link(market=world.market, actor=SYSTEM, role=role, stall=world.fish)
    device = device_by_secret(bind_device(market=world.market, actor=SYSTEM, token=token))
    assert device is not None
    return device.pk


def seen(world: World, *device_ids: int) -> None:
    for device_id in device_ids:
        note_phone(market=world.market, actor=SYSTEM, stall_id=world.fish.pk, device_id=device_id)


def pass_on(world: World, moment: datetime, *phones: int) -> str:
    """What the new part of the world says after the job ran with these phones there."""
    with clock.at(moment):
        seen(world, *phones)
        pass_on_left_orders()
    with in_market(world.market.pk):
        return StallPart.objects.get().told


def test_a_phone_left_alone_hands_over_to_the_family_then_to_the_association(world: World) -> None:
    owner, family = bound(world, Role.OWNER), bound(world, Role.FAMILY)
    with clock.at(NOON):
        order(world, (world.mackerel, 1))

    assert pass_on(world, NOON + timedelta(seconds=299), owner, family) == ""
    assert pass_on(world, NOON + timedelta(seconds=300), owner, family) == "family"
    with in_market(world.market.pk):
        assert unanswered_parts(NOON + timedelta(seconds=300)) == []
    assert pass_on(world, NOON + timedelta(seconds=599), owner, family) == "family"
    assert pass_on(world, NOON + timedelta(seconds=600), owner, family) == "office"
    assert pass_on(world, NOON + timedelta(seconds=900), owner, family) == "office"

    rows = AuditRow.objects.filter(code="part.passed_on").order_by("pk")
    assert [row.facts["told"] for row in rows] == ["family", "office"]
    assert LiveEvent.objects.filter(kind="part_passed_on", channel=f"stall:{world.fish.pk}").count() == 2
    assert not OutboxRow.objects.exists()


def test_a_silent_phone_is_not_waited_for(world: World) -> None:
    owner, family = bound(world, Role.OWNER), bound(world, Role.FAMILY)
    with clock.at(NOON - timedelta(minutes=2)):
        seen(world, owner)
    with clock.at(NOON):
        order(world, (world.mackerel, 1))

    assert pass_on(world, NOON + timedelta(seconds=59), family) == ""
    assert pass_on(world, NOON + timedelta(seconds=60), family) == "family"


def test_a_phone_that_was_shut_out_is_not_heard(world: World) -> None:
    owner = bound(world, Role.OWNER)
    with clock.at(NOON):
        order(world, (world.mackerel, 1))
    revoke_device(market=world.market, actor=SYSTEM, device_id=owner)

    assert pass_on(world, NOON + timedelta(seconds=60), owner) == "office"


def test_the_association_sees_at_once_what_it_was_told_of(world: World) -> None:
    with clock.at(NOON):
        order(world, (world.mackerel, 1))

    assert pass_on(world, NOON + timedelta(seconds=60)) == "office"
    with in_market(world.market.pk):
        assert [part.stall.name for part, _made in unanswered_parts(NOON + timedelta(seconds=60))] == ["순자네 수산"]


def test_an_answer_begins_anew(world: World) -> None:
    with clock.at(NOON):
        order(world, (world.mackerel, 1))
    assert pass_on(world, NOON + timedelta(seconds=60)) == "office"
    with in_market(world.market.pk):
        part = StallPart.objects.get()
    with clock.at(NOON + timedelta(seconds=70)):
        accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
        undo_part(market=world.market, actor=SYSTEM, part_id=part.pk)

    assert pass_on(world, NOON + timedelta(seconds=80)) == ""
    with in_market(world.market.pk):
        assert unanswered_parts(NOON + timedelta(seconds=80)) == []


def test_an_accepted_order_is_passed_on_to_nobody(world: World) -> None:
    with clock.at(NOON):
        order(world, (world.mackerel, 1))
        with in_market(world.market.pk):
            part = StallPart.objects.get()
        accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)

    assert pass_on(world, NOON + timedelta(minutes=30)) == ""


def test_a_stall_decides_for_itself(world: World) -> None:
    plan = Plan(minutes=2, family=Family.AT_ONCE)
    for _ in range(2):
        set_cover(market=world.market, actor=SYSTEM, stall_id=world.fish.pk, plan=plan)

    with in_market(world.market.pk):
        assert plan_of(world.fish.pk) == plan
        assert plan_of(world.greens.pk) == Plan()
    assert AuditRow.objects.filter(code="stall.cover_set").count() == 1
    with pytest.raises(BadCover):
        set_cover(market=world.market, actor=SYSTEM, stall_id=world.fish.pk, plan=Plan(minutes=7))


def test_the_settings_know_the_familys_phones(world: World) -> None:
    family = bound(world, Role.FAMILY)
    bound(world, Role.FAMILY)
    with clock.at(NOON):
        seen(world, family)
    with in_market(world.market.pk):
        assert family_phones(world.fish.pk, NOON) == FamilyPhones(bound=2, heard=1)
        assert family_phones(world.fish.pk, NOON + timedelta(minutes=3)) == FamilyPhones(bound=2, heard=0)
        assert family_phones(world.greens.pk, NOON) == FamilyPhones(bound=0, heard=0)
