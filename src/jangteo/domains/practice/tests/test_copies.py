from __future__ import annotations

import random
from datetime import date, time, timedelta

import pytest
from django.test import Client

from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.issuers import Issuing, receipts_are_issued, use
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.queries import open_market, open_markets, practice_market
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.payments import gateways, payout_gateways
from jangteo.domains.people import senders
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.people.errors import NotInPractice
from jangteo.domains.people.models import Device
from jangteo.domains.practice import life
from jangteo.domains.practice.actions.retire_copy import retire_copy
from jangteo.domains.practice.copying import chosen_stalls, practice_codes, spent_code
from jangteo.domains.practice.crowd import Crowd
from jangteo.domains.practice.entering import Learner, begin, begin_afresh, leave
from jangteo.domains.practice.models import PracticeText, Sitting
from jangteo.domains.practice.queries import KEPT_FOR, LOOKS_FOR, twin_of
from jangteo.kernel import clock, ids
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market, unscoped, unscoped_practice
from tests.world import World, order

OWNER = "owner"


def fishmonger(world: World) -> Learner:
    return Learner("stall", OWNER, world.fish)


def test_a_copy_has_the_goods_and_none_of_the_people(world: World) -> None:
    order(world, (world.mackerel, 1))

    copy = begin(world.market, fishmonger(world)).sitting.market

    with in_market(copy.pk):
        stalls = list(Stall.objects.order_by("slot"))
        goods = set(Good.objects.values_list("name", "price_won"))
        phones = set(Order.objects.values_list("phone", flat=True))
    assert [stall.name for stall in stalls] == ["순자네 수산", "푸른채소", "두부가게", "낯선 반찬"]
    assert {(stall.owner_name, stall.phone, stall.business_number) for stall in stalls} == {("연습 사장님", "", "")}
    assert {("고등어", 8000), ("갈치", 2500), ("손두부", 2000)} <= goods
    assert phones == set()


def test_what_was_sold_yesterday_can_be_settled_after_midnight_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At half past midnight the trading day that began yesterday morning still goes on."""
    monkeypatch.setattr("jangteo.domains.practice.entering.SOLD_YESTERDAY", 1)
    midnight = clock.korean(date(2026, 12, 1), time(0, 30))
    with clock.at(midnight):
        copy = begin(world.market, Learner("office", "manager")).sitting.market
        yesterday = clock.today() - timedelta(days=1)

    with in_market(copy.pk):
        days = {clock.business_day(at) for at in Order.objects.values_list("placed_at", flat=True)}
    assert days == {yesterday}


def test_it_is_found_by_its_address_alone(world: World) -> None:
    copy = begin(world.market, fishmonger(world)).sitting.market
    slug = str(copy.slug)

    assert practice_market(slug) == copy
    assert open_market(slug) is None
    assert list(open_markets()) == [world.market]
    assert list(Market.objects.all()) == [world.market]
    assert Client().get(f"/api/v1/markets/{slug}/").status_code == 404
    assert [one["slug"] for one in Client().get("/api/v1/markets/").json()["items"]] == ["jangteo"]
    assert Client().get(f"/{slug}/")["X-Robots-Tag"] == "noindex, nofollow"


def test_looking_across_markets_never_sees_copies(world: World) -> None:
    copy = begin(world.market, fishmonger(world)).sitting.market

    with unscoped():
        assert set(Stall.objects.values_list("market_id", flat=True)) == {world.market.pk}
        assert Order.objects.count() == 0
    with unscoped_practice():
        assert set(Stall.objects.values_list("market_id", flat=True)) == {copy.pk}


def test_others_of_the_market_practise_in_the_same_copy(world: World) -> None:
    one = begin(world.market, fishmonger(world)).sitting
    other = begin(world.market, Learner("office", "manager")).sitting
    shoppers = [begin(world.market, Learner("shop")).sitting for _ in range(2)]

    assert {one.market_id, other.market_id, shoppers[0].market_id} == {one.market_id}
    assert shoppers[0] == shoppers[1]


def test_afresh_is_a_new_copy_and_leaves_the_others_in_theirs(world: World) -> None:
    one = begin(world.market, fishmonger(world)).sitting
    begin(world.market, Learner("office", "manager"))
    with in_market(one.market_id):
        spoilt = Good.objects.get(name="고등어")
    set_sale_state(market=one.market, actor=SYSTEM, good_id=spoilt.pk, state=Good.State.SOLD_OUT)

    fresh = begin_afresh(world.market, fishmonger(world)).sitting
    leave(one)

    assert fresh.market_id != one.market_id
    with in_market(fresh.market_id):
        assert Good.objects.get(name="고등어").state == Good.State.ON_SALE
    assert practice_market(str(one.market.slug)) is not None


def test_the_last_one_out_ends_the_copy_and_frees_its_numbers(world: World) -> None:
    sitting = begin(world.market, fishmonger(world)).sitting

    leave(sitting)

    assert practice_market(str(sitting.market.slug)) is None
    with in_market(sitting.market_id):
        assert all(code.startswith("x") for code in Stall.objects.values_list("code", flat=True))
        assert not Device.objects.filter(revoked_at=None).exists()


def test_a_copy_that_was_left_ends_by_itself(world: World) -> None:
    sitting = begin(world.market, fishmonger(world)).sitting

    life.close_left_copies()
    assert practice_market(str(sitting.market.slug)) is not None
    with clock.at(clock.now() + KEPT_FOR + timedelta(seconds=1)):
        life.close_left_copies()

    assert practice_market(str(sitting.market.slug)) is None


def test_customers_come_while_somebody_looks_and_wait_while_nobody_answers(world: World) -> None:
    sitting = begin(world.market, fishmonger(world)).sitting
    began = clock.now()

    def waiting_at(seconds: int) -> int:
        with clock.at(began + timedelta(seconds=seconds)):
            life.live_on()
        with in_market(sitting.market_id):
            twin = twin_of(world.fish, sitting.market)
            return StallPart.objects.filter(stall=twin, order__placed_at__gte=began).count()

    assert waiting_at(5) == 0
    assert waiting_at(25) == 1
    assert waiting_at(210) <= 2
    after = waiting_at(290)
    assert waiting_at(int(LOOKS_FOR.total_seconds()) + 20) == after


def test_stalls_where_nobody_sits_serve_a_shopper(world: World) -> None:
    copy = begin(world.market, Learner("shop")).sitting.market
    placed = Crowd(copy, random.Random(0)).order(by_card=False)

    began = clock.now()
    for moment in range(1, 4):
        with clock.at(began + timedelta(seconds=11 * moment)):
            life.live_on()

    with in_market(copy.pk):
        assert Order.objects.get(pk=placed.order_id).state == "closed"


def test_a_stall_that_has_put_up_nothing_gets_something_to_sell(world: World) -> None:
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.kimchi.pk, state=Good.State.HIDDEN)

    copy = begin(world.market, Learner("stall", OWNER, world.stranger)).sitting.market

    with in_market(copy.pk):
        twin = twin_of(world.stranger, copy)
        assert [good.name for good in Good.objects.filter(stall=twin)] == ["연습 물건"]


def test_no_gateway_sender_or_issuer_is_found_in_a_copy(world: World, takes_card: None) -> None:
    class Nobody:
        """An issuer that is never asked."""

    use(Issuing(Nobody(), 0))  # type: ignore[arg-type]  # only whether there is one counts
    copy = begin(world.market, fishmonger(world)).sitting.market

    with in_market(copy.pk):
        assert [way.gateway for way in gateways.offered()] == ["practice"]
        assert gateways.by_name("toss") is None
        assert payout_gateways.chosen() == ""
        assert not receipts_are_issued()
        sender = senders.current()
        assert sender is not None
        sender.send(to="01012345678", text="번호는 123456이에요.", key="once")
        assert [text.text for text in PracticeText.objects.all()] == ["번호는 123456이에요."]
    use(None)
    with in_market(world.market.pk):
        assert [way.gateway for way in gateways.offered()][:1] == ["toss"]


def test_nobody_gets_an_account_in_a_copy(world: World) -> None:
    copy = begin(world.market, fishmonger(world)).sitting.market

    with pytest.raises(NotInPractice):
        register_customer(market=copy, actor=SYSTEM, phone="01012345678")


def test_ending_again_changes_nothing(world: World) -> None:
    sitting = begin(world.market, fishmonger(world)).sitting
    for _ in range(2):
        retire_copy(market=sitting.market, actor=SYSTEM)
        leave(sitting)

    with in_market(sitting.market_id):
        assert Sitting.objects.get().ended_at is not None


def test_numbers_of_copies_begin_with_zero_and_come_back(world: World) -> None:
    codes = list(practice_codes({"000000"}))

    assert len(codes) == 9_999
    assert all(code.startswith("0") and ids.has_check_digit(code) for code in codes)
    assert len({spent_code(number) for number in range(1, 2_000)}) == 1_999
    assert spent_code(36) == "x00010"


def test_of_a_large_market_ones_own_neighbours_are_copied() -> None:
    stalls = [Stall(pk=number, slot=number) for number in range(1, 201)]

    around = [stall.pk for stall in chosen_stalls(stalls, stalls[99])]
    last = [stall.pk for stall in chosen_stalls(stalls, stalls[199])]

    assert (around[0], around[-1], len(around)) == (70, 129, 60)
    assert (last[0], last[-1]) == (141, 200)
    assert [stall.pk for stall in chosen_stalls(stalls, None)][-1] == 60
