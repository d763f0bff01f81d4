"""The last coupon, the last won of its budget and the last piece of a customer, wanted by 64 at the same moment."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connection

from jangteo.domains.counter.actions.sell_with_coupon import CouponSale, sell_with_coupon
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.ledger.models import LimitedAccount
from jangteo.domains.ordering.actions.expire_order import expire_order
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.wanted import WantedMoney
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.promotions.actions import give_piece as giving
from jangteo.domains.promotions.actions import hold_coupon as holding
from jangteo.domains.promotions.actions.grant_coupon import grant_coupon
from jangteo.domains.promotions.actions.hold_coupon import Use
from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.drafts import Limits, NewCoupon
from jangteo.domains.promotions.errors import CouponUsedUp
from jangteo.domains.promotions.models import Coupon, CouponCount, CouponPiece
from jangteo.domains.promotions.rules import STALL, Off, Share
from jangteo.kernel.audit import SYSTEM, Actor
from jangteo.kernel.errors import Refused
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World, make_world, wants

pytestmark = pytest.mark.slow
# As many as the promise names; and where many say no more than some.
CLIENTS, FEWER = 64, 16
FIVE = NewCoupon(name="다섯 장", off=Off(won=1_000), limits=Limits(most=5))
SHARED = (Share("municipality", 6_000), Share(STALL, 4_000))


@pytest.fixture(scope="module")
def world(committed_db: str) -> World:
    """One for all: every test looks at the coupon that it has made."""
    return make_world()


def people(world: World, count: int) -> list[int]:
    return [register_customer(market=world.market, actor=SYSTEM, phone=f"010{place:08}").pk for place in range(count)]


def at_once(deed: Callable[[int], object], clients: int = FEWER) -> Counter[str]:
    """How it went for everybody, all having begun together: "passed", or the code of the refusal."""
    start = threading.Barrier(clients)

    def do(place: int) -> str:
        start.wait()
        try:
            deed(place)
        except Refused as no:
            return no.code
        finally:
            connection.close()
        return "passed"

    with ThreadPoolExecutor(clients) as threads:
        return Counter(threads.map(do, range(clients)))


def buying(world: World, coupon: Coupon, customers: list[int]) -> Callable[[int], object]:
    """Each with the goods in the hand of a stall whose stock nobody counts."""
    wanted = wants((world.cabbage, 1), moneys=(WantedMoney("coupon", str(coupon.pk)),))

    def buy(place: int) -> None:
        key, whose = str(uuid.uuid4()), customers[place % len(customers)]
        place_order(market=world.market, actor=GUEST, wanted=wanted, key=key, user_id=whose)

    return buy


def test_the_last_coupons_and_the_last_won_go_to_as_many_as_there_are(world: World) -> None:
    customers = people(world, CLIENTS)
    few = make_coupon(market=world.market, actor=SYSTEM, new=FIVE)
    budget = NewCoupon(name="예산", off=Off(won=1_000), shares=SHARED, budget_won=7_999)
    dear = make_coupon(market=world.market, actor=SYSTEM, new=budget)
    with in_market(world.market.pk):
        before = Order.objects.count()

    assert at_once(buying(world, few, customers), CLIENTS) == {"passed": 5, "promotions.used_up": 59}
    assert at_once(buying(world, dear, customers), CLIENTS) == {"passed": 7, "promotions.used_up": 57}

    with in_market(world.market.pk):
        assert CouponCount.objects.get(coupon=few, scope="all").used == 5
        assert CouponPiece.objects.filter(coupon=few).count() == 5
        # 60 % of 7,999 less what seven took, which paid at the stall and so at once.
        assert LimitedAccount.objects.get(account=f"subsidy:municipality:{dear.pk}").balance_won == 4_799 - 4_200
        assert Order.objects.count() == before + 12


def test_one_piece_is_given_once_and_pays_once(world: World) -> None:
    customer = people(world, 1)
    coupon = make_coupon(market=world.market, actor=SYSTEM, new=NewCoupon(name="상", off=Off(won=1_000), form="given"))

    def give(_place: int) -> None:
        grant_coupon(
            market=world.market, actor=SYSTEM, coupon_id=coupon.pk, user_id=customer[0], key="stamps:7", reason="도장"
        )

    assert at_once(give) == {"passed": FEWER}
    with in_market(world.market.pk):
        assert CouponPiece.objects.filter(coupon=coupon).count() == 1
    assert at_once(buying(world, coupon, customer)) == {"passed": 1, "promotions.not_yours": FEWER - 1}


@pytest.mark.usefixtures("takes_card")
def test_a_checkout_that_is_left_frees_its_coupon_once(world: World) -> None:
    customer = people(world, 1)[0]
    one = NewCoupon(name="한 장", off=Off(won=1_000), shares=SHARED, budget_won=1_000, limits=Limits(most=1))
    coupon = make_coupon(market=world.market, actor=SYSTEM, new=one)
    wanted = wants((world.cabbage, 1), tender="card", moneys=(WantedMoney("coupon", str(coupon.pk)),))
    placed = place_order(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()), user_id=customer)

    at_once(lambda _place: expire_order(market=world.market, actor=SYSTEM, order_ref=placed.ref))

    with in_market(world.market.pk):
        assert CouponCount.objects.get(coupon=coupon, scope="all").used == 0
        assert LimitedAccount.objects.get(account=f"subsidy:municipality:{coupon.pk}").held_won == 0
    place_order(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()), user_id=customer)


def test_the_last_pieces_are_given_to_as_many_as_there_are(world: World) -> None:
    customers, coupon = people(world, FEWER), gift(world)

    assert at_once(giving_to(world, coupon, customers)) == {"passed": 5, "promotions.used_up": FEWER - 5}

    with in_market(world.market.pk):
        assert CouponPiece.objects.filter(coupon=coupon).count() == 5


def test_control_without_the_counted_limit_more_is_given_than_there_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    customers = people(world, FEWER)
    looked = threading.Barrier(FEWER, timeout=20)

    def look_first(*, coupon: Coupon, limits: Mapping[str, int | None]) -> None:
        """The same without waiting for each other: what was seen is what decides."""
        used = CouponPiece.objects.filter(coupon=coupon).count()
        looked.wait()
        most = limits["all"]
        if most is not None and used > most:
            raise CouponUsedUp(name=coupon.name, limit="all")

    monkeypatch.setattr(giving, "count_uses", look_first)

    assert at_once(giving_to(world, gift(world), customers)) == {"passed": FEWER}


def gift(world: World) -> Coupon:
    return make_coupon(market=world.market, actor=SYSTEM, new=replace(FIVE, form="given"))


def giving_to(world: World, coupon: Coupon, customers: list[int]) -> Callable[[int], object]:
    def give(place: int) -> None:
        whose, key = customers[place], f"gift:{coupon.pk}:{place}"
        grant_coupon(market=world.market, actor=SYSTEM, coupon_id=coupon.pk, user_id=whose, key=key)

    return give


def test_two_tills_never_use_the_same_piece(world: World) -> None:
    whose = people(world, 1)[0]
    coupon = make_coupon(market=world.market, actor=SYSTEM, new=replace(FIVE, name="한 장", form="given"))
    grant_coupon(market=world.market, actor=SYSTEM, coupon_id=coupon.pk, user_id=whose, key="one-for-tills")
    with in_market(world.market.pk):
        before = CounterSale.objects.count()

    assert at_once(at_tills(world, coupon, whose)) == {"passed": 1, "promotions.not_yours": FEWER - 1}

    with in_market(world.market.pk):
        piece = CouponPiece.objects.get(coupon=coupon)
        assert CounterSale.objects.get(ref=piece.order_ref).coupon_won == 1_000
        assert CounterSale.objects.count() == before + 1


def test_tills_share_the_last_won_of_a_budget_to_the_won(world: World) -> None:
    whose = people(world, 1)[0]
    many = Limits(per_person=None)
    new = NewCoupon(name="남은 돈", off=Off(won=1_000), shares=SHARED, budget_won=3_999, limits=many)
    coupon = make_coupon(market=world.market, actor=SYSTEM, new=new)

    assert at_once(at_tills(world, coupon, whose)) == {"passed": 3, "promotions.used_up": FEWER - 3}

    with in_market(world.market.pk):
        left = LimitedAccount.objects.get(account=f"subsidy:municipality:{coupon.pk}")
        assert (left.balance_won, left.held_won) == (2_399 - 3 * 600, 0)


def test_without_the_lock_two_tills_use_one_piece(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whose = people(world, 1)[0]
    coupon = make_coupon(market=world.market, actor=SYSTEM, new=replace(FIVE, name="안 잠근 것", form="given"))
    grant_coupon(market=world.market, actor=SYSTEM, coupon_id=coupon.pk, user_id=whose, key="unlocked-at-tills")
    together = threading.Barrier(2)

    def unlocked(of: Coupon, use: Use, actor: Actor) -> CouponPiece:
        piece = CouponPiece.objects.get(coupon=of)
        together.wait()
        return piece

    monkeypatch.setattr(holding, "_piece", unlocked)

    assert at_once(at_tills(world, coupon, whose), 2) == {"passed": 2}


def at_tills(world: World, coupon: Coupon, whose: int) -> Callable[[int], object]:
    """The customer's coupon at many tills of one stall."""
    wanted = CouponSale(world.greens.pk, 5_000, "cash", whose, str(coupon.pk))
    return lambda place: sell_with_coupon(market=world.market, actor=SYSTEM, wanted=wanted, key=str(uuid.uuid4()))
