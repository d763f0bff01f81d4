from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db.models import Sum

from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.choose_way import choose_way
from jangteo.domains.counter.actions.expire_sale import expire_sale
from jangteo.domains.counter.actions.fail_sale import fail_sale
from jangteo.domains.counter.actions.open_sale import WantedSale, open_sale
from jangteo.domains.counter.effects import expire_sales
from jangteo.domains.counter.errors import BadAmount, SaleOver, SaleUnknown, TextTooLong, WayNotTaken
from jangteo.domains.counter.models import CounterSale, SaleMove
from jangteo.domains.counter.queries import at_counter, sales_since, ways_of
from jangteo.domains.counter.tests.sales import (
    begun,
    card_paid,
    given_back,
    opened,
    payment_of,
    settled,
    snapshot,
    stored,
)
from jangteo.domains.ledger.models import Entry, EntryLine
from jangteo.domains.markets.actions.change_stall import change_stall
from jangteo.domains.markets.models import Stall
from jangteo.domains.markets.stall_facts import StallFacts
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.models import Refund
from jangteo.domains.payments.ports import Cancel
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.idempotency import KeyReused
from jangteo.kernel.models import LiveEvent
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, NOON, World, make_world

pytestmark = pytest.mark.usefixtures("_card")


def balances(world: World) -> dict[str, int]:
    with in_market(world.market.pk):
        rows = EntryLine.objects.values_list("account").annotate(won=Sum("amount_won")).exclude(won=0)
        return dict(rows.order_by("account"))


def news(sale: CounterSale) -> list[tuple[str, str]]:
    return list(LiveEvent.objects.filter(payload={"sale": sale.pk}).order_by("pk").values_list("channel", "kind"))


def changed(world: World, stall: Stall, **more: Any) -> Stall:
    facts = StallFacts(stall.name, stall.kind_id, stall.street_id, stall.owner_name)
    return change_stall(
        market=world.market,
        actor=SYSTEM,
        stall_id=stall.pk,
        facts=replace(facts, **more),
    )


def test_an_amount_by_card_becomes_the_stalls(world: World) -> None:
    sale = begun(world, "card")
    payment = payment_of(world, sale)

    paid = settled(world, snapshot(sale))

    assert sale.ref.startswith("counter-")
    assert (payment.amount_won, payment.tax_free_won, payment.state) == (12_000, 12_000, "created")
    assert (paid.state, paid.paid_at) == ("paid", NOON)
    assert balances(world) == {"clear:toss": 12_000, f"stall:{world.fish.pk}:payable": -12_000}
    assert news(sale) == [
        (f"stall:{world.fish.pk}", "sale_awaiting_payment"),
        (f"sale:{sale.pk}", "sale_awaiting_payment"),
        (f"stall:{world.fish.pk}", "sale_paid"),
        (f"sale:{sale.pk}", "sale_paid"),
    ]


def test_the_same_answer_of_the_gateway_is_booked_once(world: World) -> None:
    sale = begun(world, "card")

    states = [settled(world, snapshot(sale)).state for _ in range(3)]

    assert states == ["paid"] * 3
    assert balances(world)["clear:toss"] == 12_000
    with in_market(world.market.pk):
        assert SaleMove.objects.filter(sale=sale, became="paid").count() == 1


@pytest.mark.parametrize(
    ("way", "drawer"),
    [
        ("cash", "till"),
        ("onnuri_digital", "onnuri_digital"),
        ("onnuri_paper", "onnuri_paper"),
        ("local_currency", "local_currency"),
    ],
)
def test_offline_money_is_in_the_stalls_hand_and_only_written_down(world: World, way: str, drawer: str) -> None:
    changed(world, world.fish, takes_onnuri=True, takes_local=True)
    sale = begun(world, way)

    assert (sale.state, balances(world)) == ("claimed", {})
    paid = answer_claim(market=world.market, actor=SYSTEM, sale_id=sale.pk, received=True)

    assert (paid.state, paid.paid_at) == ("paid", NOON)
    stall = f"stall:{world.fish.pk}"
    assert balances(world) == {f"{stall}:{drawer}": 12_000, f"{stall}:sales": -12_000}


def test_a_claim_is_answered_once(world: World) -> None:
    sale = begun(world, "cash")

    for _ in range(2):
        answer_claim(market=world.market, actor=SYSTEM, sale_id=sale.pk, received=False)

    assert stored(world, sale).state == "denied"
    with pytest.raises(SaleOver):
        answer_claim(market=world.market, actor=SYSTEM, sale_id=sale.pk, received=True)
    with in_market(world.market.pk):
        assert Entry.objects.count() == 0


@pytest.mark.parametrize("won", [0, 99, 5_000_001])
def test_an_amount_has_bounds(world: World, won: int) -> None:
    with pytest.raises(BadAmount) as no:
        opened(world, won)

    assert no.value.facts == {"least_won": 100, "most_won": 5_000_000}


def test_a_note_has_an_end(world: World) -> None:
    wanted = WantedSale(world.fish.pk, 1_000, "sticker", note="가" * 41)

    with pytest.raises(TextTooLong):
        open_sale(market=world.market, actor=GUEST, wanted=wanted, key="key-00000001")


def test_the_same_form_sent_twice_opens_one_sale(world: World) -> None:
    wanted = WantedSale(world.fish.pk, 1_000, "sticker")

    first, again = (open_sale(market=world.market, actor=GUEST, wanted=wanted, key="key-00000001") for _ in range(2))

    assert first.pk == again.pk
    with pytest.raises(KeyReused):
        open_sale(market=world.market, actor=GUEST, wanted=replace(wanted, amount_won=2_000), key="key-00000001")


def test_only_ways_that_the_stall_takes_are_ways(world: World) -> None:
    with in_market(world.market.pk):
        assert ways_of(world.fish) == ["card", "cash"]
    stall = changed(world, world.fish, takes_card=False, takes_onnuri=True)
    sale = opened(world)

    with in_market(world.market.pk):
        assert ways_of(stall) == ["cash", "onnuri_digital", "onnuri_paper"]
    for way in ("card", "local_currency", "gold"):
        with pytest.raises(WayNotTaken):
            choose_way(market=world.market, actor=GUEST, token=sale.token, way=way)
    assert stored(world, sale).state == "open"


def test_a_way_is_chosen_once(world: World) -> None:
    sale = begun(world, "cash")

    again = choose_way(market=world.market, actor=GUEST, token=sale.token, way="cash")

    assert again.pk == sale.pk
    with pytest.raises(SaleOver):
        choose_way(market=world.market, actor=GUEST, token=sale.token, way="card")
    with pytest.raises(SaleUnknown):
        choose_way(market=world.market, actor=GUEST, token="A" * 22, way="card")


def test_a_code_on_the_phone_is_good_for_three_minutes(world: World) -> None:
    sale = opened(world, source="dynamic")

    assert sale.expires_at == NOON + timedelta(minutes=3)
    with clock.at(NOON + timedelta(minutes=3, seconds=1)), pytest.raises(SaleOver):
        choose_way(market=world.market, actor=GUEST, token=sale.token, way="cash")
    with clock.at(NOON + timedelta(minutes=3)):
        expire_sales()
    assert stored(world, sale).state == "expired"


def test_a_card_begun_in_time_has_the_time_of_its_payment(world: World) -> None:
    sale = begun(world, "card")

    assert sale.expires_at == payment_of(world, sale).expires_at
    with clock.at(NOON + timedelta(minutes=5)):
        assert not expire_sale(market=world.market, actor=SYSTEM, order_ref=sale.ref)
    with clock.at(NOON + timedelta(minutes=11)):
        assert expire_sale(market=world.market, actor=SYSTEM, order_ref=sale.ref)
    assert (stored(world, sale).state, payment_of(world, sale).state) == ("expired", "expired")


def test_money_that_comes_late_is_the_stalls_all_the_same(world: World) -> None:
    sale = begun(world, "card")
    with clock.at(NOON + timedelta(minutes=11)):
        expire_sale(market=world.market, actor=SYSTEM, order_ref=sale.ref)

    assert settled(world, snapshot(sale)).state == "paid"
    assert balances(world)[f"stall:{world.fish.pk}:payable"] == -12_000


def test_a_refused_card_can_be_tried_again(world: World) -> None:
    sale = begun(world, "card")
    come_back = partial(note_authorisation, market=world.market, actor=GUEST, order_ref=sale.ref, amount_won=12_000)
    come_back(payment_key="first")

    fail_sale(market=world.market, actor=SYSTEM, order_ref=sale.ref, code="REJECT_CARD_COMPANY")

    payment = payment_of(world, sale)
    assert (payment.state, payment.payment_key, stored(world, sale).state) == ("failed", None, "awaiting_payment")
    assert come_back(payment_key="second").state == "requested"
    settled(world, replace(snapshot(sale), payment_key="second"))
    fail_sale(market=world.market, actor=SYSTEM, order_ref=sale.ref, code="LATE")
    assert payment_of(world, sale).state == "captured"


def test_another_amount_goes_back_whole(world: World) -> None:
    sale = begun(world, "card")

    settled(world, snapshot(sale, total=100))

    assert stored(world, sale).state == "awaiting_payment"
    assert payment_of(world, sale).state == "mismatch"
    with in_market(world.market.pk):
        assert [refund.amount_won for refund in Refund.objects.all()] == [100]
    assert balances(world) == {"clear:toss": 100, f"order:{sale.ref}": -100}


def test_an_answer_about_nothing_changes_nothing(world: World) -> None:
    sale = begun(world, "card")

    with pytest.raises(SaleUnknown):
        settled(world, replace(snapshot(sale), order_ref="counter-unknown"))
    assert balances(world) == {}


def test_the_stall_gives_a_card_back(world: World) -> None:
    sale = card_paid(world)

    for _ in range(2):
        given_back(world, sale, key="the-same-key")

    with in_market(world.market.pk):
        refunds = list(Refund.objects.all())
    assert [(one.amount_won, one.tax_free_won) for one in refunds] == [(12_000, 12_000)]
    assert balances(world) == {"clear:toss": 12_000, f"order:{sale.ref}": -12_000}
    settled(world, snapshot(sale, cancels=(Cancel("c1", 12_000, 12_000),)))
    assert balances(world) == {}
    assert stored(world, sale).state == "refunded"


def test_offline_money_that_goes_back_leaves_no_trace_in_the_balances(world: World) -> None:
    sale = begun(world, "cash")
    answer_claim(market=world.market, actor=SYSTEM, sale_id=sale.pk, received=True)

    given_back(world, sale)

    assert balances(world) == {}
    with in_market(world.market.pk):
        assert Entry.objects.filter(cause=f"order:{sale.ref}").count() == 2
        assert Refund.objects.count() == 0


def test_nothing_is_given_back_that_never_came(world: World) -> None:
    sale = begun(world, "card")

    with pytest.raises(SaleOver):
        given_back(world, sale)


def test_the_tax_class_is_that_of_most_goods(world: World) -> None:
    assert opened(world).exempt is True
    assert opened(world, stall=world.tofu_stall).exempt is False
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, state=Good.State.HIDDEN)
    assert opened(world, stall=world.tofu_stall).exempt is False
    changed(world, world.tofu_stall, tax_status="exempt")
    assert opened(world, stall=world.tofu_stall).exempt is True


def test_the_stalls_phone_is_told_of_claims_and_of_what_just_came(world: World) -> None:
    claim, _other = begun(world, "cash"), begun(world, "cash", stall=world.tofu_stall)
    paid = card_paid(world, 7_000)

    with in_market(world.market.pk):
        now = at_counter(world.fish.pk, NOON)
        later = at_counter(world.fish.pk, NOON + timedelta(minutes=3))
        done = sales_since(world.fish.pk, NOON - timedelta(hours=1))
    assert ([one.pk for one in now.claims], [one.pk for one in now.received]) == ([claim.pk], [paid.pk])
    assert ([one.pk for one in later.claims], later.received) == ([claim.pk], ())
    assert [one.pk for one in done] == [paid.pk]


def test_another_markets_sale_is_unknown(world: World) -> None:
    sale, elsewhere = opened(world), make_world("namdong", "2")

    with pytest.raises(SaleUnknown):
        choose_way(market=elsewhere.market, actor=GUEST, token=sale.token, way="cash")
    with pytest.raises(CounterSale.DoesNotExist):
        answer_claim(market=elsewhere.market, actor=SYSTEM, sale_id=sale.pk, received=True)
