"""What a board shows at a moment: a stall's menu, the market, the numbers of orders, or lines of news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import best_now, goods_of_stall
from jangteo.domains.devices.board import Part, Plan, Show
from jangteo.domains.events.models import FlashSale
from jangteo.domains.events.queries import flashes
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.queries import StreetOfStalls, hours_now, stall_by_id, streets_of_stalls
from jangteo.domains.ordering.queries_numbers import called_numbers
from jangteo.domains.rebates.queries import current_rebate, queue_of
from jangteo.domains.stock.queries import left_of
from jangteo.faces._parts.soon import Soon, soon
from jangteo.kernel import clock

LINES_A_PAGE = 12
BEST = 6
FEW = 4
# Letters of which one line holds no more: in two columns of a menu, and in the wide one of the market's board.
LONG_NAME, LONGER_NAME = 11, 15
# With more stalls than this their names could not be read from where people stand.
MOST_NAMED = 30


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A good on the board. Boards name the price of the scale, not of a usual piece: 갈치 100g."""

    good: Good
    is_gone: bool

    @property
    def letters(self) -> int:
        return max(len(f"{self.good.name} {self.good.unit}"), len(self.good.origin))

    @property
    def is_long(self) -> bool:
        return self.letters > LONG_NAME

    @property
    def is_longer(self) -> bool:
        return self.letters > LONGER_NAME


@dataclass(frozen=True, slots=True)
class Page:
    """Lines that are shown together; `rows` is how many stand below each other in each of two columns."""

    lines: Sequence[MenuLine]

    @property
    def is_few(self) -> bool:
        return len(self.lines) <= FEW

    @property
    def rows(self) -> int:
        return max(3, -(-len(self.lines) // 2))

    @property
    def tall_rows(self) -> int:
        return max(5, len(self.lines))


def picture(market: Market, plan: Plan, part: Part) -> dict[str, object]:
    """The facts of the templates, in the scope of the market. A stall that is gone gives way to the market."""
    now = clock.now()
    going_on = soon()
    shown: dict[str, object] = {"market": market, "plan": _told(plan, going_on), "now": now}
    stall = _stall(part)
    if stall is not None:
        return {**shown, "show": "stall", "stall": stall, "pages": pages(goods_of_stall(stall.pk))}
    if part.show == Show.NUMBERS:
        return {**shown, "show": "numbers", "numbers": called_numbers(now)}
    if part.show == Show.EVENTS:
        return {**shown, "show": "events", "soon": going_on, "goods": _flash_goods(going_on)}
    if part.show == Show.REBATE:
        return {**shown, **_rebate(now)}
    if part.show == Show.LINES and plan.lines:
        return {**shown, "show": "lines"}
    streets = streets_of_stalls()
    return {
        **shown,
        "show": "market",
        "hours": hours_now(market, now),
        "pages": pages(best_now(BEST)),
        "streets": streets,
        "names_stalls": _count(streets) <= MOST_NAMED,
    }


def _told(plan: Plan, going_on: Sequence[Soon]) -> Plan:
    """Its lines with what goes on, which nobody has to type."""
    return replace(plan, lines=(*plan.lines, *(one.words for one in going_on)))


def _flash_goods(going_on: Sequence[Soon]) -> list[FlashSale]:
    goods = [one.id for one in going_on if one.kind == "flash"]
    return [row for row in flashes() if row.good_id in goods] if goods else []


def _rebate(now: datetime) -> dict[str, object]:
    """The numbers of the rebate desk; without an event only that there is none."""
    event = current_rebate()
    lines = None if event is None else queue_of(event, clock.business_day(now))
    return {"show": "rebate", "event": event, "lines": lines}


def pages(goods: Sequence[Good]) -> list[Page]:
    """Goods a dozen at a time, in their order; one empty page where there is nothing."""
    left = left_of([good.pk for good in goods])
    lines = [MenuLine(good, good.state != Good.State.ON_SALE or left.get(good.pk) == 0) for good in goods]
    starts = range(0, len(lines), LINES_A_PAGE)
    return [Page(lines[start : start + LINES_A_PAGE]) for start in starts]


def _stall(part: Part) -> Stall | None:
    if part.show != Show.STALL:
        return None
    try:
        return stall_by_id(part.stall_id)
    except Stall.DoesNotExist:
        return None


def _count(streets: Sequence[StreetOfStalls]) -> int:
    return sum(len(row.stalls) for row in streets)
