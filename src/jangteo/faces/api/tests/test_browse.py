from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest

from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.models import Stall
from jangteo.faces.api.tests.callers import V1, Caller, Json
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from tests.world import NOON, World, make_world

MARKET = f"{V1}/markets/jangteo/"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def names(items: list[Json]) -> list[object]:
    return [item["name"] for item in items]


def test_markets_are_listed_with_their_hours(world: World) -> None:
    answer = Caller().get(f"{V1}/markets/")

    assert answer.status == 200
    assert answer.body == {
        "items": [
            {
                "slug": "jangteo",
                "name": "장터시장",
                "slogan": "저녁 밥상까지",
                "address": "가람시 장터동 장터길 1",
                "latitude": None,
                "longitude": None,
                "opens_at": "00:00",
                "closes_at": "23:30",
                "is_open": True,
                "opens_next_at": None,
            }
        ],
        "next_cursor": None,
    }


def test_a_market_tells_its_calendar_and_its_kinds(world: World) -> None:
    body = Caller().get(MARKET).body

    assert body["today"] == {
        "day": "2026-11-20",
        "is_trading_day": True,
        "is_market_day": True,
        "next_market_days": ["2026-11-20", "2026-11-21", "2026-11-22"],
    }
    assert [(kind["key"], kind["goods"]) for kind in cast(list[Json], body["kinds"])] == [
        ("fish", 2),
        ("vegetables", 1),
        ("tofu", 1),
        ("sides", 1),
    ]
    assert body["takes_card"] is False


def test_times_begin_half_an_hour_from_now_in_korean_time(world: World) -> None:
    items = cast(list[str], Caller().get(f"{MARKET}times/").body["items"])

    assert items[:2] == ["2026-11-20T12:30:00+09:00", "2026-11-20T13:00:00+09:00"]
    assert items[-1] == "2026-11-21T23:30:00+09:00"


def test_stalls_come_in_pages(world: World) -> None:
    first = Caller().get(f"{MARKET}stalls/", limit=3)
    rest = Caller().get(f"{MARKET}stalls/", limit=3, cursor=str(first.body["next_cursor"]))

    assert names(first.items) == ["순자네 수산", "푸른채소", "두부가게"]
    assert names(rest.items) == ["낯선 반찬"]
    assert rest.body["next_cursor"] is None
    assert first.items[0] == {
        "code": world.fish.code,
        "name": "순자네 수산",
        "door": "open",
        "kind": "fish",
        "street": "시장 길",
        "slot": 0,
        "intro": "",
        "since": None,
        "opens_at": "00:00",
        "closes_at": "23:30",
        "takes_card": True,
        "takes_onnuri": False,
        "takes_local": False,
    }


def test_a_good_tells_all_that_an_order_needs(world: World) -> None:
    piece = Caller().get(f"{MARKET}goods/{world.mackerel.pk}/").body
    weighed = Caller().get(f"{MARKET}goods/{world.hairtail.pk}/").body

    assert piece == {
        "id": world.mackerel.pk,
        "name": "고등어",
        "name_en": "",
        "unit": "1손",
        "origin": "국산",
        "note": "",
        "price_won": 8000,
        "price_life": "standing",
        "price_grams": None,
        "unit_grams": None,
        "estimate_won": 8000,
        "ceiling_won": None,
        "tax": "exempt",
        "picture": "fish",
        "state": "on_sale",
        "left": 5,
        "can_order": True,
        "kind": "fish",
        "stall": {"code": world.fish.code, "name": "순자네 수산", "door": "open"},
    }
    amounts = {
        name: weighed[name] for name in ("price_won", "price_grams", "unit_grams", "estimate_won", "ceiling_won")
    }
    assert amounts == {
        "price_won": 2500,
        "price_grams": 100,
        "unit_grams": 400,
        "estimate_won": 10000,
        "ceiling_won": 11500,
    }
    assert weighed["left"] is None


def test_goods_come_in_pages_without_a_gap(world: World) -> None:
    seen: list[object] = []
    cursor: object = ""
    while cursor is not None:
        page = Caller().get(f"{MARKET}goods/", limit=2, cursor=str(cursor))
        seen += names(page.items)
        cursor = page.body["next_cursor"]

    assert seen == ["고등어", "갈치", "알배추", "손두부", "배추김치"]


def test_goods_are_filtered_by_kind_and_by_stall(world: World) -> None:
    assert names(Caller().get(f"{MARKET}goods/", kind="fish").items) == ["고등어", "갈치"]
    assert names(Caller().get(f"{MARKET}goods/", stall=world.greens.code).items) == ["알배추"]
    assert Caller().get(f"{MARKET}goods/", kind="fish", stall=world.greens.code).items == []


def test_goods_are_found_by_syllable_and_by_initials(world: World) -> None:
    assert names(Caller().get(f"{MARKET}goods/", q="배추").items) == ["배추김치", "알배추"]
    assert names(Caller().get(f"{MARKET}goods/", q="ㄱㄷㅇ").items) == ["고등어"]
    assert names(Caller().get(f"{MARKET}goods/", q="배추", kind="sides").items) == ["배추김치"]
    assert Caller().get(f"{MARKET}goods/", q="없는것").body == {"items": [], "next_cursor": None}


def test_what_was_found_comes_in_pages(world: World) -> None:
    first = Caller().get(f"{MARKET}goods/", q="배추", limit=1)
    second = Caller().get(f"{MARKET}goods/", q="배추", limit=1, cursor=str(first.body["next_cursor"]))

    assert [*names(first.items), *names(second.items)] == ["배추김치", "알배추"]
    assert second.body["next_cursor"] is None


def test_sold_out_and_closed_stalls_cannot_be_ordered_from(world: World) -> None:
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.cabbage.pk, state=Good.State.SOLD_OUT)
    set_door(market=world.market, actor=SYSTEM, stall_id=world.tofu_stall.pk, door=Stall.Door.PAUSED)

    can_order = {item["name"]: item["can_order"] for item in Caller().get(f"{MARKET}goods/").items}
    assert can_order == {"고등어": True, "갈치": True, "알배추": False, "손두부": False, "배추김치": True}


def test_hidden_goods_are_not_there(world: World) -> None:
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.kimchi.pk, state=Good.State.HIDDEN)

    assert "배추김치" not in names(Caller().get(f"{MARKET}goods/").items)
    assert Caller().get(f"{MARKET}goods/{world.kimchi.pk}/").code == "api.not_found"


def test_a_market_shows_only_its_own(world: World) -> None:
    other = make_world("other", digit="2")

    assert Caller().get(f"{MARKET}goods/{other.mackerel.pk}/").status == 404
    assert len(Caller().get(f"{MARKET}goods/").items) == 5
    assert len(Caller().get(f"{MARKET}stalls/").items) == 4


def test_an_unknown_market_is_not_there(world: World) -> None:
    for path in ("", "times/", "stalls/", "goods/", "goods/1/", "orders/abc/"):
        answer = Caller().get(f"{V1}/markets/nowhere/{path}")
        assert (answer.status, answer.code) == (404, "api.not_found"), path
