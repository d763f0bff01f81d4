"""What makes the small world look like a market: long names, something sold out, little left, a closed stall."""

from __future__ import annotations

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.actions.add_stall import NewStall, add_stall
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.models import Kind, Stall
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

PLENTY = 9_000
FEW = 3
CLOSED = "오래된방앗간참기름들기름고춧가루집"
LONG = "얼리지않은제주은갈치토막조림용큰것"
LAST_ONES = "손질 오징어"
SOLD_OUT = "생물 아귀"
OIL = "방금 짠 참기름"
# Name, unit, won, picture.
GREENS = (
    (LONG, "한 상자에 열두 마리", 1_289_000, "fish"),
    ("무농약 어린잎 채소와 쌈채소 모둠 한 소쿠리 가득", "1소쿠리", 12_900, "leafy-green"),
    ("애호박", "1개", 1_500, ""),
    ("대파", "1단", 2_900, "green-onion"),
    ("청양고추", "1봉지", 990, "green-chili"),
    ("시금치", "1단", 2_400, "spinach"),
)


def furnish(world: World) -> None:
    """Put more into the market of the tests."""
    count_stock(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, on_hand=PLENTY)
    for name, unit, won, picture in GREENS:
        _put_up(world, world.greens, "vegetables", name, unit, won, picture)
    last = _put_up(world, world.fish, "fish", LAST_ONES, "1마리", 4_500, "fish")
    count_stock(market=world.market, actor=SYSTEM, good_id=last.pk, on_hand=FEW)
    gone = _put_up(world, world.fish, "fish", SOLD_OUT, "1마리", 15_000, "fish")
    set_sale_state(market=world.market, actor=SYSTEM, good_id=gone.pk, state=Good.State.SOLD_OUT)
    closed = _closed_stall(world)
    _put_up(world, closed, "sides", OIL, "1병", 18_000, "")


def _put_up(world: World, stall: Stall, kind: str, name: str, unit: str, won: int, picture: str) -> Good:
    with in_market(world.market.pk):
        kind_id = Kind.objects.get(key=kind).pk
    new = NewGood(
        stall_id=stall.pk,
        kind_id=kind_id,
        name=name,
        unit=unit,
        origin="국산(제주 서귀포시 성산읍 앞바다)",
        price_won=won,
        tax="exempt",
        picture=picture,
    )
    return put_up_good(market=world.market, actor=SYSTEM, new=new)


def _closed_stall(world: World) -> Stall:
    with in_market(world.market.pk):
        kind_id = Kind.objects.get(key="sides").pk
    new = NewStall(
        name=CLOSED,
        kind_id=kind_id,
        street_id=world.fish.street_id,
        owner_name="복순",
        phone="010-0000-1001",
        opens_at=world.fish.opens_at,
        closes_at=world.fish.closes_at,
    )
    stall = add_stall(market=world.market, actor=SYSTEM, new=new)
    return set_door(market=world.market, actor=SYSTEM, stall_id=stall.pk, door=Stall.Door.CLOSED)
