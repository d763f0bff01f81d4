"""The demo market 장터시장 as data, read from the TOML files in `data/` and checked whole.

Everything in it is invented. Prices are whole won, weights whole grams, hours Korean wall-clock time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time
from importlib.resources import files
from pathlib import Path

from jangteo.domains.markets.rules import STARTER_KINDS, is_colour, is_slug
from jangteo.kernel.ids import has_check_digit
from jangteo.project.demo.tables import ContentError, Table, read_table

DATA = Path(__file__).parent / "data"
PICTURES = Path(str(files("jangteo.faces._parts"))) / "static" / "goods"

LONGEST_LABEL = 20
TAXES = ("exempt", "taxable")
TENDERS = ("card", "onnuri", "local")
RHYTHMS = ("daily", "twice-a-week", "weekly", "fortnightly", "monthly")
HOURS = ("morning", "midday", "evening")
_FICTIONAL_PHONE = re.compile(r"010-0000-\d{4}")


@dataclass(frozen=True, slots=True)
class DemoGood:
    """Name and unit are read together: 고등어 1손.

    Sold by weight, `price_won` buys `price_grams`, and one ordered unit weighs `unit_grams` or so; else both are None.
    `stock` counts units that can be ordered and is None where the stall does not count.
    """

    name: str
    unit: str
    name_en: str
    kind: str
    price_won: int
    price_grams: int | None
    unit_grams: int | None
    origin: str
    tax: str
    picture: str
    stock: int | None
    sold_out: bool
    note: str

    @property
    def label(self) -> str:
        return f"{self.name} {self.unit}"

    @property
    def is_weighed(self) -> bool:
        return self.price_grams is not None


Shelf = tuple[DemoGood, ...]


@dataclass(frozen=True, slots=True)
class DemoStall:
    """`slot` counts along the street from the gate: odd numbers on the left of the aisle, even ones on the right."""

    code: str
    name: str
    name_en: str
    kind: str
    street: str
    slot: int
    owner: str
    since: int
    opens_at: time
    closes_at: time
    accepts: frozenset[str]
    sells: tuple[str, ...]
    intro: str
    goods: Shelf = ()


@dataclass(frozen=True, slots=True)
class DemoKind:
    """`tint` names the ground behind its pictures, `symbol` its drawing in `kinds.svg`, `tax` the usual VAT class."""

    key: str
    name: str
    name_en: str
    tint: str
    symbol: str
    tax: str


@dataclass(frozen=True, slots=True)
class DemoStreet:
    """`slots` places stand along it, some of them empty."""

    key: str
    name: str
    name_en: str
    colour: str
    slots: int


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Regular days off: `weekday` (Monday is 0) in its `weeks`-th turns of every month."""

    weekday: int
    weeks: tuple[int, ...]
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class DemoCustomer:
    """Somebody who shops at stalls of `kinds`, `rhythm` often, at `hour`, about `lines` goods at a time."""

    name: str
    phone: str
    kinds: tuple[str, ...]
    rhythm: str
    hour: str
    lines: int


@dataclass(frozen=True, slots=True)
class DemoNote:
    """A wish written to a stall of one of `kinds`; without kinds it fits every stall."""

    text: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoMarket:
    """Stalls stand in the order of the map: street by street, slot by slot."""

    slug: str
    name: str
    name_en: str
    slogan: str
    slogan_en: str
    lead: str
    lead_en: str
    address: str
    address_en: str
    founded_year: int
    opens_at: time
    closes_at: time
    closed: ClosedDays
    stripe_a: str
    stripe_b: str
    how_to_come: tuple[str, ...]
    how_to_come_en: tuple[str, ...]
    price_lift_percent: int
    streets: tuple[DemoStreet, ...]
    kinds: tuple[DemoKind, ...]
    stalls: tuple[DemoStall, ...]
    customers: tuple[DemoCustomer, ...]
    notes: tuple[DemoNote, ...]


def read_content(folder: Path = DATA) -> DemoMarket:
    """The whole demo market. Raises ContentError for the first thing missing, unknown or against the rest."""
    table = read_table(folder / "market.toml")
    streets = tuple(_street(entry) for entry in table.tables("street"))
    kinds = _kinds(table.table("tax"))
    usual_tax = {kind.key: kind.tax for kind in kinds}
    stalls = _stalls(read_table(folder / "stalls.toml"), streets, usual_tax)
    goods = _goods_by_stall(folder / "goods", stalls, usual_tax)
    market = _market(table, streets, kinds, tuple(replace(stall, goods=goods[stall.name]) for stall in stalls))
    return replace(
        market,
        customers=_customers(read_table(folder / "customers.toml"), usual_tax),
        notes=_notes(read_table(folder / "notes.toml"), usual_tax),
    )


def _market(
    table: Table, streets: tuple[DemoStreet, ...], kinds: tuple[DemoKind, ...], stalls: tuple[DemoStall, ...]
) -> DemoMarket:
    market = DemoMarket(
        slug=table.text("slug", most=40),
        name=table.text("name", most=60),
        name_en=table.text("name_en", most=60),
        slogan=table.text("slogan", most=60),
        slogan_en=table.text("slogan_en", most=60),
        lead=table.text("lead", most=120),
        lead_en=table.text("lead_en", most=120),
        address=table.text("address", most=200),
        address_en=table.text("address_en", most=200),
        founded_year=table.whole("founded_year", least=1900),
        opens_at=table.clock("opens_at"),
        closes_at=table.clock("closes_at"),
        closed=_closed(table.table("closed")),
        stripe_a=_colour(table, "stripe_a"),
        stripe_b=_colour(table, "stripe_b"),
        how_to_come=table.texts("how_to_come", most=120),
        how_to_come_en=table.texts("how_to_come_en", most=120),
        price_lift_percent=table.whole("price_lift_percent", least=100),
        streets=streets,
        kinds=kinds,
        stalls=stalls,
        customers=(),
        notes=(),
    )
    table.demand(is_slug(market.slug), f"slug cannot stand in an address: {market.slug!r}")
    for stall in stalls:
        within = market.opens_at <= stall.opens_at and stall.closes_at <= market.closes_at
        table.demand(within, f"{stall.name} trades while the market is closed")
    table.finish()
    return market


def _closed(table: Table) -> ClosedDays:
    closed = ClosedDays(
        weekday=table.whole("weekday", least=0),
        weeks=table.wholes("weeks", least=1),
        label=table.text("label", most=40),
        label_en=table.text("label_en", most=60),
    )
    table.demand(closed.weekday <= 6 and max(closed.weeks, default=9) <= 5, "no such day")
    table.finish()
    return closed


def _colour(table: Table, key: str) -> str:
    colour = table.text(key, most=7)
    table.demand(is_colour(colour), f"{key} is not #RRGGBB: {colour!r}")
    return colour


def _street(table: Table) -> DemoStreet:
    street = DemoStreet(
        key=table.text("key", most=20),
        name=table.text("name", most=30),
        name_en=table.text("name_en", most=40),
        colour=_colour(table, "colour"),
        slots=table.whole("slots", least=1),
    )
    table.finish()
    return street


def _kinds(tax: Table) -> tuple[DemoKind, ...]:
    kinds = tuple(
        DemoKind(kind.key, kind.name, kind.name_en, kind.tint, f"kind-{kind.key}", tax.choice(kind.key, TAXES))
        for kind in STARTER_KINDS
    )
    tax.finish()
    return kinds


def _stalls(table: Table, streets: tuple[DemoStreet, ...], kinds: Iterable[str]) -> list[DemoStall]:
    slots = {street.key: street.slots for street in streets}
    keys = list(slots)
    stalls = [_stall(entry, slots, set(kinds)) for entry in table.tables("stall")]
    table.finish()
    _refuse_twins("stall code", [stall.code for stall in stalls])
    _refuse_twins("stall name", [stall.name for stall in stalls])
    _refuse_twins("slot", [(stall.street, stall.slot) for stall in stalls])
    return sorted(stalls, key=lambda stall: (keys.index(stall.street), stall.slot))


def _stall(table: Table, slots: dict[str, int], kinds: set[str]) -> DemoStall:
    opens_at, closes_at = table.hours("hours")
    stall = DemoStall(
        code=table.text("code", most=6),
        name=table.text("name", most=14),
        name_en=table.text("name_en", most=30),
        kind=table.choice("kind", kinds),
        street=table.choice("street", slots),
        slot=table.whole("slot", least=1),
        owner=table.text("owner", most=30),
        since=table.whole("since", least=1900),
        opens_at=opens_at,
        closes_at=closes_at,
        accepts=frozenset(table.choices("accepts", TENDERS)),
        sells=table.texts("sells", most=12),
        intro=table.text("intro", most=60),
    )
    table.demand(len(stall.code) == 6 and has_check_digit(stall.code), f"code {stall.code} has a wrong check digit")
    table.demand(stall.slot <= slots[stall.street], f"slot {stall.slot} is beyond the end of the street")
    table.finish()
    return stall


def _goods_by_stall(folder: Path, stalls: list[DemoStall], usual_tax: dict[str, str]) -> dict[str, Shelf]:
    """Goods by the name of their stall. Each kind of stall has its own file."""
    shelves: list[tuple[str, Shelf]] = []
    for kind in usual_tax:
        names = {stall.name for stall in stalls if stall.kind == kind}
        table = read_table(folder / f"{kind}.toml")
        for entry in table.tables("stall"):
            name = entry.choice("name", names)
            goods = tuple(_good(good, kind, usual_tax) for good in entry.tables("goods"))
            _refuse_twins(f"good of {name}", [good.label for good in goods])
            shelves.append((name, goods))
            entry.finish()
        table.finish()
    _refuse_twins("shelf", [name for name, _ in shelves])
    for stall in stalls:
        if not any(stall.name == name and goods for name, goods in shelves):
            raise ContentError(f"{stall.name} sells nothing")
    return dict(shelves)


def _good(table: Table, stall_kind: str, usual_tax: dict[str, str]) -> DemoGood:
    kind = table.choice("kind", usual_tax, default=stall_kind)
    good = DemoGood(
        name=table.text("name", most=LONGEST_LABEL),
        unit=table.text("unit", most=LONGEST_LABEL),
        name_en=table.text("name_en", most=60),
        kind=kind,
        price_won=table.whole("price_won", least=1),
        price_grams=table.whole_or_none("price_grams", least=1),
        unit_grams=table.whole_or_none("unit_grams", least=1),
        origin=table.text("origin", most=80),
        tax=table.choice("tax", TAXES, default=usual_tax[kind]),
        picture=table.text("picture", most=40),
        stock=table.whole_or_none("stock", least=0),
        sold_out=table.flag("sold_out"),
        note=table.text("note", most=60) if "note" in table else "",
    )
    table.demand(len(good.label) <= LONGEST_LABEL, f"{good.label!r} is longer than {LONGEST_LABEL} characters")
    table.demand((good.price_grams is None) == (good.unit_grams is None), f"{good.label} has one weight of two")
    table.demand((PICTURES / f"{good.picture}.webp").is_file(), f"{good.label} has no picture {good.picture!r}")
    table.finish()
    return replace(good, sold_out=good.sold_out or good.stock == 0)


def _customers(table: Table, kinds: Iterable[str]) -> tuple[DemoCustomer, ...]:
    customers = tuple(_customer(entry, set(kinds)) for entry in table.tables("customers"))
    table.finish()
    _refuse_twins("phone", [customer.phone for customer in customers])
    return customers


def _customer(table: Table, kinds: set[str]) -> DemoCustomer:
    customer = DemoCustomer(
        name=table.text("name", most=40),
        phone=table.text("phone", most=13),
        kinds=table.choices("kinds", kinds),
        rhythm=table.choice("rhythm", RHYTHMS),
        hour=table.choice("hour", HOURS),
        lines=table.whole("lines", least=1),
    )
    fictional = _FICTIONAL_PHONE.fullmatch(customer.phone) is not None
    table.demand(fictional, f"{customer.phone} could be somebody's real number")
    table.demand(bool(customer.kinds), f"{customer.name} buys nothing")
    table.finish()
    return customer


def _notes(table: Table, kinds: Iterable[str]) -> tuple[DemoNote, ...]:
    known = set(kinds)
    notes = []
    for entry in table.tables("notes"):
        notes.append(DemoNote(entry.text("text", most=60), entry.choices("kinds", known) if "kinds" in entry else ()))
        entry.finish()
    table.finish()
    _refuse_twins("note", [note.text for note in notes])
    return tuple(notes)


def _refuse_twins(what: str, keys: list[str] | list[tuple[str, int]]) -> None:
    twins = [key for key, times in Counter(keys).items() if times > 1]
    if twins:
        raise ContentError(f"the same {what} twice: {twins[0]}")
