from __future__ import annotations

from datetime import timedelta

import pytest

from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.helping.actions.begin_acting import begin_acting
from jangteo.domains.helping.actions.end_acting import end_acting
from jangteo.domains.helping.actions.make_consent_code import make_consent_code
from jangteo.domains.helping.errors import CodeWrong, StallHelped
from jangteo.domains.helping.jobs import end_due
from jangteo.domains.helping.models import Acting, ConsentCode
from jangteo.domains.helping.queries import acting_for, acting_of
from jangteo.domains.helping.tests.helpers_of import actor_of, helper, phone_of
from jangteo.domains.markets.models import Stall
from jangteo.domains.people.actions.make_api_token import make_api_token
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import Device, Role
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM, NeverForAnother
from jangteo.kernel.audit.queries import acts_for
from jangteo.kernel.models import AuditRow, LiveEvent
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

MINUTE = timedelta(minutes=1)
NEVER = "000000"


@pytest.fixture
def hana(world: World) -> Device:
    return helper(world, "김하나")


def code(world: World, stall: Stall) -> str:
    phone = phone_of(world, stall)
    return make_consent_code(market=world.market, actor=SYSTEM, stall_id=stall.pk, device_id=phone.pk)


def begin(world: World, stall: Stall, who: Device, digits: str) -> Acting | CodeWrong:
    return begin_acting(
        market=world.market, actor=actor_of(who, stall), stall_id=stall.pk, helper_id=who.pk, digits=digits
    )


def consented(world: World, stall: Stall, who: Device) -> Acting:
    acting = begin(world, stall, who, code(world, stall))
    assert isinstance(acting, Acting)
    return acting


def test_the_code_lets_one_helper_act_for_one_stall(world: World, hana: Device) -> None:
    with clock.at(NOON):
        digits = code(world, world.fish)
        acting = begin(world, world.fish, hana, digits)

        assert isinstance(acting, Acting)
        assert acting.ends_at == NOON + 30 * MINUTE
        assert acting_of(hana.pk, world.market.pk) == acting
        with in_market(world.market.pk):
            assert acting_for(world.fish.pk) == acting
            assert acting_for(world.greens.pk) is None
            assert LiveEvent.objects.filter(channel=f"stall:{world.fish.pk}", kind="acting").count() == 1
            row = AuditRow.objects.get(code="acting.began")
            stored = ConsentCode.objects.get()
    assert len(digits) == 6
    assert digits not in (stored.digest, *row.facts.values())
    assert (row.actor_ref, row.for_ref) == (f"device:{hana.pk}", f"stall:{world.fish.pk}")


def test_a_code_is_good_once(world: World, hana: Device) -> None:
    digits = code(world, world.fish)
    begin(world, world.fish, hana, digits)

    assert isinstance(begin(world, world.fish, hana, digits), CodeWrong)


def test_a_code_is_good_for_its_own_stall_only(world: World, hana: Device) -> None:
    code(world, world.greens)

    assert isinstance(begin(world, world.greens, hana, code(world, world.fish)), CodeWrong)


@pytest.mark.parametrize(("minutes", "good"), [(4, True), (5, False)])
def test_a_code_lives_five_minutes(world: World, hana: Device, minutes: int, good: bool) -> None:
    with clock.at(NOON):
        digits = code(world, world.fish)
    with clock.at(NOON + minutes * MINUTE):
        assert isinstance(begin(world, world.fish, hana, digits), Acting if good else CodeWrong)


def test_a_new_code_ends_the_one_before(world: World, hana: Device) -> None:
    first, second = code(world, world.fish), code(world, world.fish)

    assert first == second or isinstance(begin(world, world.fish, hana, first), CodeWrong)
    assert isinstance(begin(world, world.fish, hana, second), Acting)


def test_five_wrong_codes_kill_the_right_one(world: World, hana: Device) -> None:
    digits = code(world, world.fish)
    for _ in range(5):
        assert isinstance(begin(world, world.fish, hana, NEVER), CodeWrong)

    assert isinstance(begin(world, world.fish, hana, digits), CodeWrong)
    with in_market(world.market.pk):
        assert AuditRow.objects.filter(code="acting.code_wrong").count() == 5
        assert Acting.objects.count() == 0


def test_it_is_over_after_thirty_minutes_and_written_down(world: World, hana: Device) -> None:
    with clock.at(NOON):
        acting = consented(world, world.fish, hana)
    with clock.at(NOON + 29 * MINUTE):
        end_due()
        assert acting_of(hana.pk, world.market.pk) == acting
    with clock.at(NOON + 30 * MINUTE):
        assert acting_of(hana.pk, world.market.pk) is None
        end_due()

    with in_market(world.market.pk):
        acting.refresh_from_db()
        assert acting.ended_at == NOON + 30 * MINUTE
        assert AuditRow.objects.get(code="acting.ended").facts == {"reason": "time"}


def test_a_new_code_gives_thirty_minutes_more(world: World, hana: Device) -> None:
    with clock.at(NOON):
        first = consented(world, world.fish, hana)
    with clock.at(NOON + 20 * MINUTE):
        again = consented(world, world.fish, hana)

    assert again.pk == first.pk
    assert again.ends_at == NOON + 50 * MINUTE


def test_either_side_ends_it_at_once(world: World, hana: Device) -> None:
    for actor, reason in ((SYSTEM, "stall"), (actor_of(hana, world.fish), "helper")):
        consented(world, world.fish, hana)

        assert end_acting(market=world.market, actor=actor, stall_id=world.fish.pk) is True
        assert end_acting(market=world.market, actor=actor, stall_id=world.fish.pk) is False

        assert acting_of(hana.pk, world.market.pk) is None
        assert AuditRow.objects.filter(code="acting.ended").latest("pk").facts == {"reason": reason}


def test_a_second_helper_waits_for_the_first(world: World, hana: Device) -> None:
    consented(world, world.fish, hana)
    duri, digits = helper(world, "박두리"), code(world, world.fish)

    with pytest.raises(StallHelped) as busy:
        begin(world, world.fish, duri, digits)
    assert busy.value.facts == {"name": "김하나"}
    end_acting(market=world.market, actor=SYSTEM, stall_id=world.fish.pk)

    assert isinstance(begin(world, world.fish, duri, digits), Acting)


def test_a_helper_acts_for_one_stall_at_a_time(world: World, hana: Device) -> None:
    consented(world, world.fish, hana)
    second = consented(world, world.greens, hana)

    assert acting_of(hana.pk, world.market.pk) == second
    with in_market(world.market.pk):
        assert acting_for(world.fish.pk) is None
    assert AuditRow.objects.get(code="acting.ended").facts == {"reason": "other_stall"}


def test_every_act_is_in_the_log_under_both_names(world: World, hana: Device) -> None:
    actor = actor_of(hana, world.fish)
    began = clock.now()
    set_price(market=world.market, actor=actor, good_id=world.mackerel.pk, price_won=9_000)

    with in_market(world.market.pk):
        (row,) = acts_for(f"stall:{world.fish.pk}", began)
        assert acts_for(f"stall:{world.greens.pk}", began) == []
    assert (row.code, row.actor_kind, row.actor_ref) == ("good.priced", "helper", f"device:{hana.pk}")


def test_nobody_lets_others_in_for_another(world: World, hana: Device) -> None:
    actor = actor_of(hana, world.fish)

    with pytest.raises(NeverForAnother):
        make_entry_link(market=world.market, actor=actor, role=Role.OWNER, stall=world.fish)
    with pytest.raises(NeverForAnother):
        make_api_token(market=world.market, actor=actor, label="till", stall=world.fish)
    with pytest.raises(NeverForAnother):
        make_consent_code(market=world.market, actor=actor, stall_id=world.fish.pk, device_id=hana.pk)
