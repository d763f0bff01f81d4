from __future__ import annotations

from datetime import datetime, timedelta

from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.replay import Bought, Used, replayed
from jangteo.domains.promotions.rules import Goods
from jangteo.kernel import clock

NOON = datetime(2026, 11, 1, 12, tzinfo=clock.KST)


def bought(day: int, person: str, won: int, *, signed_in: bool = True) -> Bought:
    goods = (Goods(str(day), 7, frozenset(), won),)
    return Bought(f"o{day}", person, signed_in, NOON + timedelta(days=day), goods, frozenset({"card"}))


def coupon(**facts: object) -> Coupon:
    return Coupon(**{"off_won": 1_000, "shares": [["stall", 10_000]], **facts})


def test_last_month_is_a_range_from_those_who_sign_in_to_everybody() -> None:
    orders = [bought(0, "a", 9_000), bought(1, "b", 9_000, signed_in=False), bought(2, "a", 9_000), bought(3, "c", 500)]

    found = replayed(coupon(needs_won=5_000, per_person=1), orders, {}, 30)

    assert (found.orders, found.fitting) == (4, 3)
    assert (found.fewest, found.most) == (Used(1, 1, 1_000), Used(2, 2, 2_000))


def test_limits_and_the_budget_stop_it() -> None:
    orders = [bought(day, str(day), 9_000) for day in range(10)]

    assert replayed(coupon(most=3), orders, {}, 30).most == Used(3, 3, 3_000)
    assert replayed(coupon(budget_won=4_500), orders, {}, 30).most == Used(4, 4, 4_000)
    twice_a_day = [bought(0, str(n), 9_000) for n in range(4)]
    assert replayed(coupon(per_day=2), twice_a_day, {}, 30).most == Used(2, 2, 2_000)


def test_a_first_purchase_is_the_first_of_all_time() -> None:
    orders = [bought(0, "old", 9_000), bought(1, "new", 9_000), bought(2, "new", 9_000)]

    found = replayed(coupon(first_only=True, stalls=[7]), orders, {"old": frozenset({7})}, 30)

    assert (found.fitting, found.most) == (1, Used(1, 1, 1_000))
