from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.ordering.wanted import PlacedOrder, WantedMoney
from jangteo.domains.payments.actions.add_policy import add_policy
from jangteo.domains.payments.actions.end_policy import end_policy
from jangteo.domains.payments.actions.take_back_policy import take_back_policy
from jangteo.domains.payments.actions.write_policies import Origin
from jangteo.domains.payments.eligibility import occasion_of, policy_book
from jangteo.domains.payments.matrix_models import Tender
from jangteo.domains.payments.models import PolicyRow
from jangteo.domains.payments.queries_policies import policy_rows
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.payments.rules.refusals import PoliciesOverlap, PolicyOver, PolicyTooLate, PolicyUnsound
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, order, takes_vouchers

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
JANUARY = date(2027, 1, 1)
TEN = Policy(
    id="",
    scheme="onnuri",
    area="",
    starts=TODAY - 100 * DAY,
    discount_bp=1_000,
    monthly_cap_won=1_000_000,
    excludes=frozenset({TenderKind.CARD}),
    refused_kinds=frozenset({"bar"}),
)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture(autouse=True)
def scope(world: World) -> Iterator[None]:
    with in_market(world.market.pk):
        yield


def add(world: World, policy: Policy) -> PolicyRow:
    row = add_policy(market=world.market, actor=SYSTEM, policy=policy, origin=Origin("상인회", "공고 1호"))
    assert row is not None
    return row


def spans() -> list[tuple[date, date | None, int]]:
    return [(row.starts, row.ends, row.discount_bp) for row in policy_rows() if not row.never_holds]


def test_a_row_is_kept_word_for_word(world: World) -> None:
    row = add(world, TEN)

    assert PolicyRow.objects.get(pk=row.pk).policy() == replace(TEN, id=str(row.pk))
    assert (row.source, row.law) == ("상인회", "공고 1호")
    assert AuditRow.objects.filter(code="policy.added", subject=f"policy:{row.pk}").count() == 1


def test_a_later_row_closes_the_open_one_before_it(world: World) -> None:
    first = add(world, TEN)
    second = add(world, replace(TEN, starts=JANUARY, discount_bp=700))

    assert spans() == [(TEN.starts, JANUARY - DAY, 1_000), (JANUARY, None, 700)]
    assert second.replaces == first


def test_a_row_without_an_end_before_a_known_one_ends_the_day_before(world: World) -> None:
    add(world, replace(TEN, starts=JANUARY, discount_bp=700))
    add(world, TEN)

    assert spans() == [(TEN.starts, JANUARY - DAY, 1_000), (JANUARY, None, 700)]


def test_the_same_row_again_is_written_once(world: World) -> None:
    add(world, TEN)
    add(world, replace(TEN, starts=JANUARY, discount_bp=700))

    again = add_policy(market=world.market, actor=SYSTEM, policy=TEN, origin=Origin("상인회"))

    assert again is None
    assert len(policy_rows()) == 2


def test_two_rows_on_one_day_are_refused_and_both_named(world: World) -> None:
    first = add(world, replace(TEN, ends=JANUARY))

    with pytest.raises(PoliciesOverlap) as refused:
        add(world, replace(TEN, id="new", starts=JANUARY, discount_bp=700))

    assert refused.value.facts == {
        "scheme": "onnuri",
        "area": "",
        "first": str(first.pk),
        "second": "new",
        "day": "2027-01-01",
    }
    assert len(policy_rows()) == 1


def test_no_day_that_is_over_gets_another_row(world: World) -> None:
    first = add(world, TEN)

    with pytest.raises(PolicyTooLate) as refused:
        add(world, replace(TEN, starts=TODAY - DAY, discount_bp=700))

    assert refused.value.facts == {"policy": str(first.pk), "day": "2026-11-18"}
    assert spans() == [(TEN.starts, None, 1_000)]


def test_a_row_that_starts_today_holds_at_once_and_the_orders_of_this_morning_keep_theirs(world: World) -> None:
    ten = add(world, TEN)
    takes_vouchers(world, world.fish, schemes={})
    vouchers = (WantedMoney("onnuri_digital"),)
    before = order(world, (world.mackerel, 1), moneys=vouchers)

    seven = add(world, replace(TEN, starts=TODAY, discount_bp=700))
    after = order(world, (world.mackerel, 1), moneys=vouchers)

    assert spans() == [(TEN.starts, TODAY - DAY, 1_000), (TODAY, None, 700)]
    assert [policies_of(one) for one in (before, after)] == [{str(ten.pk)}, {str(seven.pk)}]


def test_a_row_of_the_same_day_takes_the_place_of_the_open_one_as_often_as_needed(world: World) -> None:
    first = add(world, replace(TEN, starts=TODAY))
    second = add(world, replace(TEN, starts=TODAY, discount_bp=700))
    third = add(world, replace(TEN, starts=TODAY, discount_bp=500))

    assert spans() == [(TODAY, None, 500)]
    assert (second.replaces, third.replaces) == (first, second)
    assert [row.pk for row in policy_rows() if row.never_holds] == [first.pk, second.pk]


def test_taking_back_a_row_that_took_anothers_place_brings_it_again(world: World) -> None:
    add(world, replace(TEN, starts=JANUARY))
    wrong = add(world, replace(TEN, starts=JANUARY, discount_bp=7_000))

    take_back_policy(market=world.market, actor=SYSTEM, policy_id=wrong.pk)

    assert spans() == [(JANUARY, None, 1_000)]


def policies_of(placed: PlacedOrder) -> set[str]:
    return set(Tender.objects.filter(order_ref=placed.ref).exclude(policy="").values_list("policy", flat=True))


def test_a_row_that_cannot_be_meant_is_refused(world: World) -> None:
    with pytest.raises(PolicyUnsound) as refused:
        add(world, replace(TEN, id="new", ends=TEN.starts - DAY))

    assert refused.value.facts == {"policy": "new", "field": "ends"}


def test_a_row_ends_today_at_the_earliest(world: World) -> None:
    row = add(world, TEN)

    with pytest.raises(PolicyTooLate):
        end_policy(market=world.market, actor=SYSTEM, policy_id=row.pk, last_day=TODAY - DAY)
    assert end_policy(market=world.market, actor=SYSTEM, policy_id=row.pk, last_day=TODAY).ends == TODAY
    assert end_policy(market=world.market, actor=SYSTEM, policy_id=row.pk, last_day=TODAY).ends == TODAY
    assert AuditRow.objects.filter(code="policy.ended").count() == 1


def test_a_row_is_never_made_longer(world: World) -> None:
    row = add(world, replace(TEN, ends=JANUARY))

    with pytest.raises(PolicyOver) as refused:
        end_policy(market=world.market, actor=SYSTEM, policy_id=row.pk, last_day=JANUARY + DAY)

    assert refused.value.facts == {"policy": str(row.pk), "day": "2027-01-01"}


def test_what_was_taken_back_leaves_things_as_they_were(world: World) -> None:
    add(world, TEN)
    wrong = add(world, replace(TEN, starts=JANUARY, discount_bp=7_000))
    before = [policy_book(world.market).row("onnuri", "", day) for day in (TODAY, JANUARY)]

    take_back_policy(market=world.market, actor=SYSTEM, policy_id=wrong.pk)
    take_back_policy(market=world.market, actor=SYSTEM, policy_id=wrong.pk)

    assert [row.discount_bp for row in before if row] == [1_000, 7_000]
    assert spans() == [(TEN.starts, JANUARY - DAY, 1_000), (JANUARY, None, 1_000)]
    assert [row.pk for row in policy_rows() if row.never_holds] == [wrong.pk]
    add(world, replace(TEN, starts=JANUARY + DAY, discount_bp=700))
    assert spans()[-1] == (JANUARY + DAY, None, 700)


def test_what_holds_is_not_taken_back(world: World) -> None:
    row = add(world, replace(TEN, starts=TODAY))

    with pytest.raises(PolicyTooLate):
        take_back_policy(market=world.market, actor=SYSTEM, policy_id=row.pk)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE payments_policyrow SET discount_bp = 1",
        "UPDATE payments_policyrow SET starts = starts - 1",
        "UPDATE payments_policyrow SET refused_kinds = '[]'",
        "UPDATE payments_policyrow SET ends = NULL",
        "UPDATE payments_policyrow SET ends = '2027-01-02'",
        "UPDATE payments_policyrow SET ends = '2026-12-01', law = ''",
        "DELETE FROM payments_policyrow",
        "TRUNCATE payments_policyrow CASCADE",
    ],
)
def test_the_database_itself_keeps_the_rows(world: World, change: str) -> None:
    add(world, replace(TEN, ends=JANUARY))

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(change)
    assert spans() == [(TEN.starts, JANUARY, 1_000)]


def test_the_database_itself_refuses_a_second_row_for_a_day(world: World) -> None:
    row = add(world, replace(TEN, ends=JANUARY))
    columns = "market_id, scheme, area, cashback, discount_bp, min_won, excludes, refused_kinds, refused_goods"
    rest = "cashback_days, program, source, law, created_at"
    copy = f"INSERT INTO payments_policyrow ({columns}, {rest}, starts) SELECT {columns}, {rest}, %s"

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{copy} FROM payments_policyrow WHERE id = %s", [JANUARY, row.pk])
    with connection.cursor() as cursor:
        cursor.execute(f"{copy} FROM payments_policyrow WHERE id = %s", [JANUARY + DAY, row.pk])
    assert len(spans()) == 2


def test_an_occasion_takes_one_query(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    add(world, TEN)

    with django_assert_num_queries(1):
        occasion = occasion_of(world.market, TODAY)

    assert occasion.area == "가람시"
    found = occasion.book.row("onnuri", occasion.area, TODAY)
    assert found is not None
    assert found.discount_bp == 1_000
