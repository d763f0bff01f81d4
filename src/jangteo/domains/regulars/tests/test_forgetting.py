from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from jangteo.domains.counter.actions.record_till_sale import record_till_sale
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.told import ToldLine, ToldSale
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.people.actions.confirm_phone import confirm_phone
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.people.models import User
from jangteo.domains.regulars.actions.ask_deletion import ask_deletion
from jangteo.domains.regulars.actions.forget_here import forget_here
from jangteo.domains.regulars.actions.note_sign_in import note_sign_in
from jangteo.domains.regulars.actions.withdraw_deletion import withdraw_deletion
from jangteo.domains.regulars.errors import AlreadyAsked, NothingToWithdraw
from jangteo.domains.regulars.jobs import Forgetting, keep_to_time_limits
from jangteo.domains.regulars.models import Deletion, ForgottenHere, SignIn
from jangteo.domains.regulars.parts import kept_here
from jangteo.domains.regulars.queries_privacy import due_deletions, person_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market, unscoped
from tests.world import GUEST, NOON, World, wants

PHONE = "01000002000"
REGRET = timedelta(days=3)


def customer(world: World, phone: str = PHONE) -> User:
    user = register_customer(market=world.market, actor=SYSTEM, phone=phone)
    return confirm_phone(market=world.market, actor=SYSTEM, user_id=user.pk)


def bought(world: World, user: User | None, *, over: bool = True) -> Order:
    wanted = wants((world.tofu, 1), fulfil="deliver", note="문 앞에 놓아 주세요")
    user_id = None if user is None else user.pk
    placed = place_order(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()), user_id=user_id)
    with in_market(world.market.pk):
        part = StallPart.objects.get(order_id=placed.order_id)
        for step in (accept_part, ready_part, hand_over_part) if over else ():
            step(market=world.market, actor=SYSTEM, part_id=part.pk)
        return Order.objects.get(pk=placed.order_id)


def paid_at_counter(world: World) -> CounterSale:
    now, line = clock.now(), ToldLine(amount_won=2_000, price_won=2_000, name="손두부")
    told = ToldSale(world.tofu_stall.pk, "cash", (line,), made_at=now, sent_at=now, phone=PHONE)
    return record_till_sale(market=world.market, actor=SYSTEM, told=told, key=str(uuid.uuid4()))


def asked(world: World, user: User) -> Deletion:
    return ask_deletion(market=world.market, actor=GUEST, user_id=user.pk, told={"orders": 1})


def test_the_law_keeps_what_was_sold_and_nothing_of_who_bought_it(world: World) -> None:
    with clock.at(NOON):
        user = customer(world)
        mine, as_guest, sale = bought(world, user), bought(world, None), paid_at_counter(world)
        note_sign_in(market=world.market, actor=GUEST, user_id=user.pk, from_address="203.0.113.7")
        deletion = asked(world, user)
    told: list[tuple[str, str]] = []

    with clock.at(NOON + REGRET):
        Forgetting(lambda phone, one: told.append((phone, one.number))).run()

    with in_market(world.market.pk):
        for order in Order.objects.filter(pk__in=[mine.pk, as_guest.pk]):
            assert (order.name, order.phone, order.address, order.note, order.user_id) == ("김*나", "", "", "", None)
            assert order.token not in (mine.token, as_guest.token)
        sale.refresh_from_db()
        deletion.refresh_from_db()
    user.refresh_from_db()
    assert (sale.customer_id, sale.amount_won) == (None, 2_000)
    assert (user.phone, user.name, user.is_active) == (None, "", False)
    assert deletion.state == Deletion.State.DONE
    assert deletion.shown == "010-****-2000"
    assert deletion.outcome["orders"] == {"gone": 0, "stays": 2, "until": "2031-11-20"}
    assert deletion.outcome["sales"] == {"gone": 0, "stays": 1, "until": "2031-11-20"}
    assert deletion.outcome["sign_ins"] == {"gone": 0, "stays": 1, "until": "2027-02-20"}
    assert told == [(PHONE, deletion.number)]


def test_three_days_to_think_better_of_it(world: World) -> None:
    with clock.at(NOON):
        user = customer(world)
        deletion = asked(world, user)
        with pytest.raises(AlreadyAsked):
            asked(world, user)
    assert deletion.answer_by - deletion.asked_at == timedelta(days=10)

    with clock.at(NOON + REGRET - timedelta(seconds=1)):
        Forgetting().run()
        user.refresh_from_db()
        assert user.phone == PHONE
        withdraw_deletion(market=world.market, actor=GUEST, user_id=user.pk)
    with clock.at(NOON + REGRET):
        Forgetting().run()
    user.refresh_from_db()
    assert (user.phone, user.is_active) == (PHONE, True)


def test_nothing_is_called_off_once_the_forgetting_has_begun(world: World) -> None:
    with clock.at(NOON):
        user = customer(world)
        deletion = asked(world, user)
    with clock.at(NOON + REGRET):
        (due,) = due_deletions()
        assert forget_here(market=world.market, actor=SYSTEM, deletion=due, person=person_of(user))
        with pytest.raises(NothingToWithdraw):
            withdraw_deletion(market=world.market, actor=GUEST, user_id=user.pk)
        Forgetting().run()
    with in_market(world.market.pk):
        deletion.refresh_from_db()
        assert ForgottenHere.objects.count() == 1
    assert deletion.state == Deletion.State.DONE


def test_it_waits_for_orders_under_way_but_is_answered_within_ten_days(world: World) -> None:
    with clock.at(NOON):
        user = customer(world)
        order = bought(world, user, over=False)
        deletion = asked(world, user)
    with clock.at(NOON + REGRET):
        Forgetting().run()
        user.refresh_from_db()
        assert user.phone == PHONE
        with in_market(world.market.pk):
            part = StallPart.objects.get(order=order)
        for step in (accept_part, ready_part, hand_over_part):
            step(market=world.market, actor=SYSTEM, part_id=part.pk)
        Forgetting().run()
    with in_market(world.market.pk):
        deletion.refresh_from_db()
    assert deletion.ended_at is not None
    assert deletion.ended_at <= deletion.answer_by


def test_whoever_comes_again_with_the_number_is_new(world: World) -> None:
    with clock.at(NOON):
        user = customer(world)
        bought(world, user)
        asked(world, user)
    with clock.at(NOON + REGRET):
        Forgetting().run()
        again = customer(world)
        with in_market(world.market.pk):
            kept = {one.topic: one.rows for one in kept_here(person_of(again))}
    assert again.pk != user.pk
    assert {topic: len(rows) for topic, rows in kept.items() if rows} == {"account": 1}


def test_an_unproven_number_opens_no_orders_of_others(world: World) -> None:
    with clock.at(NOON):
        bought(world, None)
        claimed = register_customer(market=world.market, actor=SYSTEM, phone=PHONE)
        with in_market(world.market.pk):
            kept = {one.topic: one.rows for one in kept_here(person_of(claimed))}
    assert kept["orders"] == ()


@pytest.mark.parametrize(("day", "name"), [(date(2031, 11, 20), "김하나"), (date(2031, 11, 21), "")])
def test_an_order_says_whose_it_was_for_five_years_to_the_day(world: World, day: date, name: str) -> None:
    with clock.at(NOON):
        order = bought(world, None)
    with clock.at(clock.korean(day, NOON.timetz().replace(tzinfo=None))):
        keep_to_time_limits()
    with in_market(world.market.pk):
        order.refresh_from_db()
    assert order.name == name
    assert (order.phone == "") == (name == "")


@pytest.mark.parametrize(("days", "left"), [(91, 1), (93, 0)])
def test_sign_ins_are_kept_three_months(world: World, days: int, left: int) -> None:
    user = customer(world)
    with clock.at(clock.now() - timedelta(days=days)):
        note_sign_in(market=world.market, actor=GUEST, user_id=user.pk, from_address="203.0.113.7")
    keep_to_time_limits()
    with unscoped():
        assert SignIn.objects.count() == left


def test_the_database_itself_keeps_sign_ins_and_what_was_forgotten(world: World) -> None:
    user = customer(world)
    note_sign_in(market=world.market, actor=GUEST, user_id=user.pk, from_address="203.0.113.7")
    with in_market(world.market.pk):
        for change in (lambda: SignIn.objects.all().delete(), lambda: SignIn.objects.update(from_address="")):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()
