from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from jangteo.domains.payments.ports import BankAccount
from jangteo.domains.settlement.actions.approve_run import approve_run
from jangteo.domains.settlement.actions.close_run import close_run
from jangteo.domains.settlement.actions.confirm_account import confirm_account
from jangteo.domains.settlement.actions.drop_run import drop_run
from jangteo.domains.settlement.actions.export_run import export_run
from jangteo.domains.settlement.actions.finish_run import finish_run
from jangteo.domains.settlement.actions.mark_paid import mark_paid
from jangteo.domains.settlement.actions.note_returned import note_returned
from jangteo.domains.settlement.actions.propose_account import propose_account
from jangteo.domains.settlement.actions.review_run import review_run
from jangteo.domains.settlement.actions.set_payout_terms import NewTerms, set_payout_terms
from jangteo.domains.settlement.actions.take_answer import take_answer
from jangteo.domains.settlement.errors import (
    AccountMissing,
    BadTerms,
    NoPayoutFile,
    NothingToSettle,
    PeriodNotOver,
    RegistrationMissing,
    ResultForeign,
    RunMoved,
    RunUnderWay,
    SamePerson,
)
from jangteo.domains.settlement.models import LineOutcome, SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import Mode, RunState
from jangteo.domains.settlement.queries import accounts_of, statements_of
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused
from jangteo.kernel.files.tables import Source
from jangteo.kernel.tenancy import in_market
from tests.money.settling import (
    ANNA,
    BORA,
    FRIDAY,
    SATURDAY,
    Book,
    approved,
    association_pays,
    at,
    exported,
    has_account,
    line_of,
)
from tests.world import World

SUNDAY = SATURDAY + timedelta(days=1)


@pytest.fixture
def book(world: World) -> Book:
    return Book(world.market)


def test_with_own_contracts_a_run_is_a_statement_and_pays_nothing(world: World, book: Book) -> None:
    set_payout_terms(market=world.market, actor=ANNA, terms=NewTerms(gateway_fee_bp=200))
    book.sale({world.fish.pk: 30_000, world.tofu_stall.pk: 8_000}, at(FRIDAY))
    book.at_counter(world.fish.pk, 2_500, at(FRIDAY))

    with clock.at(at(SATURDAY)):
        run = approved(world.market, FRIDAY)
        with pytest.raises(NoPayoutFile):
            export_run(market=world.market, actor=ANNA, run_id=run.pk)
        finish_run(market=world.market, actor=ANNA, run_id=run.pk)

    fish = line_of(run, world.fish)
    assert (fish.sales_won, fish.direct_won, fish.gateway_fee_won, fish.payout_won) == (32_500, 2_500, 660, 29_340)
    assert fish.tenders == {"card": 30_000, "cash@stall": 2_500}
    # Nothing of it is the association's: the gateway pays what it has to the stalls.
    accounts = ("clear:toss", f"stall:{world.fish.pk}:payable", f"stall:{world.tofu_stall.pk}:payable")
    assert [book.won(account) for account in accounts] == [0, 0, 0]
    assert book.won(f"bank:{world.market.pk}") == 0


def test_a_fee_is_rounded_once_over_all_lines(world: World, book: Book) -> None:
    association_pays(world.market, fee_bp=150)
    has_account(world.market, world.fish)
    for hour in range(9, 19):
        book.sale({world.fish.pk: 1_055}, at(FRIDAY, hour))

    with clock.at(at(SATURDAY)):
        line = line_of(approved(world.market, FRIDAY), world.fish)

    # 158.25 of the whole; ten lines alone would be 150.
    assert (line.fee_won, line.fee_vat_won, line.payout_won) == (158, 15, 10_377)
    assert book.won(f"fee:{world.market.pk}") == -158
    assert book.won("tax:vat") == -15


def test_a_coupon_that_others_pay_for_is_paid_to_the_stall(world: World, book: Book) -> None:
    association_pays(world.market)
    book.post("fund", "fund", "fund", {"bank:city": 9_000, "subsidy:city": -9_000})
    book.sale({world.fish.pk: 20_000, world.tofu_stall.pk: 10_000}, at(FRIDAY), more={"subsidy:city": 3_000})

    with clock.at(at(SATURDAY)):
        run = approved(world.market, FRIDAY)

    fish = line_of(run, world.fish)
    assert (fish.tenders, fish.coupons, fish.payout_won) == ({"card": 18_000}, {"subsidy:city": 2_000}, 20_000)


def test_with_own_contracts_such_a_coupon_is_left_over(world: World, book: Book) -> None:
    book.post("fund", "fund", "fund", {"bank:city": 9_000, "subsidy:city": -9_000})
    book.sale({world.fish.pk: 20_000}, at(FRIDAY), more={"subsidy:city": 3_000})
    book.sale({world.fish.pk: 1_000}, at(SATURDAY))

    with clock.at(at(SUNDAY)):
        first = line_of(approved(world.market, FRIDAY), world.fish)
        second = line_of(approved(world.market, SATURDAY), world.fish)

    assert (first.payout_won, first.left_out_won) == (17_000, 3_000)
    assert (second.left_in_won, second.payout_won, second.left_out_won) == (3_000, 1_000, 3_000)
    assert book.won(f"stall:{world.fish.pk}:payable") == -3_000


def test_a_period_that_is_not_over_or_empty_is_not_closed(world: World, book: Book) -> None:
    with clock.at(at(SATURDAY)), pytest.raises(NothingToSettle):
        close_run(market=world.market, actor=ANNA, last=FRIDAY)
    book.sale({world.fish.pk: 1_000}, at(FRIDAY))
    for hour in (0, 23):
        with clock.at(at(FRIDAY, hour)), pytest.raises(PeriodNotOver):
            close_run(market=world.market, actor=ANNA, last=FRIDAY)
    with clock.at(at(SATURDAY, 0)), pytest.raises(PeriodNotOver):
        close_run(market=world.market, actor=ANNA, last=FRIDAY)
    with clock.at(at(SATURDAY)), pytest.raises(NothingToSettle):
        close_run(market=world.market, actor=ANNA, last=FRIDAY - timedelta(days=1))


def test_one_run_at_a_time_and_a_dropped_one_is_closed_again(world: World, book: Book) -> None:
    book.sale({world.fish.pk: 1_000}, at(FRIDAY))
    book.sale({world.fish.pk: 2_000}, at(SATURDAY))
    with clock.at(at(SUNDAY)):
        first = close_run(market=world.market, actor=ANNA, last=FRIDAY)
        with pytest.raises(RunUnderWay):
            close_run(market=world.market, actor=ANNA, last=SATURDAY)
        for _ in range(2):
            drop_run(market=world.market, actor=ANNA, run_id=first.pk)
        second = close_run(market=world.market, actor=ANNA, last=SATURDAY)

    assert line_of(second, world.fish).sales_won == 3_000
    with in_market(world.market.pk):
        assert statements_of(world.fish.pk) == []


def test_the_same_person_does_not_approve_twice(world: World, book: Book) -> None:
    book.sale({world.fish.pk: 1_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        run = close_run(market=world.market, actor=ANNA, last=FRIDAY)
        with pytest.raises(RunMoved):
            approve_run(market=world.market, actor=ANNA, run_id=run.pk)
        review_run(market=world.market, actor=ANNA, run_id=run.pk)
        approve_run(market=world.market, actor=ANNA, run_id=run.pk)
        with pytest.raises(SamePerson):
            approve_run(market=world.market, actor=ANNA, run_id=run.pk)
        assert approve_run(market=world.market, actor=BORA, run_id=run.pk).state == RunState.APPROVED
        with pytest.raises(RunMoved):
            drop_run(market=world.market, actor=ANNA, run_id=run.pk)


def test_no_file_without_an_account(world: World, book: Book) -> None:
    association_pays(world.market)
    book.sale({world.fish.pk: 1_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        run = approved(world.market, FRIDAY)
        with pytest.raises(AccountMissing) as no:
            export_run(market=world.market, actor=ANNA, run_id=run.pk)
        assert no.value.facts == {"stall": "순자네 수산"}
        with pytest.raises(RunMoved):
            mark_paid(market=world.market, actor=ANNA, run_id=run.pk)


def test_money_that_comes_back_before_the_rest_is_marked_paid(world: World, book: Book) -> None:
    association_pays(world.market)
    for stall in (world.fish, world.tofu_stall):
        has_account(world.market, stall)
    book.sale({world.fish.pk: 1_000, world.tofu_stall.pk: 2_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        run, _ = exported(world.market, FRIDAY)
        note_returned(market=world.market, actor=ANNA, line_id=line_of(run, world.fish).pk, reason="계좌 해지")
        assert mark_paid(market=world.market, actor=ANNA, run_id=run.pk).state == RunState.PART_RETURNED

    payable = [book.won(f"stall:{stall.pk}:payable") for stall in (world.fish, world.tofu_stall)]
    assert payable == [-1_000, 0]


ANSWER = "은행,계좌번호,금액,처리결과,사유"


def answer(*rows: str) -> Source:
    return Source("결과.csv", "\r\n".join([ANSWER, *rows]).encode("utf-8-sig"))


def test_the_banks_answer_says_who_was_paid(world: World, book: Book) -> None:
    association_pays(world.market)
    for stall, number in ((world.fish, "110111111111"), (world.tofu_stall, "110222222222")):
        has_account(world.market, stall, number)
    book.sale({world.fish.pk: 1_000, world.tofu_stall.pk: 2_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        run, _ = exported(world.market, FRIDAY)
        has_account(world.market, world.fish, "110999999999")
        half = answer("신한,110111111111,1000,정상,")
        assert take_answer(market=world.market, actor=ANNA, run_id=run.pk, source=half).state == RunState.EXPORTED
        rest = answer("신한,110222222222,2000,불능,예금주 불일치")
        for _ in range(2):
            done = take_answer(market=world.market, actor=ANNA, run_id=run.pk, source=rest)
        assert done.state == RunState.PART_RETURNED
        foreign = answer("신한,110333333333,1000,정상,")
        with pytest.raises(ResultForeign):
            take_answer(market=world.market, actor=ANNA, run_id=run.pk, source=foreign)

    payable = [book.won(f"stall:{stall.pk}:payable") for stall in (world.fish, world.tofu_stall)]
    assert payable == [0, -2_000]
    with in_market(world.market.pk):
        outcomes = LineOutcome.objects.order_by("pk").values_list("outcome", "reason")
        assert list(outcomes) == [("paid", ""), ("returned", "예금주 불일치")]


def test_an_account_counts_once_another_person_has_confirmed_it(world: World) -> None:
    has_account(world.market, world.fish, "110-111-111111")
    account = BankAccount("020", "1002-222-222222", "순자")
    row = propose_account(market=world.market, actor=ANNA, stall_id=world.fish.pk, account=account)

    with pytest.raises(SamePerson):
        confirm_account(market=world.market, actor=ANNA, account_id=row.pk)
    with in_market(world.market.pk):
        before = accounts_of(world.fish.pk)
    assert before.confirmed is not None
    assert before.confirmed.number == "110111111111"
    for _ in range(2):
        confirm_account(market=world.market, actor=BORA, account_id=row.pk)
    with in_market(world.market.pk):
        after = accounts_of(world.fish.pk)
    assert after.confirmed is not None
    assert (after.confirmed.number, after.proposed) == ("1002222222222", None)


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (NewTerms(mode=Mode.ASSOCIATION_PAYS), RegistrationMissing),
        (NewTerms(mode=Mode.ASSOCIATION_PAYS, registration=" "), RegistrationMissing),
        (NewTerms(fee_bp=1), BadTerms),
        (NewTerms(mode=Mode.GATEWAY_PAYS, fee_bp=10_001), BadTerms),
        (NewTerms(gateway_fee_bp=-1), BadTerms),
        (NewTerms(layout="nobodys"), BadTerms),
    ],
)
def test_terms_that_cannot_be(world: World, terms: NewTerms, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        set_payout_terms(market=world.market, actor=ANNA, terms=terms)


FROZEN = [
    "UPDATE settlement_settlementline SET payout_won = payout_won + 1",
    "DELETE FROM settlement_settlementline",
    "UPDATE settlement_settlementrun SET payout_won = payout_won + 1",
    "UPDATE settlement_settlementrun SET until_entry = until_entry + 1",
    "DELETE FROM settlement_settlementrun",
    "TRUNCATE settlement_settlementrun CASCADE",
    "DELETE FROM settlement_approval",
    "UPDATE settlement_payoutfile SET content = 'x'",
    "UPDATE settlement_lineoutcome SET outcome = 'returned'",
    "UPDATE settlement_payoutaccount SET number = '99999999'",
    "DELETE FROM settlement_payoutaccount",
]


@pytest.mark.parametrize("statement", FROZEN)
def test_the_database_keeps_what_was_settled(world: World, book: Book, statement: str) -> None:
    association_pays(world.market)
    has_account(world.market, world.fish)
    book.sale({world.fish.pk: 1_000}, at(FRIDAY))
    with clock.at(at(SATURDAY)):
        run, _ = exported(world.market, FRIDAY)
        mark_paid(market=world.market, actor=ANNA, run_id=run.pk)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    with in_market(world.market.pk):
        assert SettlementRun.objects.get().state == RunState.PAID
        assert SettlementLine.objects.get().payout_won == 1_000
