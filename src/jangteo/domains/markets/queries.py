"""Markets, their streets, stalls and hours as people look at them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.cache import caches
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Q, QuerySet

from jangteo.domains.markets.calendar import Cycle, cycle_from_json, is_trading_day
from jangteo.domains.markets.models import Kind, Market, Stall, Street
from jangteo.kernel import clock, ids
from jangteo.kernel.tenancy import in_practice, unscoped_practice

LOOK_AHEAD_DAYS = 40
CODE_DIGITS = 6
# By hand: every page that turns somebody away says whom to call.
_TO_CALL = """
SELECT id, name, phone
FROM markets_market
WHERE state = %(open)s AND phone <> '' AND (id < 0) = %(practice)s
ORDER BY name, id
LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Hours:
    """Whether it trades now, then until when; else when it opens next, None where nobody knows."""

    is_open: bool
    closes_at: time
    opens_next: datetime | None


@dataclass(frozen=True, slots=True)
class StreetOfStalls:
    """A street with its stalls from the gate inwards."""

    street: Street
    stalls: tuple[Stall, ...]


def open_market(slug: str) -> Market | None:
    """The running market under this address. What another process has changed is seen after two seconds.

    Every page begins here, so the row is kept at hand. Markets to practise in are not found: see `practice_market`.
    """
    at_hand = caches["markets"]
    market: Market | None = at_hand.get(slug)
    if market is None:
        market = Market.objects.filter(slug=slug, state=Market.State.OPEN).first()
        if market is not None:
            at_hand.set(slug, market)
    return market


def practice_market(slug: str) -> Market | None:
    """The copy under this address that people practise in, with the real market, as long as it is open."""
    with unscoped_practice():
        copies = Market.objects.select_related("practice_of")
        return copies.filter(slug=slug, state=Market.State.OPEN).first()


def look_again(slug: str | None) -> None:
    """Forget the market at hand, because it changes with the running transaction."""
    transaction.on_commit(lambda: caches["markets"].delete(slug))


def open_markets() -> QuerySet[Market]:
    """Every running market, by name."""
    return Market.objects.filter(state=Market.State.OPEN).order_by("name", "pk")


def markets_to_call(most: int) -> list[Market]:
    """The first running markets with a phone number, by name; only `name` and `phone` are loaded."""
    with connection.cursor() as cursor:
        cursor.execute(_TO_CALL, {"open": Market.State.OPEN, "practice": in_practice(), "most": most})
        return [Market.from_db(DEFAULT_DB_ALIAS, ["id", "name", "phone"], row) for row in cursor]


def streets_of_stalls() -> list[StreetOfStalls]:
    """The map of the market in scope: streets in order, each with its stalls. Streets without stalls are left out."""
    streets: dict[int, tuple[Street, list[Stall]]] = {}
    for stall in Stall.objects.select_related("street", "kind").order_by("street__position", "slot"):
        streets.setdefault(stall.street_id, (stall.street, []))[1].append(stall)
    return [StreetOfStalls(street, tuple(stalls)) for street, stalls in streets.values()]


def whole_map() -> list[StreetOfStalls]:
    """The same with the streets that have no stall yet."""
    stalls = {row.street.pk: row.stalls for row in streets_of_stalls()}
    return [StreetOfStalls(street, stalls.get(street.pk, ())) for street in streets_in_order()]


def streets_in_order() -> list[Street]:
    """Every street of the market in scope, also those without stalls."""
    return list(Street.objects.order_by("position"))


def kinds_in_order() -> list[Kind]:
    """Every kind of the market in scope, also those that nobody sells yet."""
    return list(Kind.objects.order_by("position"))


def stall_by_code(code: str) -> Stall | None:
    """The stall in scope with this 6-digit number."""
    return Stall.objects.select_related("street", "kind").filter(code=code).first()


def stall_by_id(stall_id: int) -> Stall:
    """The stall in scope. Raises Stall.DoesNotExist."""
    return Stall.objects.select_related("street", "kind").get(pk=stall_id)


def street_by_id(street_id: int) -> Street:
    """The street in scope. Raises Street.DoesNotExist."""
    return Street.objects.get(pk=street_id)


def stall_names(stall_ids: Collection[int]) -> dict[int, str]:
    """Names of stalls in scope by id, the association's own among them."""
    return dict(Stall.with_house.filter(pk__in=stall_ids).values_list("pk", "name")) if stall_ids else {}


def house_stall_id() -> int | None:
    """The association's own stall in scope, None where no fee of a delivery was ever taken or shared."""
    return Stall.with_house.filter(is_house=True).values_list("pk", flat=True).first()


def street_names(street_ids: Collection[int]) -> dict[int, str]:
    """Names of streets in scope by id."""
    return dict(Street.objects.filter(pk__in=street_ids).values_list("pk", "name")) if street_ids else {}


def open_stall_count() -> tuple[int, int]:
    """How many stalls of the market in scope have their door open, and how many there are."""
    doors = list(Stall.objects.order_by("pk").values_list("door", flat=True))
    return doors.count(Stall.Door.OPEN), len(doors)


def stalls_called(text: str, most: int) -> list[Stall]:
    """Stalls in scope with `text` in their name or as their number."""
    called = Q(name__icontains=text) | Q(code=_code(text))
    return list(Stall.objects.select_related("kind").filter(called)[:most])


def is_misread_code(text: str) -> bool:
    """Whether it looks like a stall's number and cannot be one: a digit was misread or mistyped."""
    code = _code(text)
    return len(code) == CODE_DIGITS and code.isascii() and code.isdigit() and not ids.has_check_digit(code)


def _code(text: str) -> str:
    """203 616 and 203-616 are the same number."""
    return text.replace(" ", "").replace("-", "")


def stalls_of_kind(kind_key: str) -> list[Stall]:
    """Stalls in scope, by the kind they sell ("" for all), in the order of the streets."""
    stalls = Stall.objects.order_by("street__position", "slot")
    return list(stalls.filter(kind__key=kind_key) if kind_key else stalls)


def street_colours(market_id: int) -> list[tuple[int, str]]:
    """Position and colour of every street of the market."""
    return list(Street.objects.filter(market_id=market_id).values_list("position", "colour"))


def hours_now(market: Market, now: datetime) -> Hours:
    """The market's hours at `now`. Without a known rhythm it is taken to trade every day."""
    cycle = cycle_from_json(market.cycle)
    local = now.astimezone(clock.KST)
    trades_today = cycle is None or is_trading_day(cycle, local.date())
    if trades_today and market.opens_at <= local.time() < market.closes_at:
        return Hours(True, market.closes_at, None)
    return Hours(False, market.closes_at, _opens_next(cycle, market.opens_at, now))


def stall_hours(stall: Stall, now: datetime) -> Hours:
    """The stall's own hours today; a paused or closed door is not open whatever the clock says."""
    clock_time = now.astimezone(clock.KST).time()
    is_open = stall.door == Stall.Door.OPEN and stall.opens_at <= clock_time < stall.closes_at
    return Hours(is_open, stall.closes_at, None)


def _opens_next(cycle: Cycle | None, opens_at: time, now: datetime) -> datetime | None:
    first = now.astimezone(clock.KST).date()
    for ahead in range(LOOK_AHEAD_DAYS):
        day = first + timedelta(days=ahead)
        opens = clock.korean(day, opens_at)
        if opens > now and (cycle is None or is_trading_day(cycle, day)):
            return opens
    return None
