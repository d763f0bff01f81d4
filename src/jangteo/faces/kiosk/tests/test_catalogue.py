from __future__ import annotations

from typing import cast

from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.faces.kiosk.catalogue import Row, catalogue
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World


def kept(world: World) -> Row:
    with in_market(world.market.pk):
        return catalogue()


def good_in(whole: Row, good_id: int) -> Row:
    return next(row for row in cast(list[Row], whole["goods"]) if row["id"] == good_id)


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
