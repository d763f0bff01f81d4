from __future__ import annotations

import pytest
from django.db.models import Sum

from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.ledger.models import EntryLine
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.payments.models import Payment, Tender
from jangteo.domains.settlement.models import Break, DayClose, PayoutAccount
from jangteo.domains.stock.models import StockItem, StockMovement
from jangteo.kernel.business_number import parsed
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import in_market
from jangteo.project.demo.association import open_office
from jangteo.project.demo.card import card_desk
from jangteo.project.demo.day import play_day
from jangteo.project.demo.load import demo_crowd, load_demo, silent
from jangteo.project.demo.month import Past, play_month
from jangteo.project.invariants import all_breaches
from tests.again import Again

pytestmark = pytest.mark.django_db


def made() -> Market:
    return load_demo(with_month=False)


demo = Again(made)


def baskets(market: Market) -> list[tuple[str, str, int, int | None]]:
    with in_market(market.pk):
        lines = Line.objects.order_by("part__order__pk", "pk")
        return list(lines.values_list("part__order__name", "name", "quantity", "final_grams"))


def test_the_demo_market_has_its_forty_stalls_and_four_hundred_goods() -> None:
    market = demo()

    with in_market(market.pk):
        assert (Stall.objects.count(), Good.objects.count()) == (40, 400)
        assert Good.objects.filter(state="sold_out").count() == 26
        assert StockItem.objects.count() == 201
        stalls = list(Stall.objects.all())
    # Numbers that are well formed, and that no tax office gives out.
    assert {parsed(stall.business_number)[:5] for stall in stalls} == {"99999"}
    assert {stall.tax_status for stall in stalls} == {"general", "simplified", "exempt"}


def test_a_played_day_adds_up() -> None:
    market = demo()

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
    for slug, load in (("first", demo), ("second", made)):
        market = load()
        play_day(market, demo_crowd(market, 3), orders=8, speed=0, say=lambda _line: None)
        days.append(baskets(market))
        retire(market, slug)

    assert len(days[0]) > 8
    assert days[0] == days[1]


@pytest.fixture
def two_days(monkeypatch: pytest.MonkeyPatch) -> Market:
    """A market that has traded for two short days."""
    monkeypatch.setattr("jangteo.kernel.outbox.deliver.in_transaction", lambda: False)
    monkeypatch.setattr("jangteo.project.demo.month.ORDERS_A_DAY", 12)
    market = demo()
    office = open_office(market)
    with card_desk(market, 1) as desk:
        play_month(Past(demo_crowd(market, 1), desk, office), silent, days=2)
    return market


def test_the_past_shows_every_kind_of_money_and_its_book_agrees(two_days: Market) -> None:
    with in_market(two_days.pk):
        paid = set(Tender.objects.filter(state=Tender.State.CAPTURED).values_list("kind", flat=True))
        assert paid >= {"card", "cash", "local_currency", "onnuri_paper"}
        assert set(Payment.objects.values_list("state", flat=True)) <= {"captured", "part_refunded", "refunded"}
        assert CounterSale.objects.filter(state="paid").count() == 4
        assert DayClose.objects.count() == 2
        (lacking,) = Break.objects.all()
        assert (lacking.kind, lacking.state, lacking.owner != "") == ("missing_there", "open", True)
        waiting = OutboxRow.objects.exclude(status=OutboxRow.Status.FINISHED)
        assert not waiting.exists()
        numbers = PayoutAccount.objects.filter(confirmed_at__isnull=False).values_list("number", flat=True)
        assert [number[:6] for number in numbers] == ["000000"] * 40
    assert list(all_breaches()) == []


def retire(market: Market, name: str) -> None:
    """Make room for the same market once more."""
    Market.objects.filter(pk=market.pk).update(code=name, slug=name)
    with in_market(market.pk):
        for number, stall in enumerate(Stall.objects.all()):
            Stall.objects.filter(pk=stall.pk).update(code=f"{name[0]}{number}")
