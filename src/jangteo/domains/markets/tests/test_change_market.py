from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time

import pytest

from jangteo.domains.markets.actions.change_market import MarketFacts, change_market
from jangteo.domains.markets.actions.import_markets import import_markets
from jangteo.domains.markets.actions.open_market import Opening, open_market
from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.errors import BadMarket
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.tests.releases import RIVER, SUNNY, read
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import in_market
from tests.world import World

WRITTEN = MarketFacts("저녁 밥상까지", "010-0000-0001", time(0), time(23, 30), Cycle(daily=True))


def changed(market: Market, facts: MarketFacts) -> Market:
    change_market(market=market, actor=SYSTEM, facts=facts)
    return Market.objects.get(pk=market.pk)


def traces() -> list[dict[str, object]]:
    return [row.facts for row in AuditRow.objects.filter(code="market.changed").order_by("pk")]


def test_everything_that_is_told_is_written_down(world: World) -> None:
    facts = MarketFacts(" 새벽부터 ", "0310001000", time(6), time(15), Cycle(daily=True, digits=(2, 7), on_31st=True))

    market = changed(world.market, facts)

    assert (market.slogan, market.phone) == ("새벽부터", "0310001000")
    assert (market.opens_at, market.closes_at) == (time(6), time(15))
    assert market.cycle == {"daily": True, "digits": [2, 7], "on_31st": True}
    assert traces() == [{"fields": "slogan,phone,opens_at,closes_at,cycle"}]


def test_the_same_again_leaves_no_trace(world: World) -> None:
    changed(world.market, WRITTEN)

    assert traces() == []


def test_stalls_that_kept_the_markets_hours_go_on_keeping_them(world: World) -> None:
    with in_market(world.market.pk):
        Stall.objects.filter(pk=world.greens.pk).update(opens_at=time(5), closes_at=time(12))

    changed(world.market, replace(WRITTEN, opens_at=time(7), closes_at=time(19)))

    with in_market(world.market.pk):
        hours = dict(Stall.objects.values_list("name", "opens_at"))
    assert hours == {"순자네 수산": time(7), "푸른채소": time(5), "두부가게": time(7), "낯선 반찬": time(7)}


@pytest.mark.parametrize(
    ("field", "spoil"),
    [
        ("slogan", lambda facts: replace(facts, slogan="가" * 61)),
        ("phone", lambda facts: replace(facts, phone="0" * 21)),
        ("closes_at", lambda facts: replace(facts, opens_at=time(9), closes_at=time(9))),
    ],
    ids=["slogan", "phone", "hours"],
)
def test_a_field_that_cannot_be_is_named(world: World, field: str, spoil: Callable[[MarketFacts], MarketFacts]) -> None:
    with pytest.raises(BadMarket) as no:
        changed(world.market, spoil(WRITTEN))

    assert no.value.facts == {"field": field}
    assert traces() == []


@pytest.mark.django_db
def test_a_release_does_not_undo_what_an_open_market_says_of_itself() -> None:
    import_markets(actor=SYSTEM, file=read(SUNNY))
    market = open_market(market=Market.objects.get(), actor=SYSTEM, opening=Opening())
    changed(market, MarketFacts("", "0330001000", time(7), time(20), Cycle(daily=False, digits=(3, 8))))

    report = import_markets(actor=SYSTEM, file=read({**SUNNY, "점포수": "300", "데이터기준일자": "2025-05-01"}))

    market.refresh_from_db()
    assert (market.phone, market.cycle["digits"], market.stall_count) == ("0330001000", [3, 8], 300)
    assert (report.updated, report.unchanged) == (1, 0)
    assert [(one.field, one.code, dict(one.facts)) for one in report.flagged] == [
        ("cycle", "market_says_otherwise", {"fields": "cycle, phone"})
    ]


@pytest.mark.django_db
def test_a_release_fills_in_what_an_open_market_has_not_said() -> None:
    import_markets(actor=SYSTEM, file=read({**RIVER, "전화번호": "", "시장개설주기": ""}))
    market = open_market(market=Market.objects.get(), actor=SYSTEM, opening=Opening())

    import_markets(actor=SYSTEM, file=read({**RIVER, "전화번호": "061-000-1000", "데이터기준일자": "2025-05-01"}))

    market.refresh_from_db()
    assert (market.phone, market.cycle["digits"]) == ("061-000-1000", [0, 5])
