"""A small market for tests, made by the actions themselves.

순자네 수산 sells mackerel by the piece (five counted) and hairtail by weight; 푸른채소 and 두부가게 are its
neighbours in the same basket; 낯선 반찬 is the stranger whose things nobody else may touch.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.catalog.models import Good
from jangteo.domains.delivery.actions.write_fee import write_fee
from jangteo.domains.delivery.actions.write_window import write_window
from jangteo.domains.delivery.actions.write_zone import write_zone
from jangteo.domains.delivery.fees import Payer, Terms
from jangteo.domains.delivery.models import Place, Window
from jangteo.domains.delivery.told import NewFee, NewPlace, NewWindow, NewZone
from jangteo.domains.markets.actions.add_kind import add_kind
from jangteo.domains.markets.actions.add_stall import NewStall, add_stall
from jangteo.domains.markets.actions.add_street import add_street
from jangteo.domains.markets.actions.change_stall import change_stall
from jangteo.domains.markets.actions.found_market import NewMarket, found_market
from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Kind, Market, Stall, Street
from jangteo.domains.markets.stall_facts import StallFacts
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.rules import default_ceiling
from jangteo.domains.ordering.wanted import PlacedOrder, WantedLine, WantedMoney, WantedOrder
from jangteo.domains.payments.actions.add_policy import add_policy
from jangteo.domains.payments.actions.write_policies import Origin
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.people.actions.bind_device import bind_device
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import Role
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.kernel import clock, ids
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from jangteo.kernel.tenancy import in_market
from tests.again import Again

GUEST = Actor(ActorKind.CUSTOMER, "guest")
# A Friday noon in Korea, well inside opening hours.
NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
STALLS = (("순자네 수산", "순자"), ("푸른채소", "영호"), ("두부가게", "말숙"), ("낯선 반찬", "정자"))


@dataclass(frozen=True, slots=True)
class World:
    """Shorthand names for what tests speak about most."""

    market: Market
    fish: Stall
    greens: Stall
    tofu_stall: Stall
    stranger: Stall
    mackerel: Good
    hairtail: Good
    cabbage: Good
    tofu: Good
    kimchi: Good


def make_world(slug: str = "jangteo", digit: str = "1") -> World:
    """A market with four stalls and five goods. `digit` keeps the stall codes of two worlds apart."""
    return _worlds(slug, digit)


def by_actions(slug: str, digit: str) -> World:
    """The same, always by the actions themselves."""
    market = found_market(
        actor=SYSTEM,
        new=NewMarket(
            code=f"test-{slug}",
            slug=slug,
            name="장터시장",
            slogan="저녁 밥상까지",
            address="가람시 장터동 장터길 1",
            cycle=Cycle(daily=True),
            opens_at=time(0),
            closes_at=time(23, 30),
            phone="010-0000-0001",
        ),
    )
    kinds = [
        add_kind(market=market, actor=SYSTEM, key=key, name=name, name_en=english, tint=tint)
        for key, name, english, tint in (
            ("fish", "생선", "Fish", "sea"),
            ("vegetables", "채소", "Vegetables", "leaf"),
            ("tofu", "두부", "Tofu", "grain"),
            ("sides", "반찬", "Side dishes", "meat"),
        )
    ]
    street = add_street(market=market, actor=SYSTEM, name="시장 길", name_en="Market street", colour="#1B56A8")
    fish, greens, tofu_stall, stranger = _stalls(market, kinds, street, digit)
    mackerel = _good(market, fish, kinds[0], "고등어", "1손", 8000, picture="fish")
    count_stock(market=market, actor=SYSTEM, good_id=mackerel.pk, on_hand=5)
    hairtail = _good(market, fish, kinds[0], "갈치", "1마리", 2500, grams=(100, 400), picture="fish")
    cabbage = _good(market, greens, kinds[1], "알배추", "1포기", 3500, picture="leafy-green")
    tofu = _good(market, tofu_stall, kinds[2], "손두부", "1모", 2000, picture="tofu", tax="taxable")
    kimchi = _good(market, stranger, kinds[3], "배추김치", "1kg", 12000, picture="kimchi", tax="taxable")
    return World(market, fish, greens, tofu_stall, stranger, mackerel, hairtail, cabbage, tofu, kimchi)


_worlds = Again(by_actions)


def _stalls(market: Market, kinds: list[Kind], street: Street, digit: str) -> list[Stall]:
    codes = [f"{digit}000{slot}" for slot in range(len(STALLS))]
    return [
        add_stall(
            market=market,
            actor=SYSTEM,
            new=NewStall(
                code=codes[slot] + ids.check_digit(codes[slot]),
                name=name,
                kind_id=kinds[slot].pk,
                street_id=street.pk,
                slot=slot,
                owner_name=owner,
                phone="010-0000-1000",
                opens_at=time(0),
                closes_at=time(23, 30),
            ),
        )
        for slot, (name, owner) in enumerate(STALLS)
    ]


def _good(
    market: Market,
    stall: Stall,
    kind: Kind,
    name: str,
    unit: str,
    price_won: int,
    *,
    picture: str,
    tax: str = "exempt",
    grams: tuple[int, int] | None = None,
) -> Good:
    new = NewGood(
        stall_id=stall.pk,
        kind_id=kind.pk,
        name=name,
        unit=unit,
        origin="국산",
        price_won=price_won,
        tax=tax,
        picture=picture,
        price_grams=grams[0] if grams else None,
        unit_grams=grams[1] if grams else None,
    )
    return put_up_good(market=market, actor=SYSTEM, new=new)


def wants(
    *lines: tuple[Good, int],
    tender: str = "at_stall",
    fulfil: str = "pickup",
    note: str = "",
    moneys: tuple[WantedMoney, ...] = (),
) -> WantedOrder:
    """An order of these goods in an hour; weighed goods with the ceiling that is offered first."""
    return WantedOrder(
        lines=tuple(WantedLine(good.pk, quantity, ceiling_of(good, quantity)) for good, quantity in lines),
        name="김하나",
        phone="010-0000-2000",
        fulfil=fulfil,
        wanted_at=clock.now() + timedelta(hours=1),
        address="장터동 101호" if fulfil == "deliver" else "",
        note=note,
        tender=tender,
        moneys=moneys,
    )


def ceiling_of(good: Good, quantity: int) -> int | None:
    """The default ceiling of a weighed good, None for the rest."""
    if good.price_grams is None or good.unit_grams is None:
        return None
    return default_ceiling(good.price_won * good.unit_grams * quantity // good.price_grams)


def order(
    world: World, *lines: tuple[Good, int], tender: str = "at_stall", moneys: tuple[WantedMoney, ...] = ()
) -> PlacedOrder:
    """Place an order as a guest with a key of its own."""
    wanted = wants(*lines, tender=tender, moneys=moneys)
    return place_order(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()))


def device_of(world: World, stall: Stall | None, role: Role = Role.OWNER) -> str:
    """The cookie secret of a device bound for a stall (or, with stall None, for the association)."""
    token = make_entry_link(market=world.market, actor=SYSTEM, role=role, stall=stall)
    return bind_device(market=world.market, actor=SYSTEM, token=token)


VOUCHERS = {"onnuri": 1_000, "onnuri_paper": 500, "local": 500}


def takes_vouchers(world: World, *stalls: Stall, schemes: Mapping[str, int] = VOUCHERS) -> None:
    """Let stalls take 온누리 and the city's money; `schemes` save so many basis points since January. Once a world."""
    for stall in stalls:
        columns = {field.name for field in fields(StallFacts)}
        facts = {name: getattr(stall, name) for name in columns}
        change_stall(
            market=world.market,
            actor=SYSTEM,
            stall_id=stall.pk,
            facts=StallFacts(**facts | {"takes_onnuri": True, "takes_local": True}),
        )
        stall.refresh_from_db()
    for scheme, discount_bp in schemes.items():
        policy = Policy(id=scheme, scheme=scheme, area="", starts=date(2026, 1, 1), discount_bp=discount_bp)
        add_policy(market=world.market, actor=SYSTEM, policy=policy, origin=Origin("test"))


USUAL_TERMS = Terms(fee_won=3_000, payer=Payer.STALLS, free_from_won=30_000)


def delivers(world: World, *, terms: Terms = USUAL_TERMS, capacity: int = 20) -> tuple[Place, Window]:
    """Let the market deliver to 장터동 and 은행나무 아파트 from five to seven in the evening, chosen until three.

    The 동, and the window.
    """
    places = (NewPlace("장터동"), NewPlace("은행나무 아파트", "building"))
    zone = write_zone(market=world.market, actor=SYSTEM, told=NewZone("시장 둘레", places))
    told = NewWindow((1, 2, 3, 4, 5, 6, 7), time(17), time(19), cut_off_minutes=120, capacity=capacity)
    window = write_window(market=world.market, actor=SYSTEM, told=told)
    write_fee(market=world.market, actor=SYSTEM, told=NewFee(clock.calendar_day(), terms))
    with in_market(world.market.pk):
        return zone.places.get(name="장터동"), window
