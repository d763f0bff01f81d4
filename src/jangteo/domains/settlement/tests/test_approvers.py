from __future__ import annotations

import pytest

from jangteo.domains.payments.ports import BankAccount
from jangteo.domains.people.actions.revoke_device import revoke_device
from jangteo.domains.people.models import Role
from jangteo.domains.people.queries import device_by_secret
from jangteo.domains.settlement.actions.approve_run import approve_run
from jangteo.domains.settlement.actions.close_run import close_run
from jangteo.domains.settlement.actions.confirm_account import confirm_account
from jangteo.domains.settlement.actions.propose_account import propose_account
from jangteo.domains.settlement.actions.review_run import review_run
from jangteo.domains.settlement.errors import NotApprover
from jangteo.domains.settlement.models import Approval, SettlementRun
from jangteo.domains.settlement.modes import RunState
from jangteo.domains.settlement.queries import run_view
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from jangteo.kernel.tenancy import in_market
from tests.money.settling import ANNA, FRIDAY, SATURDAY, Book, at
from tests.world import World, device_of


@pytest.fixture
def book(world: World) -> Book:
    return Book(world.market)


def reviewed(world: World, book: Book) -> SettlementRun:
    book.sale({world.fish.pk: 1_000}, at(FRIDAY))
    run = close_run(market=world.market, actor=ANNA, last=FRIDAY)
    return review_run(market=world.market, actor=ANNA, run_id=run.pk)


def device(world: World, role: Role) -> Actor:
    secret = device_of(world, None, role)
    found = device_by_secret(secret)
    assert found is not None
    return Actor(ActorKind.STAFF if role == Role.MANAGER else ActorKind.HELPER, f"device:{found.pk}")


def shut_out(world: World, actor: Actor) -> None:
    revoke_device(market=world.market, actor=SYSTEM, device_id=int(actor.ref.removeprefix("device:")))


def test_a_helper_releases_nothing(world: World, book: Book) -> None:
    with clock.at(at(SATURDAY)):
        run, helper = reviewed(world, book), device(world, Role.HELPER)
        account = propose_account(
            market=world.market, actor=ANNA, stall_id=world.fish.pk, account=BankAccount("020", "1002222222222", "순자")
        )
        disguised = Actor(ActorKind.STAFF, helper.ref)
        for actor in (helper, disguised, SYSTEM, Actor(ActorKind.STALL, "device:1")):
            with pytest.raises(NotApprover):
                approve_run(market=world.market, actor=actor, run_id=run.pk)
            with pytest.raises(NotApprover):
                confirm_account(market=world.market, actor=actor, account_id=account.pk)

    with in_market(world.market.pk):
        assert Approval.objects.count() == 0


def test_the_yes_of_a_phone_that_was_shut_out_counts_no_longer(world: World, book: Book) -> None:
    with clock.at(at(SATURDAY)):
        run = reviewed(world, book)
        lost, second, third = (device(world, Role.MANAGER) for _ in range(3))
        approve_run(market=world.market, actor=lost, run_id=run.pk)
        shut_out(world, lost)
        assert approve_run(market=world.market, actor=second, run_id=run.pk).state == RunState.REVIEWED
        with in_market(world.market.pk):
            assert run_view(run.pk).approved_by == [second.ref]
        with pytest.raises(NotApprover):
            approve_run(market=world.market, actor=lost, run_id=run.pk)
        assert approve_run(market=world.market, actor=third, run_id=run.pk).state == RunState.APPROVED
