from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from jangteo.domains.ledger.models import LimitedAccount
from jangteo.domains.ledger.queries import balance_won
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.expire_order import expire_order
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.cashback import grant_for_order
from jangteo.domains.ordering.coupons import ToPay, coupons_for
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.ordering.splitting import purses_of
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.ordering.tests.test_split_orders import capture, columns, hand_over, left
from jangteo.domains.ordering.wanted import PlacedOrder, WantedMoney
from jangteo.domains.payments.models import Refund
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.promotions import errors
from jangteo.domains.promotions.actions.grant_coupon import grant_coupon
from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.actions.set_point_terms import NewPointTerms, set_point_terms
from jangteo.domains.promotions.actions.stop_coupon import stop_coupon
from jangteo.domains.promotions.drafts import Limits, NewCoupon
from jangteo.domains.promotions.jobs import end_over_coupons
from jangteo.domains.promotions.models import Coupon, CouponPiece
from jangteo.domains.promotions.rules import STALL, Conditions, No, Off, Share, Why
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World, wants

pytestmark = pytest.mark.usefixtures("takes_card")
CITY = Share("municipality", 6_000)
STALLS = Share(STALL, 4_000)
THOUSAND = NewCoupon(name="천원 쿠폰", off=Off(won=1_000))


@pytest.fixture
def customer(world: World) -> int:
    return register_customer(market=world.market, actor=SYSTEM, phone="01000002000").pk


def made(world: World, new: NewCoupon) -> Coupon:
    return make_coupon(market=world.market, actor=SYSTEM, new=new)


def shared(world: World, budget_won: int = 10_000) -> Coupon:
    return made(world, replace(THOUSAND, shares=(CITY, STALLS), budget_won=budget_won))


def place(
    world: World, user_id: int | None, coupon: Coupon, *goods: tuple[object, int], tender: str = "card"
) -> PlacedOrder:
    moneys = (WantedMoney("coupon", str(coupon.pk)),)
    wanted = wants(*(goods or ((world.mackerel, 1),)), tender=tender, moneys=moneys)  # type: ignore[arg-type]  # Good
    return place_order(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()), user_id=user_id)


def book(world: World, account: str) -> int:
    with in_market(world.market.pk):
        return balance_won(account)


def state_of(world: World, coupon: Coupon) -> list[str]:
    with in_market(world.market.pk):
        return list(CouponPiece.objects.filter(coupon=coupon).order_by("pk").values_list("state", flat=True))


def test_each_funder_bears_its_share_and_the_card_pays_the_rest(world: World, customer: int) -> None:
    coupon = shared(world)

    placed = place(world, customer, coupon, (world.mackerel, 1), (world.tofu, 1))

    assert placed.pay_won == 9_000
    assert columns(placed, world) == {
        f"coupon:{coupon.pk}#municipality": (600, "planned"),
        f"coupon:{coupon.pk}#stall:{world.fish.pk}": (320, "planned"),
        f"coupon:{coupon.pk}#stall:{world.tofu_stall.pk}": (80, "planned"),
        "card": (9_000, "planned"),
    }
    capture(world, placed)
    assert book(world, f"subsidy:municipality:{coupon.pk}") == -5_400
    hand_over(world, placed, world.fish.pk)
    hand_over(world, placed, world.tofu_stall.pk)
    assert book(world, f"stall:{world.fish.pk}:payable") == -8_000
    assert book(world, f"discount:stall:{world.fish.pk}") == 320
    assert book(world, f"order:{placed.ref}") == 0


def test_an_order_that_nobody_pays_frees_coupon_budget_and_count(world: World, customer: int) -> None:
    coupon = made(world, replace(THOUSAND, shares=(CITY, STALLS), budget_won=1_000, limits=Limits(most=1)))
    placed = place(world, customer, coupon)
    with pytest.raises(errors.CouponUsedUp):
        place(world, customer, coupon)

    expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref)

    again = place(world, customer, coupon)
    assert state_of(world, coupon) == ["ended", "taken"]
    capture(world, again)
    assert book(world, f"subsidy:municipality:{coupon.pk}") == 0


def test_a_late_payment_of_a_freed_coupon_goes_back_whole(world: World, customer: int) -> None:
    """The stall's own coupon holds no money, so only its column says that it is gone."""
    coupon = made(world, replace(THOUSAND, stall_id=world.fish.pk))
    placed = place(world, customer, coupon)
    expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref)

    order = capture(world, placed)

    assert order.state == OrderState.EXPIRED
    with in_market(world.market.pk):
        assert Refund.objects.get().amount_won == 7_000
    assert book(world, f"discount:stall:{world.fish.pk}") == 0


def test_cancelling_a_paid_order_gives_the_coupon_back_to_both(world: World, customer: int) -> None:
    coupon = shared(world)
    placed = place(world, customer, coupon)
    capture(world, placed)

    cancel_order(market=world.market, actor=GUEST, order_id=placed.order_id)

    assert state_of(world, coupon) == ["ended"]
    assert book(world, f"subsidy:municipality:{coupon.pk}") == -6_000
    assert book(world, f"discount:stall:{world.fish.pk}") == 0
    place(world, customer, coupon)


def test_a_given_piece_comes_back_with_a_week_or_not_at_all(world: World, customer: int) -> None:
    today = clock.calendar_day()
    for back, expected in (("again", "free"), ("gone", "ended")):
        new = replace(THOUSAND, form="given", back=back, lasts_days=1, when=Conditions(ends=today))
        coupon = made(world, new)
        grant_coupon(market=world.market, actor=SYSTEM, coupon_id=coupon.pk, user_id=customer, key=back)
        placed = place(world, customer, coupon)
        capture(world, placed)
        hand_over(world, placed, world.fish.pk)
        with in_market(world.market.pk):
            order, line = Order.objects.get(pk=placed.order_id), Line.objects.get(part__order_id=placed.order_id)
        wanted = WantedRefund({line.pk: None})
        refund_lines(market=world.market, actor=SYSTEM, order_id=order.pk, wanted=wanted, key="back-" + back)
        assert state_of(world, coupon) == [expected]
        if expected == "free":
            with in_market(world.market.pk):
                expires_at = CouponPiece.objects.get(coupon=coupon).expires_at
            assert expires_at is not None
            assert expires_at >= clock.now() + timedelta(days=6)


def test_a_piece_that_came_back_is_good_for_its_week_though_the_coupon_has_ended(world: World, customer: int) -> None:
    """Its last day is over by then: nobody gets a new piece, who has one back uses it."""
    new = replace(THOUSAND, form="given", when=Conditions(ends=clock.calendar_day()))
    coupon = made(world, new)
    grant_coupon(market=world.market, actor=SYSTEM, coupon_id=coupon.pk, user_id=customer, key="gift")
    placed = place(world, customer, coupon)
    expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref)

    with clock.at(clock.now() + timedelta(days=3)):
        with in_market(world.market.pk):
            offered = coupons_for(customer, [ToPay("1", world.mackerel, 8_000)], [TenderKind.CARD])
        assert [(one.held.coupon.pk, one.won) for one in offered] == [(coupon.pk, 1_000)]
        assert place(world, customer, coupon).pay_won == 7_000
        with pytest.raises(errors.CouponOver):
            place(world, customer, coupon)
    with clock.at(clock.now() + timedelta(days=8)), in_market(world.market.pk):
        assert coupons_for(customer, [ToPay("1", world.mackerel, 8_000)], [TenderKind.CARD]) == []


def test_a_piece_is_given_once_for_its_key_and_used_once(world: World, customer: int) -> None:
    coupon = made(world, replace(THOUSAND, form="given", limits=Limits(per_person=None)))
    pieces = {
        grant_coupon(market=world.market, actor=SYSTEM, coupon_id=coupon.pk, user_id=customer, key="stamps:1").pk
        for _ in range(3)
    }
    assert len(pieces) == 1

    place(world, customer, coupon)

    with pytest.raises(errors.CouponNotYours):
        place(world, customer, coupon)


def test_weighing_less_gives_each_funder_its_part_back(world: World, customer: int) -> None:
    coupon = made(world, NewCoupon(name="반값", off=Off(bp=5_000), shares=(CITY, STALLS), budget_won=100_000))
    placed = place(world, customer, coupon, (world.hairtail, 1))
    capture(world, placed)

    hand_over(world, placed, world.fish.pk)

    kept = left(placed, world)
    city, own = kept[f"coupon:{coupon.pk}#municipality"], kept[f"coupon:{coupon.pk}#stall:{world.fish.pk}"]
    assert sum(kept.values()) == 9_500
    assert (kept["card"], city, own) == (4_750, 2_850, 1_900)
    assert book(world, f"subsidy:municipality:{coupon.pk}") == -100_000 + 40_000 + 2_850


def test_what_does_not_fit_says_why_and_the_best_comes_first(world: World, customer: int) -> None:
    small, large = made(world, THOUSAND), made(world, replace(THOUSAND, name="이천", off=Off(won=2_000)))
    dear = made(world, replace(THOUSAND, name="비싼", when=Conditions(needs_won=30_000)))
    card_only = made(world, replace(THOUSAND, name="카드", when=Conditions(tenders=frozenset({"card"}))))
    other = made(world, replace(THOUSAND, name="두부", stall_id=world.tofu_stall.pk))
    with in_market(world.market.pk):
        goods = [ToPay("1", world.mackerel, 8_000)]
        offered = {one.held.coupon.pk: one for one in coupons_for(customer, goods, [TenderKind.CASH])}

    assert list(offered)[:2] == [large.pk, small.pk]
    assert offered[dear.pk].answer == No(Why.NEEDS, {"needs_won": 30_000, "short_won": 22_000})
    assert offered[card_only.pk].answer == No(Why.TENDER, {"tender": "cash"})
    assert other.pk not in offered
    with pytest.raises(errors.CouponDoesNotFit):
        place(world, customer, dear)


def test_a_first_purchase_is_first_at_that_stall(world: World, customer: int) -> None:
    first = replace(THOUSAND, limits=Limits(per_person=None), when=Conditions(first_only=True))
    here, everywhere = made(world, replace(first, stall_id=world.fish.pk)), made(world, first)
    place(world, customer, everywhere, (world.tofu, 1))

    place(world, customer, here)

    for coupon in (here, everywhere):
        with pytest.raises(errors.CouponDoesNotFit):
            place(world, customer, coupon)


def test_guests_and_second_coupons_are_told(world: World, customer: int) -> None:
    coupon = made(world, THOUSAND)
    with pytest.raises(errors.SignInForCoupon):
        place(world, None, coupon)
    twice = (WantedMoney("coupon", str(coupon.pk)),) * 2
    with pytest.raises(errors.OneCouponAnOrder):
        place_order(
            market=world.market,
            actor=GUEST,
            wanted=wants((world.mackerel, 1), tender="card", moneys=twice),
            key=str(uuid.uuid4()),
            user_id=customer,
        )


def test_a_coupon_may_pay_all_of_an_order_at_the_stall(world: World, customer: int) -> None:
    coupon = made(world, NewCoupon(name="공짜", off=Off(bp=10_000), stall_id=world.tofu_stall.pk))

    placed = place(world, customer, coupon, (world.tofu, 1), tender="at_stall")

    hand_over(world, placed, world.tofu_stall.pk)
    assert columns(placed, world) == {f"coupon:{coupon.pk}#stall:{world.tofu_stall.pk}": (2_000, "captured")}
    assert book(world, f"discount:stall:{world.tofu_stall.pk}") == 2_000


def test_stopping_gives_funders_back_what_nobody_holds(world: World, customer: int) -> None:
    coupon = shared(world)
    placed = place(world, customer, coupon)

    stop_coupon(market=world.market, actor=SYSTEM, coupon_id=coupon.pk)
    capture(world, placed)

    assert book(world, f"subsidy:municipality:{coupon.pk}") == 0
    assert book(world, f"receivable:municipality:{coupon.pk}") == 600
    with pytest.raises(errors.CouponOver):
        place(world, customer, coupon)


def test_what_is_left_of_a_coupon_goes_back_when_its_last_day_is_over(world: World, customer: int) -> None:
    new = replace(THOUSAND, form="given", shares=(CITY, STALLS), budget_won=10_000)
    coupon = made(world, replace(new, when=Conditions(ends=clock.calendar_day())))
    budget, owed = f"subsidy:municipality:{coupon.pk}", f"receivable:municipality:{coupon.pk}"
    grant_coupon(market=world.market, actor=SYSTEM, coupon_id=coupon.pk, user_id=customer, key="gift")
    placed = place(world, customer, coupon)
    end_over_coupons()
    assert (book(world, budget), book(world, owed)) == (-6_000, 6_000)

    with clock.at(clock.now() + timedelta(days=1)):
        end_over_coupons()
        assert (book(world, budget), book(world, owed)) == (-600, 600)
        expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref)
        end_over_coupons()
        # The customer has it again, for a week.
        assert (book(world, budget), book(world, owed)) == (-600, 600)
    with clock.at(clock.now() + timedelta(days=9)):
        end_over_coupons()
        end_over_coupons()
    assert (book(world, budget), book(world, owed)) == (0, 0)


def test_points_are_earned_spent_and_go_back_with_the_order(world: World, customer: int) -> None:
    set_point_terms(market=world.market, actor=SYSTEM, new=NewPointTerms(100, 30))
    set_point_terms(market=world.market, actor=SYSTEM, new=NewPointTerms(500, 30, stall_id=world.fish.pk))
    coupon = made(world, replace(THOUSAND, stall_id=world.fish.pk))
    first = place(world, customer, coupon)
    capture(world, first)
    hand_over(world, first, world.fish.pk)
    with in_market(world.market.pk):
        for _ in range(2):
            grant_for_order(OutboxRow.objects.get(key=f"cashback:{first.ref}"))
        # Of the 7,000 won that the customer paid; the coupon earns nothing.
        own = {purse.scheme: purse.won for purse in purses_of(customer).values()}
    assert own == {"association": 70, f"stall-{world.fish.pk}": 350}

    points = tuple(WantedMoney("points", scheme) for scheme in own)
    wanted = wants((world.mackerel, 1), (world.tofu, 1), tender="card", moneys=points)
    key = str(uuid.uuid4())
    second = place_order(market=world.market, actor=GUEST, wanted=wanted, key=key, user_id=customer)
    assert second.pay_won == 9_580
    capture(world, second)
    hand_over(world, second, world.fish.pk)
    assert book(world, f"points:{customer}:association") == 0
    assert book(world, f"discount:stall:{world.fish.pk}") == 1_000 + 350
    cancel_first_points(world, first)


def cancel_first_points(world: World, placed: PlacedOrder) -> None:
    """They are spent, so nothing is left to take and nothing goes below zero."""
    with in_market(world.market.pk):
        line = Line.objects.get(part__order_id=placed.order_id)
    wanted = WantedRefund({line.pk: None})
    refund_lines(market=world.market, actor=SYSTEM, order_id=placed.order_id, wanted=wanted, key="all-back")
    with in_market(world.market.pk):
        assert not LimitedAccount.objects.filter(balance_won__lt=0).exists()
