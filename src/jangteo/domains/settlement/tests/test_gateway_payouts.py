"""Runs that the gateway pays, over real HTTP to the practice gateway."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from jangteo.domains.payments.payouts_port import PayeeKind, PayeeState
from jangteo.domains.payments.ports import BankAccount
from jangteo.domains.settlement.actions import send_run as sending
from jangteo.domains.settlement.actions.call_payout_back import call_payout_back
from jangteo.domains.settlement.actions.confirm_account import confirm_account
from jangteo.domains.settlement.actions.export_run import export_run
from jangteo.domains.settlement.actions.finish_run import finish_run
from jangteo.domains.settlement.actions.mark_paid import mark_paid
from jangteo.domains.settlement.actions.note_returned import note_returned
from jangteo.domains.settlement.actions.propose_account import propose_account
from jangteo.domains.settlement.errors import (
    GatewayAnswers,
    MoneyElsewhere,
    NoPayoutGateway,
    PayeeNotReady,
    RunMoved,
    TooLateToCallBack,
)
from jangteo.domains.settlement.models import LineOutcome, SentPayout
from jangteo.domains.settlement.modes import RunState
from jangteo.domains.settlement.payees import Standing
from jangteo.domains.settlement.queries_payouts import unready, unsent
from jangteo.domains.settlement.tests.payout_desk import FAILING, MONDAY, Died, Mortal, PayoutDesk
from jangteo.kernel.tenancy import in_market
from tests.money.settling import ANNA, BORA, FRIDAY, approved, association_pays, at, has_account, line_of
from tests.world import World


def test_a_run_is_paid_by_the_gateway(desk: PayoutDesk, fish_and_tofu: World) -> None:
    run = desk.sold({fish_and_tofu.fish.pk: 30_000, fish_and_tofu.tofu_stall.pk: 8_000})

    for _ in range(2):
        desk.sent(run)
    desk.work()
    assert (desk.run(run).state, desk.states()) == (RunState.EXPORTED, ["requested", "requested"])
    assert [(one.wanted.won, one.pay_on) for one in desk.there()] == [(30_000, MONDAY), (8_000, MONDAY)]
    assert desk.payable(fish_and_tofu.fish) == -30_000
    with desk.on(MONDAY):
        desk.bank()
        for _ in range(2):
            desk.sweep()

    assert (desk.run(run).state, desk.states()) == (RunState.PAID, ["completed", "completed"])
    assert [desk.payable(stall) for stall in (fish_and_tofu.fish, fish_and_tofu.tofu_stall)] == [0, 0]
    assert desk.book.won("clear:toss") == 0
    assert finish_run(market=desk.market, actor=ANNA, run_id=run.pk).state == RunState.RECONCILED


def test_what_the_bank_does_not_take_is_the_stalls_again(desk: PayoutDesk) -> None:
    world = desk.world
    has_account(desk.market, world.fish)
    account = BankAccount("011", FAILING, world.fish.owner_name)
    row = propose_account(market=desk.market, actor=ANNA, stall_id=world.fish.pk, account=account)
    confirm_account(market=desk.market, actor=BORA, account_id=row.pk)
    desk.say(world.fish)
    desk.register(world.tofu_stall)
    run = desk.sold({world.fish.pk: 30_000, world.tofu_stall.pk: 8_000})
    desk.sent(run)
    desk.work()
    with desk.on(MONDAY):
        desk.bank()
        for _ in range(2):
            desk.sweep()

    assert (desk.run(run).state, desk.states()) == (RunState.PART_RETURNED, ["failed", "completed"])
    assert [desk.payable(stall) for stall in (world.fish, world.tofu_stall)] == [-30_000, 0]
    with in_market(desk.market.pk):
        outcomes = list(LineOutcome.objects.order_by("pk").values_list("outcome", "reason"))
    assert outcomes == [("returned", "TRANSFER_FAILED"), ("paid", "")]


@pytest.mark.parametrize(
    "faults",
    [
        ("timeout_after_commit",),
        ("broken_after_commit", "broken_after_commit"),
        ("server_error", "in_flight"),
        ("unknown_code", "broken_after_commit"),
    ],
)
def test_a_call_without_an_answer_pays_once(desk: PayoutDesk, fish_and_tofu: World, faults: tuple[str, ...]) -> None:
    run = desk.sold({fish_and_tofu.fish.pk: 30_000, fish_and_tofu.tofu_stall.pk: 8_000})
    desk.simulator.dial.next_up("payout", *faults)

    desk.sent(run)
    desk.work()

    assert desk.states() == ["requested", "requested"]
    assert [one.wanted.won for one in desk.there()] == [30_000, 8_000]


def test_while_nobody_knows_nothing_is_booked_and_nothing_repeated(desk: PayoutDesk, fish_and_tofu: World) -> None:
    run = desk.sold({fish_and_tofu.fish.pk: 30_000})
    desk.simulator.dial.next_up("payout", "broken_after_commit")
    desk.simulator.dial.next_up("payout_read", *["server_error"] * 3)

    desk.sent(run)
    desk.work(rounds=2)
    assert (desk.run(run).state, desk.states(), len(desk.there())) == (RunState.EXPORTED, ["waiting"], 1)
    desk.sent(run)
    desk.work(rounds=8)

    assert (desk.states(), len(desk.there())) == (["requested"], 1)


@pytest.mark.parametrize("place", ["before send", "after send"])
def test_a_worker_that_dies_while_it_sends_pays_once(desk: PayoutDesk, fish_and_tofu: World, place: str) -> None:
    run = desk.sold({fish_and_tofu.fish.pk: 30_000})
    desk.sent(run)
    with pytest.raises(Died):
        desk.work(Mortal(desk, place))  # type: ignore[arg-type]  # answers every call of the port by name

    assert desk.states() == ["waiting"]
    desk.work()

    assert (desk.states(), len(desk.there())) == (["requested"], 1)


def test_a_refused_batch_is_sent_anew_and_paid_once(desk: PayoutDesk, fish_and_tofu: World) -> None:
    run = desk.sold({fish_and_tofu.fish.pk: 30_000})
    desk.simulator.payouts.funded_won = 0
    desk.sent(run)
    desk.work()
    assert (desk.run(run).state, desk.states()) == (RunState.APPROVED, ["refused"])
    with in_market(desk.market.pk):
        assert SentPayout.objects.get().failure == "INVALID_REQUEST"

    desk.simulator.payouts.funded_won = 30_000
    desk.sent(run)
    desk.work()

    assert (desk.run(run).state, desk.states()) == (RunState.EXPORTED, ["refused", "requested"])
    assert len(desk.there()) == 1


def test_a_run_whose_call_was_refused_can_take_the_file(desk: PayoutDesk, fish_and_tofu: World) -> None:
    run = desk.sold({fish_and_tofu.fish.pk: 30_000})
    desk.simulator.payouts.funded_won = 0
    desk.sent(run)
    desk.work()

    export_run(market=desk.market, actor=ANNA, run_id=run.pk)
    with pytest.raises(RunMoved):
        desk.sent(run)

    assert mark_paid(market=desk.market, actor=ANNA, run_id=run.pk).state == RunState.PAID


def test_of_two_batches_the_refused_one_is_sent_again(
    desk: PayoutDesk, fish_and_tofu: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST_PAYOUTS", 1)
    run = desk.sold({fish_and_tofu.fish.pk: 30_000, fish_and_tofu.tofu_stall.pk: 8_000})
    desk.simulator.payouts.funded_won = 30_000
    desk.sent(run)
    desk.work()
    assert (desk.run(run).state, desk.states()) == (RunState.EXPORTED, ["requested", "refused"])

    desk.simulator.payouts.funded_won = 38_000
    desk.sent(run)
    desk.work()
    with desk.on(MONDAY):
        desk.bank()
        desk.sweep()

    assert (desk.run(run).state, desk.states()) == (RunState.PAID, ["completed", "refused", "completed"])
    assert [one.wanted.won for one in desk.there()] == [30_000, 8_000]


@pytest.mark.parametrize(("fault", "states"), [("broken_after_commit", ["requested"]), ("server_error", ["refused"])])
def test_when_the_day_has_come_it_is_found_out_what_became_of_a_call(
    desk: PayoutDesk, fish_and_tofu: World, fault: str, states: list[str]
) -> None:
    run = desk.sold({fish_and_tofu.fish.pk: 30_000})
    desk.simulator.dial.next_up("payout", fault)
    desk.sent(run)
    desk.work(rounds=1)
    with desk.on(MONDAY, hour=0):
        desk.sweep()
        assert desk.states() == ["waiting"]
    with desk.on(MONDAY, hour=9):
        for _ in range(2):
            desk.sweep()
        desk.work()

    assert desk.states() == states
    assert desk.run(run).state == (RunState.EXPORTED if states == ["requested"] else RunState.APPROVED)
    assert len(desk.there()) == (states == ["requested"])


def test_a_call_that_comes_too_late_is_not_made(desk: PayoutDesk, fish_and_tofu: World) -> None:
    run = desk.sold({fish_and_tofu.fish.pk: 30_000})
    desk.sent(run)
    with desk.on(MONDAY):
        desk.work()

    assert (desk.run(run).state, desk.states(), desk.there()) == (RunState.APPROVED, ["refused"], [])


def test_only_the_gateway_says_how_its_payouts_end(desk: PayoutDesk, fish_and_tofu: World) -> None:
    run = desk.sold({fish_and_tofu.fish.pk: 30_000})
    desk.sent(run)
    desk.work()
    line = line_of(run, fish_and_tofu.fish)

    with pytest.raises(GatewayAnswers):
        mark_paid(market=desk.market, actor=ANNA, run_id=run.pk)
    with pytest.raises(GatewayAnswers):
        note_returned(market=desk.market, actor=ANNA, line_id=line.pk, reason="계좌 해지")
    with desk.on(MONDAY):
        desk.bank()
        desk.sweep()
        note_returned(market=desk.market, actor=ANNA, line_id=line.pk, reason="계좌 해지")

    assert (desk.run(run).state, desk.payable(fish_and_tofu.fish)) == (RunState.PART_RETURNED, -30_000)


def test_a_payout_is_called_back_before_its_day(desk: PayoutDesk, fish_and_tofu: World) -> None:
    run = desk.sold({fish_and_tofu.fish.pk: 30_000, fish_and_tofu.tofu_stall.pk: 8_000})
    desk.sent(run)
    with pytest.raises(TooLateToCallBack):
        call_payout_back(market=desk.market, actor=ANNA, line_id=line_of(run, fish_and_tofu.fish).pk)
    desk.work()
    desk.simulator.dial.next_up("payout", "broken_after_commit")
    for _ in range(2):
        call_payout_back(market=desk.market, actor=ANNA, line_id=line_of(run, fish_and_tofu.fish).pk)
    desk.work()
    with desk.on(MONDAY):
        desk.bank()
        desk.sweep()

    assert (desk.run(run).state, desk.states()) == (RunState.PART_RETURNED, ["cancelled", "completed"])
    assert [desk.payable(stall) for stall in (fish_and_tofu.fish, fish_and_tofu.tofu_stall)] == [-30_000, 0]


def test_a_payout_that_has_begun_is_not_called_back(desk: PayoutDesk, fish_and_tofu: World) -> None:
    run = desk.sold({fish_and_tofu.fish.pk: 30_000})
    desk.sent(run)
    desk.work()
    call_payout_back(market=desk.market, actor=ANNA, line_id=line_of(run, fish_and_tofu.fish).pk)
    with desk.on(MONDAY):
        desk.bank()
        desk.work()

    assert (desk.run(run).state, desk.states()) == (RunState.PAID, ["completed"])


def test_stalls_that_cannot_be_paid_are_named_before_anything_is_sent(desk: PayoutDesk) -> None:
    world = desk.world
    desk.register(world.fish)
    desk.register(world.tofu_stall, PayeeKind.SOLE_TRADER)
    has_account(desk.market, world.greens)
    run = desk.sold(
        {world.fish.pk: 10_000_001, world.tofu_stall.pk: 8_000, world.greens.pk: 1_000, world.stranger.pk: 5}
    )

    with pytest.raises(PayeeNotReady) as no:
        desk.sent(run)

    assert no.value.facts == {"stall": world.fish.name, "count": 4}
    with in_market(desk.market.pk):
        missing = {one.line.stall_id: one.standing for one in unready(list(unsent(run)), "toss")}
    assert missing == {
        world.fish.pk: Standing.TOO_MUCH,
        world.tofu_stall.pk: Standing.UNIDENTIFIED,
        world.greens.pk: Standing.NOT_REGISTERED,
        world.stranger.pk: Standing.NO_ACCOUNT,
    }
    assert (desk.run(run).state, desk.states()) == (RunState.APPROVED, [])


def test_a_stall_that_the_gateway_holds_keeps_its_batch_back_and_is_seen(
    desk: PayoutDesk, fish_and_tofu: World
) -> None:
    run = desk.sold({fish_and_tofu.fish.pk: 30_000, fish_and_tofu.tofu_stall.pk: 8_000})
    desk.simulator.payouts.check_seller(desk.payee(fish_and_tofu.fish).key, "KYC_REQUIRED")
    desk.sent(run)
    desk.work()
    desk.sweep()

    assert desk.states() == ["refused", "refused"]
    assert desk.payee(fish_and_tofu.fish).state == PayeeState.HELD
    with pytest.raises(PayeeNotReady):
        desk.sent(run)


def test_money_at_another_gateway_is_not_paid_by_this_one(desk: PayoutDesk, fish_and_tofu: World) -> None:
    desk.book.sale({fish_and_tofu.fish.pk: 9_000}, at(FRIDAY), more={"clear:kakaopay": 4_000})
    run = approved(desk.market, FRIDAY)

    with pytest.raises(MoneyElsewhere) as no:
        desk.sent(run)

    assert no.value.facts == {"gateway": "kakaopay"}


def test_where_no_gateway_pays_there_is_nothing_to_send(desk: PayoutDesk, fish_and_tofu: World) -> None:
    association_pays(desk.market)
    run = desk.sold({fish_and_tofu.fish.pk: 9_000})

    with pytest.raises(NoPayoutGateway):
        desk.sent(run)


FROZEN = [
    "UPDATE settlement_payoutbatch SET key = 'other'",
    "DELETE FROM settlement_payoutbatch",
    "UPDATE settlement_sentpayout SET amount_won = amount_won + 1",
    "UPDATE settlement_sentpayout SET ref = 'other'",
    "DELETE FROM settlement_sentpayout",
    "UPDATE settlement_stallpayee SET ref = 'other'",
    "UPDATE settlement_stallpayee SET kind = 'person'",
]


def test_the_database_keeps_what_was_asked_for(desk: PayoutDesk, fish_and_tofu: World) -> None:
    run = desk.sold({fish_and_tofu.fish.pk: 9_000})
    desk.sent(run)

    for statement in FROZEN:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with in_market(desk.market.pk):
        sent = SentPayout.objects.get()
        sent.pk, sent.ref = None, "twice"
        with pytest.raises(IntegrityError, match="one_payout_per_line"), transaction.atomic():
            sent.save(force_insert=True)
