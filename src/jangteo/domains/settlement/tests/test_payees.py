"""Stalls at the gateway that pays them: registered once, told what changed, read again."""

from __future__ import annotations

from contextlib import closing

import pytest

from jangteo.adapters.toss.payouts import TossPayouts
from jangteo.adapters.toss.simulator import TossSimulator
from jangteo.adapters.toss.tests.stage import toss_payouts
from jangteo.domains.markets.models import Stall
from jangteo.domains.payments.payouts_port import PayeeKind, PayeeState
from jangteo.domains.payments.ports import BankAccount
from jangteo.domains.settlement.actions.confirm_account import confirm_account
from jangteo.domains.settlement.actions.propose_account import propose_account
from jangteo.domains.settlement.actions.set_payee import set_payee
from jangteo.domains.settlement.errors import (
    AccountMissing,
    BadPayee,
)
from jangteo.domains.settlement.models import StallPayee
from jangteo.domains.settlement.payout_effects import PayoutEffects
from jangteo.domains.settlement.tests.payout_desk import Died, Mortal, PayoutDesk
from jangteo.kernel.tenancy import in_market
from tests.money.settling import ANNA, BORA, SATURDAY, has_account


def say(desk: PayoutDesk, stall: Stall, email: str = "stall@market.example") -> None:
    """A stall without a business number, and nobody has told the gateway yet."""
    set_payee(
        market=desk.market,
        actor=ANNA,
        stall_id=stall.pk,
        kind=PayeeKind.PERSON,
        email=email,
        phone="01000000000",
    )


def test_a_stall_is_registered_once_its_account_was_confirmed(desk: PayoutDesk) -> None:
    fish = desk.world.fish
    with pytest.raises(AccountMissing):
        desk.say(fish)

    payee = desk.register(fish, PayeeKind.SOLE_TRADER)

    assert (payee.state, payee.told_version, payee.refusal) == (PayeeState.UNIDENTIFIED, 1, "")
    there = desk.simulator.payouts.seller(payee.key)
    assert (there.ref, there.account) == (payee.ref, ("088", "110123456789"))
    assert there.business_type == "INDIVIDUAL_BUSINESS"


def test_another_account_is_told_once_the_second_person_has_confirmed_it(desk: PayoutDesk) -> None:
    fish = desk.world.fish
    payee = desk.register(fish)
    account = BankAccount("020", "1002-222-222222", fish.owner_name)
    row = propose_account(market=desk.market, actor=ANNA, stall_id=fish.pk, account=account)
    desk.work()
    assert desk.simulator.payouts.seller(payee.key).account == ("088", "110123456789")

    for _ in range(2):
        confirm_account(market=desk.market, actor=BORA, account_id=row.pk)
    desk.work()

    assert desk.simulator.payouts.seller(payee.key).account == ("020", "1002222222222")
    assert desk.payee(fish).told_version == 2


@pytest.mark.parametrize("fault", ["timeout_after_commit", "broken_after_commit", "garbage", "server_error"])
def test_a_registration_without_an_answer_is_made_once(desk: PayoutDesk, fault: str) -> None:
    desk.simulator.dial.next_up("seller", fault)

    payee = desk.register(desk.world.fish)

    assert (payee.state, payee.told_version) == (PayeeState.LIMITED, 1)
    assert desk.simulator.payouts.seller(payee.key).ref == payee.ref


def test_what_changed_while_the_first_answer_was_lost_is_told_after_all(desk: PayoutDesk) -> None:
    fish = desk.world.fish
    has_account(desk.market, fish)
    desk.simulator.dial.next_up("seller", "broken_after_commit")
    desk.say(fish)
    desk.say(fish, email="other@market.example")

    payee = desk.payee(fish)

    company = desk.simulator.payouts.seller(payee.key).about["company"]
    assert isinstance(company, dict)
    assert (company["email"], payee.told_version) == ("other@market.example", 2)


def test_another_kind_of_business_is_another_payee(desk: PayoutDesk) -> None:
    fish = desk.world.fish
    first = desk.register(fish)

    second = desk.say(fish, PayeeKind.PERSON)

    assert (second.ref != first.ref, second.version, second.state) == (True, 1, PayeeState.UNIDENTIFIED)
    with in_market(desk.market.pk):
        assert StallPayee.objects.get(ref=first.ref).retired_at is not None


def test_a_refused_registration_is_shown_and_made_anew_under_another_reference(desk: PayoutDesk) -> None:
    fish, shop = desk.world.fish, desk.simulator.shop
    has_account(desk.market, fish)
    say(desk, fish)
    stranger = TossPayouts(base_url=desk.simulator.url, secret_key="test_sk_old", security_key=shop.security_key)
    with closing(stranger):
        desk.work(stranger)
    refused = desk.payee(fish)
    assert (refused.refusal, refused.key) == ("UNAUTHORIZED_KEY", "")

    say(desk, fish)
    desk.work()

    payee = desk.payee(fish)
    assert (payee.refusal, payee.told_version, payee.ref != refused.ref) == ("", 1, True)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"phone": "0212345678"}, "phone"),
        ({"email": "not an address"}, "email"),
        ({"email": f"{'a' * 100}@market.example"}, "email"),
        ({"kind": PayeeKind.COMPANY}, "business_number"),
    ],
)
def test_what_the_gateway_would_refuse_is_said_at_once(desk: PayoutDesk, said: dict[str, str], field: str) -> None:
    fish = desk.world.fish
    has_account(desk.market, fish)
    facts = {"kind": PayeeKind.PERSON, "email": "stall@market.example", "phone": "01000000000"} | said

    with pytest.raises(BadPayee) as no:
        set_payee(market=desk.market, actor=ANNA, stall_id=fish.pk, **facts)  # type: ignore[arg-type]  # texts and kinds

    assert no.value.facts == {"field": field}


@pytest.mark.parametrize("place", ["before register", "after register"])
def test_a_worker_that_dies_while_it_registers_does_it_once(desk: PayoutDesk, place: str) -> None:
    fish = desk.world.fish
    has_account(desk.market, fish)
    say(desk, fish)
    with pytest.raises(Died):
        desk.work(Mortal(desk, place))  # type: ignore[arg-type]  # answers every call of the port by name
    desk.work()

    payee = desk.payee(fish)
    assert (payee.state, payee.told_version) == (PayeeState.UNIDENTIFIED, 1)
    assert desk.simulator.payouts.seller(payee.key).ref == payee.ref


def test_a_stall_that_passed_the_identity_check_is_seen_at_the_next_look(desk: PayoutDesk) -> None:
    payee = desk.register(desk.world.fish, PayeeKind.SOLE_TRADER)
    desk.simulator.payouts.check_seller(payee.key, "APPROVED")

    desk.sweep()
    assert desk.payee(desk.world.fish).state == PayeeState.UNIDENTIFIED
    with desk.on(SATURDAY, hour=15):
        desk.sweep()

    assert desk.payee(desk.world.fish).state == PayeeState.APPROVED


def test_a_stall_that_the_gateway_has_lost_is_registered_anew(desk: PayoutDesk) -> None:
    fish = desk.world.fish
    lost = desk.register(fish)
    with TossSimulator(shop=desk.simulator.shop) as started_anew:
        gateway = toss_payouts(started_anew)
        with closing(gateway), desk.on(SATURDAY, hour=15):
            for _ in range(2):
                PayoutEffects({"toss": gateway}).sweep()
    assert desk.payee(fish).refusal == "NOT_FOUND_SELLER"

    found = desk.say(fish)

    assert (found.refusal, found.state, found.ref != lost.ref) == ("", PayeeState.LIMITED, True)
