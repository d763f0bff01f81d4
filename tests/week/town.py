"""The invented market of a week: forty stalls, two windows a day, five couriers, flats and houses around it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, time

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.models import Good
from jangteo.domains.delivery.actions.write_fee import write_fee
from jangteo.domains.delivery.actions.write_window import write_window
from jangteo.domains.delivery.actions.write_zone import write_zone
from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.fees import Payer, Terms
from jangteo.domains.delivery.told import NewFee, NewPlace, NewWindow, NewZone
from jangteo.domains.hub.actions.set_plan import set_plan
from jangteo.domains.hub.told import NewPlan
from jangteo.domains.markets.actions.add_kind import add_kind
from jangteo.domains.markets.actions.add_stall import NewStall, add_stall
from jangteo.domains.markets.actions.add_street import add_street
from jangteo.domains.markets.actions.found_market import NewMarket, found_market
from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Kind, Market, Street
from jangteo.domains.people.actions.bind_device import bind_device
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import Device, Role
from jangteo.domains.rounds.actions.write_rate import write_rate
from jangteo.kernel import clock, ids
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market

# A Monday, nine in the morning in Korea.
OPENING = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
STALLS, COURIERS, BLOCKS = 40, 5, 8
WAVES = ((time(14), time(16), 60), (time(17), time(19), 90))
SEATS_OF_A_WAVE = 60
STOP_WON = 3_500
LAT, LNG = 37_479_400, 126_633_900
RADIUS_M = 2_500
_KINDS = (("fish", "sea"), ("meat", "meat"), ("vegetables", "leaf"), ("sides", "grain"))


@dataclass(frozen=True, slots=True)
class Town:
    """What a week is played with. `couriers` are devices, `blocks` buildings of the zone, by id."""

    market: Market
    goods: list[Good]
    couriers: list[int]
    blocks: list[int]


def build() -> Town:
    """Set it up in an empty database, always the same."""
    with clock.at(OPENING), ids.drawn_from(random.Random(0)):  # the same market every time
        market = _found()
        streets = [_street(market, number) for number in range(4)]
        kinds = [
            add_kind(market=market, actor=SYSTEM, key=key, name=key, name_en=key, tint=tint) for key, tint in _KINDS
        ]
        goods = [good for slot in range(STALLS) for good in _stall(market, streets, kinds, slot)]
        blocks = _delivers(market)
        set_plan(market=market, actor=SYSTEM, told=NewPlan(shelves=40))
        write_rate(market=market, actor=SYSTEM, starts=clock.calendar_day(), stop_won=STOP_WON)
        couriers = [_courier(market) for _ in range(COURIERS)]
    return Town(market, goods, couriers, blocks)


def home(chance: random.Random, town: Town) -> Address:
    """Two in five in a block of flats, now and then somewhere far outside."""
    drawn = chance.random()
    if drawn < 0.4:
        return Address(f"{chance.randint(1, 20)}0{chance.randint(1, 9)}호", chance.choice(town.blocks))
    far = 90_000 if drawn > 0.97 else 0
    lat, lng = LAT + far + chance.randint(-14_000, 14_000), LNG + chance.randint(-17_000, 17_000)
    return Address(f"모의로 {chance.randint(1, 300)}", 0, lat, lng)


def _found() -> Market:
    return found_market(
        actor=SYSTEM,
        new=NewMarket(
            code="week",
            slug="week",
            name="한주시장",
            slogan="",
            address="가람시 모의동 1",
            cycle=Cycle(daily=True),
            opens_at=time(0),
            closes_at=time(23, 30),
            phone="010-0000-0001",
        ),
    )


def _street(market: Market, number: int) -> Street:
    return add_street(market=market, actor=SYSTEM, name=f"{number + 1}길", name_en=f"Street {number}", colour="#1B56A8")


def _stall(market: Market, streets: list[Street], kinds: list[Kind], slot: int) -> list[Good]:
    """Three goods each, one of them by weight where that is how it is sold."""
    kind, code = kinds[slot % len(kinds)], f"80{slot:03}"
    new = NewStall(
        code=code + ids.check_digit(code),
        name=f"{slot + 1}호 가게",
        kind_id=kind.pk,
        street_id=streets[slot // 10].pk,
        slot=slot % 10,
        owner_name="모의",
        phone="010-0000-1000",
        opens_at=time(0),
        closes_at=time(23, 30),
    )
    stall = add_stall(market=market, actor=SYSTEM, new=new)
    goods = []
    for number in range(3):
        by_weight = number == 0 and kind.key in ("fish", "meat")
        new_good = NewGood(
            stall_id=stall.pk,
            kind_id=kind.pk,
            name=f"물건 {slot + 1}-{number + 1}",
            unit="1개",
            origin="국산",
            price_won=1_990 + 731 * number + 97 * slot,
            tax="taxable" if kind.key == "sides" else "exempt",
            picture="fish",
            price_grams=100 if by_weight else None,
            unit_grams=300 if by_weight else None,
        )
        goods.append(put_up_good(market=market, actor=SYSTEM, new=new_good))
    return goods


def _delivers(market: Market) -> list[int]:
    """Within a circle, and to eight buildings by name."""
    chance = random.Random(8)  # the same buildings every time
    spots = [(LAT + chance.randint(-12_000, 12_000), LNG + chance.randint(-15_000, 15_000)) for _ in range(BLOCKS)]
    places = tuple(NewPlace(f"모의 {at + 1}단지", "building", *spot) for at, spot in enumerate(spots))
    told = NewZone("시장 둘레", places, LAT, LNG, RADIUS_M)
    zone = write_zone(market=market, actor=SYSTEM, told=told)
    for starts, ends, cut_off in WAVES:
        window = NewWindow((1, 2, 3, 4, 5, 6, 7), starts, ends, cut_off, SEATS_OF_A_WAVE, on_holidays=True)
        write_window(market=market, actor=SYSTEM, told=window)
    terms = Terms(3_010, Payer.HALF, free_from_won=40_000)
    write_fee(market=market, actor=SYSTEM, told=NewFee(clock.calendar_day(), terms))
    with in_market(market.pk):
        return list(zone.places.order_by("pk").values_list("pk", flat=True))


def _courier(market: Market) -> int:
    token = make_entry_link(market=market, actor=SYSTEM, role=Role.COURIER)
    bind_device(market=market, actor=SYSTEM, token=token)
    with in_market(market.pk):
        return Device.objects.filter(role=Role.COURIER).latest("pk").pk
