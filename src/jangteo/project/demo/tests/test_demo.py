from __future__ import annotations

import pytest
from django.db.models import Sum

from jangteo.domains.catalog.models import Good
from jangteo.domains.ledger.models import EntryLine
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.stock.models import StockItem, StockMovement
from jangteo.kernel.tenancy import in_market
from jangteo.project.demo.day import play_day
from jangteo.project.demo.load import demo_crowd, load_demo

pytestmark = pytest.mark.django_db


def baskets(market: Market) -> list[tuple[str, str, int, int | None]]:
    with in_market(market.pk):
        lines = Line.objects.order_by("part__order__pk", "pk")
        return list(lines.values_list("part__order__name", "name", "quantity", "final_grams"))


def test_the_demo_market_has_its_forty_stalls_and_four_hundred_goods() -> None:
    market = load_demo(with_month=False)

    with in_market(market.pk):
        assert (Stall.objects.count(), Good.objects.count()) == (40, 400)
        assert Good.objects.filter(state="sold_out").count() == 26
        assert StockItem.objects.count() == 201


def test_a_played_day_adds_up() -> None:
    market = load_demo(with_month=False)

    tally = play_day(market, demo_crowd(market, 7), orders=25, speed=0, say=lambda _line: None)

    with in_market(market.pk):
        assert Order.objects.count() == tally.orders > 20
        assert set(Order.objects.values_list("state", flat=True)) <= {"closed", "cancelled"}
        assert EntryLine.objects.aggregate(won=Sum("amount_won"))["won"] == 0
        moved = dict(StockMovement.objects.values_list("item").annotate(total=Sum("delta")))
        assert {item.pk: item.on_hand for item in StockItem.objects.all()} == {
            item.pk: moved.get(item.pk, 0) for item in StockItem.objects.all()
        }
    assert tally.not_served == 0


def test_the_same_seed_plays_the_same_day() -> None:
    days = []
    for slug in ("first", "second"):
        market = load_demo(with_month=False)
        play_day(market, demo_crowd(market, 3), orders=8, speed=0, say=lambda _line: None)
        days.append(baskets(market))
        retire(market, slug)

    assert len(days[0]) > 8
    assert days[0] == days[1]


def retire(market: Market, name: str) -> None:
    """Make room for the same market once more."""
    Market.objects.filter(pk=market.pk).update(code=name, slug=name)
    with in_market(market.pk):
        for number, stall in enumerate(Stall.objects.all()):
            Stall.objects.filter(pk=stall.pk).update(code=f"{name[0]}{number}")
