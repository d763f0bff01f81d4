from __future__ import annotations

from datetime import timedelta
from typing import cast

from jangteo.domains.catalog.actions.set_price_life import set_price_life
from jangteo.domains.catalog.models import Good
from jangteo.domains.devices.models import Screen
from jangteo.domains.events.actions.start_flash import start_flash
from jangteo.domains.events.told import NewFlash
from jangteo.domains.promotions.actions.make_coupon import Limits, NewCoupon, make_coupon
from jangteo.domains.promotions.rules import Off
from jangteo.domains.stamps.actions.start_programme import NewProgramme, start_programme
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.faces.kiosk.catalogue import Row, catalogue_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, takes_vouchers


def kept(world: World) -> Row:
    with in_market(world.market.pk):
        return catalogue_of(world.market, Screen(name="북문", place="북문 앞"))


def rows(whole: Row, name: str) -> list[Row]:
    return cast(list[Row], whole[name])


def good_in(whole: Row, good_id: int) -> Row:
    return next(row for row in rows(whole, "goods") if row["id"] == good_id)


def test_a_good_is_kept_with_its_price_and_what_is_left(world: World) -> None:
    row = good_in(kept(world), world.mackerel.pk)
    assert (row["name"], row["unit"], row["price_won"]) == ("고등어", "1손", 8000)
    assert (row["left"], row["sold_out"]) == (5, False)


def test_nobody_counts_a_weighed_good(world: World) -> None:
    row = good_in(kept(world), world.hairtail.pk)
    assert (row["price_grams"], row["unit_grams"], row["left"]) == (100, 400, None)


def test_what_has_run_out_is_sold_out_and_makes_another_version(world: World) -> None:
    before = kept(world)
    assert kept(world)["version"] == before["version"]

    count_stock(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, on_hand=0)

    after = kept(world)
    assert good_in(after, world.mackerel.pk)["sold_out"] is True
    assert after["version"] != before["version"]


def test_it_says_what_may_be_paid_with_and_who_takes_it(world: World) -> None:
    assert [row["code"] for row in rows(kept(world), "tenders")] == ["card", "cash"]

    takes_vouchers(world, world.fish)

    after = kept(world)
    assert [(row["code"], row["name"], row["en"]) for row in rows(after, "tenders")] == [
        ("card", "카드", "Card"),
        ("cash", "현금", "Cash"),
        ("onnuri", "온누리상품권", "Onnuri vouchers"),
        ("local", "지역화폐", "Local currency"),
    ]
    assert {row["name"]: row["takes"] for row in rows(after, "stalls")}["순자네 수산"] == ["onnuri", "local"]


def test_the_map_has_every_stall_on_its_side_of_the_street(world: World) -> None:
    (street,) = rows(kept(world), "map")
    assert (street["name"], street["en"]) == ("시장 길", "Market street")
    assert (street["left"], street["right"]) == (
        [world.greens.pk, world.stranger.pk],
        [world.fish.pk, world.tofu_stall.pk],
    )


def test_it_says_when_prices_end_by_themselves(world: World) -> None:
    assert kept(world)["prices_end_at"] is None

    set_price_life(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, life=Good.PriceLife.TODAY)

    assert str(kept(world)["prices_end_at"]) > clock.now().isoformat()


def test_it_tells_what_goes_on_in_both_languages_and_until_when(world: World) -> None:
    assert kept(world)["news"] == []
    before, now = kept(world)["version"], clock.now()
    told = NewFlash(world.fish.pk, (world.mackerel.pk,), 30, now, now + timedelta(hours=2))
    start_flash(market=world.market, actor=SYSTEM, told=told)

    after = kept(world)

    (line,) = rows(after, "news")
    assert line["name"] == "떨이 · 순자네 수산 고등어, 오늘 오후 2시까지"
    assert str(line["en"]).startswith("Flash sale · 순자네 수산 고등어, until")
    assert line["ends_at"] == (now + timedelta(hours=2)).isoformat()
    assert after["version"] != before


def test_it_says_who_stamps_the_number_that_somebody_leaves(world: World) -> None:
    assert not any(row["stamps"] for row in rows(kept(world), "stalls"))

    off = NewCoupon(
        name="선물", off=Off(won=1_000), form="given", stall_id=world.fish.pk, limits=Limits(per_person=None)
    )
    coupon = make_coupon(market=world.market, actor=SYSTEM, new=off)
    start_programme(market=world.market, actor=SYSTEM, new=NewProgramme(world.fish.pk, 10, coupon.pk, "1,000원 쿠폰"))

    assert [row["id"] for row in rows(kept(world), "stalls") if row["stamps"]] == [world.fish.pk]
