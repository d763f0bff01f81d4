"""Orders that are paid with several kinds of money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast, get_args

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.models import Order
from jangteo.domains.payments.models import GivebackLeg, Refund, Tender
from jangteo.domains.payments.ports import GatewayState, Snapshot
from jangteo.domains.payments.rules.tenders import RefundTo, TenderKind
from jangteo.faces.api import shapes
from jangteo.faces.api.tests.callers import ORDERS, V1, Answer, Caller, Json, wish
from jangteo.faces.api.tests.footprint import footprint
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, NOON, World, takes_vouchers

LOCAL: Json = {"kind": "local_currency", "won": 3_000}
ONNURI: Json = {"kind": "onnuri_digital"}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def moneys(answer: Answer, name: str = "moneys") -> list[Json]:
    return cast(list[Json], answer.body[name])


def read(placed: Answer) -> Answer:
    return Caller().get(f"{ORDERS}{placed.body['token']}/")


def captured(world: World, placed: Answer) -> None:
    with in_market(world.market.pk):
        ref, won = Order.objects.get(token=placed.body["token"]).ref, cast(int, placed.body["pay_won"])
    seen = Snapshot(f"pk-{ref}", ref, GatewayState.DONE, won, won, "카드", None, "", ())
    settle_payment(market=world.market, actor=SYSTEM, snapshot=seen)


def test_the_answer_says_what_each_money_pays_and_why(world: World, card: None) -> None:
    takes_vouchers(world, world.fish)
    placed = Caller().order(wish((world.mackerel, 1), (world.tofu, 1), tender="card", moneys=[LOCAL]))

    local, rest = moneys(placed)
    assert (placed.status, placed.body["pay_won"]) == (201, 7_000)
    assert {name: local[name] for name in ("kind", "scheme", "won", "saved_won", "saved_later")} == {
        "kind": "local_currency",
        "scheme": "local",
        "won": 3_000,
        "saved_won": 150,
        "saved_later": False,
    }
    assert local["why"] == {
        "code": "payments.tender.saves",
        "detail": "5% 아껴요. 가진 만큼 다 써요.",
        "facts": {"won": 3_000, "bound": "balance", "discount_bp": 500, "saved_won": 150},
    }
    assert local["not_for"] == [
        {
            "code": "payments.tender.kind_not_taken",
            "detail": "두부가게는 지역화폐를 받지 않아요. 다른 돈으로 내 주세요.",
            "facts": {"stall": "두부가게", "kind": "local_currency"},
            "good_ids": [world.tofu.pk],
        }
    ]
    assert (rest["kind"], rest["won"], cast(Json, rest["why"])["code"]) == ("card", 7_000, "payments.tender.pays")


def test_money_that_pays_nothing_says_why(world: World) -> None:
    takes_vouchers(world, world.fish)
    refused, cash = moneys(Caller().order(wish((world.tofu, 2), moneys=[ONNURI])))

    why = cast(Json, refused["why"])
    assert (refused["won"], why["code"]) == (0, "payments.tender.kind_not_taken")
    assert why["detail"] == "두부가게는 디지털 온누리상품권을 받지 않아요. 다른 돈으로 내 주세요."
    assert (cash["kind"], cash["won"]) == ("cash", 4_000)


def test_a_repeat_says_the_same_of_the_moneys(world: World, card: None) -> None:
    takes_vouchers(world, world.fish)
    body = wish((world.mackerel, 1), (world.tofu, 1), tender="card", moneys=[LOCAL])

    first = Caller().order(body, key="the-same-key")
    captured(world, first)
    again = Caller().order(body, key="the-same-key")

    assert (again.status, again.body) == (201, first.body)
    other = Caller().order({**body, "moneys": [{**LOCAL, "won": 2_000}]}, key="the-same-key")
    assert (other.status, other.code) == (409, "idempotency.key_reused")


@pytest.mark.parametrize(
    ("named", "tender", "status", "code"),
    [
        ([LOCAL, LOCAL], "card", 422, "ordering.bad_money"),
        ([{"kind": "points", "scheme": "local"}], "card", 422, "ordering.bad_money"),
        ([{"kind": "local_currency"}], "card", 409, "ordering.nothing_ahead"),
        ([{"kind": "gold"}], "card", 422, "api.invalid"),
        ([{"kind": "local_currency", "won": 0}], "at_stall", 422, "api.invalid"),
    ],
)
def test_money_that_cannot_be_meant_is_refused(
    world: World, card: None, named: list[Json], tender: str, status: int, code: str
) -> None:
    takes_vouchers(world, world.fish)
    before = footprint()

    answer = Caller().order(wish((world.mackerel, 1), tender=tender, moneys=named))

    assert (answer.status, answer.code) == (status, code)
    assert footprint() == before


def test_an_order_shows_its_moneys_and_what_went_back(world: World, card: None) -> None:
    takes_vouchers(world, world.fish)
    placed = Caller().order(wish((world.mackerel, 1), (world.tofu, 1), tender="card", moneys=[LOCAL]))
    captured(world, placed)
    stall = {"code": world.fish.code, "name": "순자네 수산", "door": "open"}

    order = read(placed)
    assert moneys(order) == [
        {"kind": "local_currency", "state": "promised", "stall": stall, "won": 3_000, "left_won": 3_000}
        | {"is_about": False},
        {"kind": "card", "state": "captured", "stall": None, "won": 7_000, "left_won": 7_000, "is_about": False},
    ]
    assert (order.body["refunds"], cast(Json, order.body["payment"])["way"]) == ([], "card")
    with in_market(world.market.pk):
        order_id = Order.objects.get(token=placed.body["token"]).pk
    cancel_order(market=world.market, actor=GUEST, order_id=order_id)

    cancelled = read(placed)
    at = "2026-11-20T12:00:00+09:00"
    assert sorted(moneys(cancelled, "refunds"), key=lambda one: str(one["kind"])) == [
        {"kind": "card", "stall": None, "won": 7_000, "to": "same", "state": "queued", "decided_at": at},
        {"kind": "local_currency", "stall": stall, "won": 3_000, "to": "same", "state": "not_brought"}
        | {"decided_at": at},
    ]
    assert [one["left_won"] for one in moneys(cancelled)] == [0, 0]


def test_a_way_that_is_not_offered_is_refused(world: World, card: None) -> None:
    answer = Caller().order(wish((world.tofu, 1), tender="card", way="kakaopay"))

    assert (answer.status, answer.code) == (409, "ordering.card_not_taken")
    assert Caller().get(f"{V1}/markets/jangteo/").body["ways"] == ["card", "virtual_account"]


def test_a_virtual_account_is_a_way(world: World, card: None) -> None:
    placed = Caller().order(wish((world.tofu, 1), tender="card", way="virtual_account"))

    assert cast(Json, read(placed).body["payment"])["way"] == "virtual_account"
    assert [one["kind"] for one in moneys(read(placed))] == ["virtual_account"]


def test_named_moneys_take_eight_statements_more(world: World) -> None:
    takes_vouchers(world, world.fish)
    counts = []
    for named in ([], [LOCAL]):
        with CaptureQueriesContext(connection) as captured_queries:
            assert Caller().order(wish((world.mackerel, 1), moneys=named)).status == 201
        counts.append(len(captured_queries))

    assert counts[1] - counts[0] == 8, counts


def test_the_shapes_know_every_kind_of_money_and_every_state() -> None:
    assert set(get_args(shapes.Money)) == {kind.value for kind in TenderKind}
    assert set(get_args(shapes.HeldMoney)) < set(get_args(shapes.Money))
    assert set(get_args(shapes.MoneyState)) == {state.value for state in Tender.State} - {"void"}
    assert set(get_args(shapes.RefundTo)) == {to.value for to in RefundTo}
    known = {state.value for state in Refund.State} | {state.value for state in GivebackLeg.State} - {"sent"}
    assert set(get_args(shapes.RefundState)) == known | {"not_brought"}
