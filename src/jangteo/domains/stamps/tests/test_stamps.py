from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from jangteo.domains.counter.actions.record_till_sale import record_till_sale
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.told import ToldLine, ToldSale
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.people.models import User
from jangteo.domains.promotions.actions.make_coupon import Limits, NewCoupon, make_coupon
from jangteo.domains.promotions.actions.stop_coupon import stop_coupon
from jangteo.domains.promotions.models import CouponPiece
from jangteo.domains.promotions.rules import Off
from jangteo.domains.stamps import jobs
from jangteo.domains.stamps.actions.carry_over_paper import carry_over_paper
from jangteo.domains.stamps.actions.give_reward import give_reward
from jangteo.domains.stamps.actions.lapse_stamps import lapse_stamps
from jangteo.domains.stamps.actions.make_code import make_code
from jangteo.domains.stamps.actions.put_stamp import Stamped, WantedStamp, put_stamp
from jangteo.domains.stamps.actions.resume_programme import resume_programme
from jangteo.domains.stamps.actions.start_programme import NewProgramme, start_programme
from jangteo.domains.stamps.actions.stop_programme import stop_programme
from jangteo.domains.stamps.actions.take_back_stamp import take_back_stamp
from jangteo.domains.stamps.actions.use_code import use_code
from jangteo.domains.stamps.errors import (
    AlreadyStamped,
    BadPaper,
    BadProgramme,
    BadWho,
    CodeOver,
    EnoughToday,
    NoProgramme,
    NoSuchPurchase,
    ProgrammeRuns,
    TooLate,
    TooSmall,
    TooSoon,
)
from jangteo.domains.stamps.models import Card, Programme, Stamp
from jangteo.domains.stamps.purchases import sale_ref, visit_ref
from jangteo.domains.stamps.queries import cards_of, regulars_of, stamps_at
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, NOON, World, wants

PHONE = "010-1234-5678"


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def collecting(
    world: World, stall: Stall | None, *, need: int = 5, per_won: int | None = None, days: int = 0
) -> Programme:
    """A programme whose reward takes 1,000 won off."""
    stall_id = None if stall is None else stall.pk
    off = NewCoupon(
        name="1,000원 쿠폰", off=Off(won=1_000), form="given", stall_id=stall_id, limits=Limits(per_person=None)
    )
    coupon = make_coupon(market=world.market, actor=SYSTEM, new=off)
    new = NewProgramme(stall_id, need, coupon.pk, coupon.name, per_won, days)
    return start_programme(market=world.market, actor=SYSTEM, new=new)


def visit(world: World, *, who: str = PHONE, stall: Stall | None = None, won: int = 0, key: str = "") -> Stamped:
    at = world.fish if stall is None else stall
    wanted = WantedStamp(at.pk, visit_ref(key or str(uuid.uuid4())), who=who, won=won)
    return put_stamp(market=world.market, actor=SYSTEM, wanted=wanted)


def sale(world: World, won: int = 8_000, phone: str = "", stall: Stall | None = None) -> CounterSale:
    at, now = world.fish if stall is None else stall, clock.now()
    told = ToldSale(at.pk, "cash", (ToldLine(won, won),), now, now, phone=phone)
    return record_till_sale(market=world.market, actor=SYSTEM, told=told, key=str(uuid.uuid4()))


def for_sale(world: World, sold: CounterSale, who: str = PHONE) -> Stamped:
    wanted = WantedStamp(sold.stall_id, sale_ref(sold.pk), who=who)
    return put_stamp(market=world.market, actor=SYSTEM, wanted=wanted)


def live_of(world: World, user: User) -> list[int]:
    with in_market(world.market.pk):
        return [view.live for view in cards_of(user.pk)]


def later(**how_long: int) -> datetime:
    return clock.now() + timedelta(**how_long)


def test_a_number_that_is_said_aloud_gets_a_stamp_on_the_stalls_card_and_the_markets(world: World) -> None:
    own, all_over = collecting(world, world.fish), collecting(world, None, need=10)

    stamped = visit(world)

    assert stamped.user.phone == "01012345678"
    assert [(put.programme, put.count, put.live) for put in stamped.puts] == [(own, 1, 1), (all_over, 1, 1)]
    elsewhere = visit(world, stall=world.greens)
    assert [(put.programme, put.live) for put in elsewhere.puts] == [(all_over, 2)]


@pytest.mark.parametrize("who", ["", "12345", "+1 415 555 2671", "02-123-4567", "도장", "1" * 40])
def test_what_is_no_mobile_number_is_refused_and_nothing_is_kept(world: World, who: str) -> None:
    collecting(world, world.fish)

    with pytest.raises(BadWho):
        visit(world, who=who)

    with in_market(world.market.pk):
        assert not Card.objects.exists()


def test_a_purchase_has_one_stamp_whoever_asks(world: World) -> None:
    collecting(world, world.fish)
    sold = sale(world)
    for_sale(world, sold)

    for who in (PHONE, "010-9999-0000"):
        with pytest.raises(AlreadyStamped):
            for_sale(world, sold, who)


def test_a_second_press_of_the_same_form_is_the_same_visit(world: World) -> None:
    collecting(world, world.fish)
    key = str(uuid.uuid4())
    stamped = visit(world, key=key)

    with pytest.raises(AlreadyStamped):
        visit(world, key=key)

    assert live_of(world, stamped.user) == [1]


def test_a_sale_of_another_stall_an_unpaid_and_an_old_one_give_nothing(world: World) -> None:
    collecting(world, world.fish)
    collecting(world, world.greens)
    sold = sale(world)
    with pytest.raises(NoSuchPurchase):
        put_stamp(market=world.market, actor=SYSTEM, wanted=WantedStamp(world.greens.pk, sale_ref(sold.pk), who=PHONE))
    with clock.at(later(days=2)), pytest.raises(NoSuchPurchase):
        for_sale(world, sold)
    for ref in ("sale:999999", "part:1", "paper:1", "", "visit:", "visit:abc"):
        with pytest.raises(NoSuchPurchase):
            put_stamp(market=world.market, actor=SYSTEM, wanted=WantedStamp(world.fish.pk, ref, who=PHONE))


def test_without_a_sale_the_same_person_waits_and_with_one_does_not(world: World) -> None:
    collecting(world, world.fish)
    visit(world)

    with clock.at(later(minutes=29, seconds=1)), pytest.raises(TooSoon) as soon:
        visit(world)
    assert soon.value.facts == {"minutes": 1}
    for_sale(world, sale(world))
    visit(world, who="010-2222-3333")
    with clock.at(later(minutes=30)):
        assert visit(world).puts[0].live == 3


def test_visits_and_stamps_of_one_day_have_an_end(world: World) -> None:
    collecting(world, world.fish, need=30)
    for hour in range(3):
        with clock.at(later(hours=hour)):
            visit(world)
    with clock.at(later(hours=3)), pytest.raises(EnoughToday):
        visit(world)
    for _ in range(7):
        for_sale(world, sale(world))
    with pytest.raises(EnoughToday):
        for_sale(world, sale(world))
    with clock.at(later(days=1)):
        assert visit(world).puts[0].live == 11


def test_by_the_won_a_sale_gives_what_it_comes_to_and_a_small_one_says_so(world: World) -> None:
    collecting(world, world.fish, per_won=5_000)

    assert for_sale(world, sale(world, 14_900)).puts[0].count == 2
    with pytest.raises(TooSmall) as small:
        for_sale(world, sale(world, 4_900))
    assert small.value.facts == {"per_won": 5_000}
    with pytest.raises(TooSmall):
        visit(world)
    assert visit(world, won=10_000).puts[0].live == 4


def test_for_ten_seconds_it_is_taken_back_and_can_be_put_for_another(world: World) -> None:
    collecting(world, world.fish)
    sold = sale(world)
    wrong = for_sale(world, sold, "010-9999-0000")

    ref = sale_ref(sold.pk)
    back = partial(take_back_stamp, market=world.market, actor=SYSTEM, stall_id=world.fish.pk, purchase=ref)
    with clock.at(later(seconds=10)):
        assert back() == 1
        assert back() == 0
    right = for_sale(world, sold)

    assert (live_of(world, wrong.user), live_of(world, right.user)) == ([0], [1])
    with in_market(world.market.pk):
        assert list(Stamp.objects.order_by("pk").values_list("kind", "count", "turn")) == [
            ("put", 1, 0),
            ("back", -1, 0),
            ("put", 1, 1),
        ]
    with clock.at(later(seconds=16)), pytest.raises(TooLate):
        back()


def test_the_database_keeps_every_row_and_one_stamp_a_purchase(world: World) -> None:
    collecting(world, world.fish)
    for_sale(world, sale(world))
    with in_market(world.market.pk):
        row = Stamp.objects.get()
        for change in (lambda: Stamp.objects.update(count=9), lambda: Stamp.objects.all().delete()):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()
        row.pk = None
        with pytest.raises(IntegrityError, match="one_stamp_a_purchase"), transaction.atomic():
            row.save(force_insert=True)


def test_a_full_card_brings_its_coupon_once_and_only_when_nothing_can_be_taken_back(world: World) -> None:
    programme = collecting(world, world.fish, need=3)
    user = [for_sale(world, sale(world)) for _ in range(4)][-1].user
    jobs.give_due_rewards()
    assert live_of(world, user) == [4]

    with clock.at(later(seconds=20)):
        jobs.give_due_rewards()
        jobs.give_due_rewards()

    with in_market(world.market.pk):
        piece = CouponPiece.objects.get(user=user)
        assert (piece.coupon_id, live_of(world, user)) == (programme.coupon_id, [1])
        assert cards_of(user.pk)[0].rewards == 1


def test_a_coupon_that_cannot_be_given_costs_nobody_a_stamp(world: World) -> None:
    programme = collecting(world, world.fish, need=3)
    stop_coupon(market=world.market, actor=SYSTEM, coupon_id=programme.coupon_id)
    user = [for_sale(world, sale(world)) for _ in range(3)][-1].user

    with clock.at(later(seconds=20)):
        jobs.give_due_rewards()
        with in_market(world.market.pk):
            card = Card.objects.get()
        assert (live_of(world, user), card.due_at) == ([3], later(hours=1))
        assert give_reward(market=world.market, actor=SYSTEM, card_id=card.pk) == 0


def test_a_paper_card_goes_over_once_a_person(world: World) -> None:
    collecting(world, world.fish, need=10)
    here = world.fish.pk
    carry = partial(carry_over_paper, market=world.market, actor=SYSTEM, stall_id=here, who=PHONE)
    for count in (0, 10, -3):
        with pytest.raises(BadPaper):
            carry(count=count)

    stamped = carry(count=7)
    assert stamped.puts[0].live == 7
    with clock.at(later(days=30)), pytest.raises(AlreadyStamped):
        carry(count=7)
    take_back_stamp(market=world.market, actor=SYSTEM, stall_id=here, purchase=stamped.purchase)
    assert carry(count=4).puts[0].live == 4


def test_six_digits_of_a_customers_page_stand_for_them_once_and_for_five_minutes(world: World) -> None:
    collecting(world, world.fish)
    user = register_customer(market=world.market, actor=SYSTEM, phone="01055556666")
    code = make_code(market=world.market, actor=SYSTEM, user_id=user.pk)
    assert make_code(market=world.market, actor=SYSTEM, user_id=user.pk) == code

    assert visit(world, who=f"{code.digits[:3]} {code.digits[3:]}").user == user
    with pytest.raises(CodeOver):
        visit(world, who=code.digits)
    again = make_code(market=world.market, actor=SYSTEM, user_id=user.pk)
    with clock.at(later(minutes=5)), pytest.raises(CodeOver):
        visit(world, who=again.digits)


def test_a_code_on_the_stalls_phone_is_one_stamp_for_who_scans_it_first(world: World) -> None:
    collecting(world, world.fish)
    sold = sale(world)
    code = make_code(market=world.market, actor=SYSTEM, stall_id=world.fish.pk, purchase=sale_ref(sold.pk))

    with pytest.raises(BadWho):
        use_code(market=world.market, actor=GUEST, token=code.token, phone="123")
    assert use_code(market=world.market, actor=GUEST, token=code.token, phone=PHONE).puts[0].live == 1
    with pytest.raises(CodeOver):
        use_code(market=world.market, actor=GUEST, token=code.token, phone="010-9999-0000")
    with pytest.raises(AlreadyStamped):
        for_sale(world, sold)


def test_orders_of_people_who_are_known_and_sales_by_number_are_stamped_by_themselves(world: World) -> None:
    collecting(world, world.fish, per_won=5_000)
    user = register_customer(market=world.market, actor=SYSTEM, phone="01012345678")
    for buyer in (user.pk, None):
        placed = place_order(
            market=world.market, actor=GUEST, wanted=wants((world.mackerel, 2)), key=str(uuid.uuid4()), user_id=buyer
        )
        with in_market(world.market.pk):
            part = StallPart.objects.get(order_id=placed.order_id)
        for step in (accept_part, ready_part, hand_over_part):
            step(market=world.market, actor=SYSTEM, part_id=part.pk)
    sale(world, 6_000, phone="01012345678")
    sale(world, 1_000, phone="01012345678")

    jobs.stamp_what_was_bought()
    jobs.stamp_what_was_bought()

    assert live_of(world, user) == [3 + 1]
    with in_market(world.market.pk):
        assert sorted(Stamp.objects.values_list("kind", "count")) == [("put", 1), ("put", 3), ("small", 0)]


def test_what_was_bought_before_it_began_is_not_stamped(world: World) -> None:
    sale(world, phone="01012345678")
    with clock.at(later(minutes=1)):
        collecting(world, world.fish)
        jobs.stamp_what_was_bought()
    with in_market(world.market.pk):
        assert not Stamp.objects.exists()


def test_stamps_end_after_their_days_and_a_stopped_programme_takes_none(world: World) -> None:
    programme = collecting(world, world.fish, days=30)
    user = visit(world).user
    with clock.at(later(days=20)):
        visit(world)
    with clock.at(later(days=30)):
        assert live_of(world, user) == [1]

    stop = partial(stop_programme, market=world.market, actor=SYSTEM, programme_id=programme.pk)
    stop(stall_id=world.fish.pk)
    with pytest.raises(NoProgramme):
        visit(world, who="010-2222-3333")
    with pytest.raises(Programme.DoesNotExist):
        stop(stall_id=world.greens.pk)
    resume_programme(market=world.market, actor=SYSTEM, programme_id=programme.pk, stall_id=world.fish.pk)
    assert visit(world, who="010-2222-3333").puts[0].live == 1


def test_one_programme_at_a_time_and_none_that_no_card_would_hold(world: World) -> None:
    first = collecting(world, None)
    with pytest.raises(ProgrammeRuns):
        collecting(world, None)
    for wrong in ({"need": 2}, {"need": 31}, {"per_won": 999}, {"days": -1}):
        with pytest.raises(BadProgramme):
            collecting(world, world.fish, **wrong)
    stop_programme(market=world.market, actor=SYSTEM, programme_id=first.pk, stall_id=None)
    collecting(world, None)
    with pytest.raises(ProgrammeRuns):
        resume_programme(market=world.market, actor=SYSTEM, programme_id=first.pk, stall_id=None)


def test_a_regular_has_come_on_three_days(world: World) -> None:
    collecting(world, world.fish, need=30)
    for day in (0, 1, 2):
        with clock.at(later(days=day)):
            user = visit(world).user
            visit(world, who=f"010-7777-000{day}")
    with clock.at(later(days=2)), in_market(world.market.pk):
        assert regulars_of(world.fish.pk, clock.now()) == [user.pk]
        told = stamps_at(world.fish.pk, clock.now())
    assert (told.today, told.people, told.regulars, told.rewards) == (2, 4, 1, 0)


def test_stamps_of_an_account_that_goes_lapse(world: World) -> None:
    collecting(world, world.fish)
    user = visit(world).user

    assert lapse_stamps(market=world.market, actor=SYSTEM, user_id=user.pk) == 1
    assert live_of(world, user) == [0]
