from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.choose_way import choose_way
from jangteo.domains.counter.actions.expire_sale import expire_sale
from jangteo.domains.counter.actions.sell_with_coupon import CouponSale, sell_with_coupon
from jangteo.domains.counter.coupons import ByCoupon, SaleMoney, coupons_at, money_left
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.queries import can_be_undone, cash_basis, quote_refund, unasked_cash
from jangteo.domains.counter.tests.sales import given_back, opened, payment_of, settled, snapshot, stored, taken_in
from jangteo.domains.ledger.queries import balance_won
from jangteo.domains.payments.models import Refund
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.promotions import errors
from jangteo.domains.promotions.actions.grant_coupon import grant_coupon
from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.drafts import Limits, NewCoupon
from jangteo.domains.promotions.models import Coupon, CouponCount, CouponPiece
from jangteo.domains.promotions.rules import STALL, Conditions, No, Off, Share, Why
from jangteo.domains.settlement.billing import open_bills
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from jangteo.project.invariants import INVARIANTS
from tests.world import GUEST, World

THIRDS = (Share(STALL, 3_333), Share("association", 3_333), Share("municipality", 3_334))
GIFT = NewCoupon(name="도장 선물", off=Off(won=3_000), form="given", limits=Limits(per_person=None))


pytestmark = pytest.mark.usefixtures("takes_card")


@pytest.fixture
def customer(world: World) -> int:
    return register_customer(market=world.market, actor=SYSTEM, phone="01000002000").pk


def made(world: World, new: NewCoupon) -> Coupon:
    return make_coupon(market=world.market, actor=SYSTEM, new=new)


def given(world: World, customer: int, new: NewCoupon = GIFT) -> Coupon:
    """A coupon of the fish stall's own that the customer has one piece of."""
    coupon = made(world, new if new.shares != GIFT.shares else replace(new, stall_id=world.fish.pk))
    grant_coupon(market=world.market, actor=SYSTEM, coupon_id=coupon.pk, user_id=customer, key=str(uuid.uuid4()))
    return coupon


def sell(
    world: World, customer: int, coupon: Coupon, won: int = 10_000, *, key: str = "", way: str = "cash"
) -> CounterSale:
    wanted = CouponSale(world.fish.pk, won, way, customer, str(coupon.pk))
    return sell_with_coupon(market=world.market, actor=SYSTEM, wanted=wanted, key=key or str(uuid.uuid4()))


def begin(world: World, customer: int, coupon: Coupon, way: str, won: int = 12_000) -> CounterSale:
    by = ByCoupon(customer, str(coupon.pk))
    token = opened(world, won).token
    return choose_way(market=world.market, actor=GUEST, token=token, way=way, by_coupon=by)


def pay(world: World, sale: CounterSale) -> CounterSale:
    return settled(world, snapshot(sale, total=sale.due_won))


def book(world: World, account: str) -> int:
    with in_market(world.market.pk):
        return balance_won(account)


def pieces(world: World, coupon: Coupon) -> list[str]:
    with in_market(world.market.pk):
        return list(CouponPiece.objects.filter(coupon=coupon).order_by("pk").values_list("state", flat=True))


def breaches() -> list[tuple[str, object]]:
    return [(one.name, breach) for one in INVARIANTS for breach in one.breaches()]


def test_a_gift_is_used_at_the_till_and_the_stall_bears_it(world: World, customer: int) -> None:
    coupon, key = given(world, customer), str(uuid.uuid4())

    sale = sell(world, customer, coupon, key=key)

    fish = world.fish.pk
    assert (sale.state, sale.amount_won, sale.coupon_won, sale.due_won) == ("paid", 10_000, 3_000, 7_000)
    assert (book(world, f"stall:{fish}:till"), book(world, f"discount:stall:{fish}")) == (7_000, 3_000)
    assert (book(world, f"stall:{fish}:payable"), book(world, f"order:{sale.ref}")) == (-3_000, 0)
    with in_market(world.market.pk):
        told = open_bills(world.market)[fish].statement
        basis = cash_basis(world.market, sale.ref)
    assert (told.sales_won, told.refunds_won, told.coupons) == (10_000, 0, {"stall": 3_000})
    assert (told.direct_won, told.payout_won) == (7_000, 0)
    assert basis is not None
    assert (basis.won, basis.tax_free_won) == (7_000, 7_000)
    assert pieces(world, coupon) == ["taken"]
    assert sell(world, customer, coupon, key=key) == sale
    assert breaches() == []


def test_each_who_bears_it_pays_to_the_won_also_after_parts_went_back(world: World, customer: int) -> None:
    new = NewCoupon(name="칠", off=Off(won=777), form="given", shares=THIRDS, budget_won=5_000)
    coupon = given(world, customer, new)
    sale = pay(world, begin(world, customer, coupon, "card", 9_999))
    with in_market(world.market.pk):
        first = open_bills(world.market)[world.fish.pk].statement
    borne = {account: coupon_won for account, coupon_won in first.coupons.items()}
    assert borne == {"stall": 259, f"subsidy:association:{coupon.pk}": 259, f"subsidy:municipality:{coupon.pk}": 259}

    for won in (1, 333, 4_000):
        given_back(world, sale, won)

    left = money_left_of(world, sale)
    with in_market(world.market.pk):
        told = open_bills(world.market)[world.fish.pk].statement
        asked = sum(Refund.objects.filter(payment=payment_of(world, sale)).values_list("amount_won", flat=True))
    assert sum(told.coupons.values()) == left.coupon_won
    assert left.own_won == 9_999 - 777 - asked
    assert left.own_won + left.coupon_won == 9_999 - 4_334
    assert told.payout_won == 9_999 - 4_334 - told.coupons["stall"]
    assert book(world, f"discount:stall:{world.fish.pk}") == told.coupons["stall"]
    assert breaches() == []


def money_left_of(world: World, sale: CounterSale) -> SaleMoney:
    with in_market(world.market.pk):
        return money_left(CounterSale.objects.get(pk=sale.pk))


def test_undone_at_once_the_coupon_is_back_whatever_its_rule_says(world: World, customer: int) -> None:
    coupon = given(world, customer, replace(GIFT, back="gone"))
    sale = sell(world, customer, coupon)

    row = given_back(world, sale)

    assert pieces(world, coupon) == ["free"]
    assert book(world, f"stall:{world.fish.pk}:till") == book(world, f"discount:stall:{world.fish.pk}") == 0
    assert stored(world, sale).state == "refunded"
    with in_market(world.market.pk):
        row.refresh_from_db()
        assert not can_be_undone(row, clock.now())
    again = sell(world, customer, coupon)
    with clock.at(clock.now() + timedelta(minutes=11)):
        given_back(world, again)
        assert pieces(world, coupon) == ["ended"]
        assert breaches() == []


def test_a_part_goes_back_as_it_was_quoted_and_the_coupon_stays(world: World, customer: int) -> None:
    coupon = given(world, customer)
    sale = sell(world, customer, coupon)
    with in_market(world.market.pk):
        quote = quote_refund(sale, 5_000)
    assert (quote.won, quote.own_won, quote.left_won) == (5_000, 3_500, 5_000)

    given_back(world, sale, 5_000)

    assert money_left_of(world, sale) == SaleMoney(3_500, 1_500)
    assert book(world, f"stall:{world.fish.pk}:till") == 3_500
    assert pieces(world, coupon) == ["taken"]
    assert breaches() == []


def test_a_claim_holds_it_until_the_stall_has_answered(world: World, customer: int) -> None:
    coupon = given(world, customer)
    no, over = begin(world, customer, coupon, "cash"), None
    assert pieces(world, coupon) == ["taken"]
    answer_claim(market=world.market, actor=SYSTEM, sale_id=no.pk, received=False)
    assert pieces(world, coupon) == ["free"]

    over = begin(world, customer, coupon, "cash")
    with clock.at(clock.now() + timedelta(hours=13)):
        assert expire_sale(market=world.market, actor=SYSTEM, order_ref=over.ref)
    assert pieces(world, coupon) == ["free"]

    yes = begin(world, customer, coupon, "cash")
    answer_claim(market=world.market, actor=SYSTEM, sale_id=yes.pk, received=True)
    assert (pieces(world, coupon), book(world, f"stall:{world.fish.pk}:till")) == (["taken"], 9_000)
    assert breaches() == []


def test_money_that_comes_after_the_coupon_was_freed_goes_back_whole(world: World, customer: int) -> None:
    new = NewCoupon(name="시장", off=Off(won=3_000), shares=(Share("association", 10_000),), budget_won=3_000)
    coupon = made(world, new)
    sale = begin(world, customer, coupon, "card")
    assert payment_of(world, sale).amount_won == 9_000
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert expire_sale(market=world.market, actor=SYSTEM, order_ref=sale.ref)
    other = sell(world, customer, coupon)

    late = pay(world, sale)

    assert (late.state, other.state) == ("expired", "paid")
    with in_market(world.market.pk):
        refund = Refund.objects.get(payment=payment_of(world, sale))
        assert (refund.amount_won, refund.reason) == (9_000, "sale_coupon_gone")
    assert breaches() == []


def test_a_coupon_that_pays_all_needs_no_card_but_the_stalls_yes(world: World, customer: int) -> None:
    coupon = given(world, customer, replace(GIFT, off=Off(bp=10_000)))

    sale = begin(world, customer, coupon, "card", 2_000)
    assert (sale.state, sale.way, sale.due_won) == ("claimed", "cash", 0)
    answer_claim(market=world.market, actor=SYSTEM, sale_id=sale.pk, received=True)

    assert (book(world, f"stall:{world.fish.pk}:till"), book(world, f"discount:stall:{world.fish.pk}")) == (0, 2_000)
    with in_market(world.market.pk):
        assert cash_basis(world.market, sale.ref) is None
    given_back(world, sale)
    assert pieces(world, coupon) == ["free"]
    assert breaches() == []


def test_what_cannot_be_used_is_refused_by_name_and_nothing_is_written(world: World, customer: int) -> None:
    dear = given(world, customer, replace(GIFT, when=Conditions(needs_won=20_000)))
    with pytest.raises(errors.CouponDoesNotFit) as no:
        sell(world, customer, dear)
    assert no.value.facts["short_won"] == 10_000
    strangers = given(world, customer, replace(GIFT, shares=GIFT.shares))
    other = register_customer(market=world.market, actor=SYSTEM, phone="01000002001").pk
    with pytest.raises(errors.CouponNotYours):
        sell(world, other, strangers)
    poor = made(
        world, NewCoupon(name="빈", off=Off(won=3_000), shares=(Share("association", 10_000),), budget_won=2_999)
    )
    with pytest.raises(errors.CouponUsedUp):
        sell(world, customer, poor)
    daily = made(world, NewCoupon(name="날", off=Off(won=100), limits=Limits(per_day=1, per_person=None)))
    sell(world, customer, daily)
    with pytest.raises(errors.CouponUsedUp) as over:
        sell(world, customer, daily)
    assert over.value.facts["limit"] == "day"

    with in_market(world.market.pk):
        assert CounterSale.objects.count() == 1
        assert CouponCount.objects.get().used == 1
    assert breaches() == []


def test_of_others_stalls_nothing_is_told(world: World, customer: int) -> None:
    greens = made(world, replace(GIFT, name="채소", stall_id=world.greens.pk))
    grant_coupon(market=world.market, actor=SYSTEM, coupon_id=greens.pk, user_id=customer, key="k" * 20)
    mine = given(world, customer)
    first = made(world, NewCoupon(name="첫", off=Off(won=5_000), when=Conditions(first_only=True)))

    def offered() -> list[tuple[int, int | str]]:
        with in_market(world.market.pk):
            found = coupons_at(world.fish, customer, 10_000, "cash")
            return [(one.held.coupon.pk, one.won or "no") for one in found]

    assert offered() == [(first.pk, 5_000), (mine.pk, 3_000)]
    sell(world, customer, mine, 3_500)
    assert offered() == [(first.pk, "no")]
    with in_market(world.market.pk):
        answer = coupons_at(world.fish, customer, 10_000, "cash")[0].answer
        assert isinstance(answer, No)
        assert answer.why is Why.NOT_FIRST


def test_the_tax_office_hears_of_the_cash_alone_and_once(world: World, customer: int) -> None:
    sell(world, customer, given(world, customer), 102_000)
    taken_in(world, won=100_000)
    later = clock.now() + timedelta(days=2)

    found = unasked_cash(100_000, later, clock.now() - timedelta(days=1))

    with in_market(world.market.pk):
        assert [about for _market, about in found] == [CounterSale.objects.get(amount_won=100_000).ref]
