"""The lines that somebody types off a hand-written board: which goods they mean, and what would happen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from jangteo.domains.catalog.actions.put_up_good import NewGood
from jangteo.domains.catalog.actions.set_price import MOST_WON
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.rules import usual_tax
from jangteo.domains.markets.models import Stall
from jangteo.faces.merchant.good_form import DOMESTIC, IMPORTED, MIXED, GoodForm
from jangteo.faces.merchant.guesses import made_of
from jangteo.faces.merchant.pictures import picture_for
from jangteo.faces.merchant.prices import is_leap

MOST_ROWS = 30
LONGEST_NAME, LONGEST_UNIT, LONGEST_PLACE = 40, 20, 70
_PRICE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,8}")
_MADE = frozenset({DOMESTIC, IMPORTED, MIXED})


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it was typed. `good` is what is up already; without it the line puts something up.

    `price_won` is None as long as the price cannot be read; `error` says what to do.
    """

    number: int
    name: str
    unit: str
    price: str
    price_won: int | None
    good: Good | None
    made: str = ""
    where: str = ""
    error: str = ""

    @property
    def is_same(self) -> bool:
        return self.good is not None and self.good.price_won == self.price_won

    @property
    def is_leap(self) -> bool:
        return self.good is not None and self.price_won is not None and is_leap(self.good.price_won, self.price_won)

    @property
    def origin(self) -> str:
        """국산(제주), 러시아산; "" as long as it is not told."""
        return GoodForm.origin_of({"made": self.made, "made_where": self.where})

    def new_good(self, stall: Stall, position: int) -> NewGood:
        """What a line that is right puts up; `position` is its place on the stall's list."""
        return NewGood(
            stall_id=stall.pk,
            kind_id=stall.kind_id,
            name=self.name,
            unit=self.unit,
            origin=self.origin,
            price_won=self.price_won or 0,
            tax=usual_tax(stall.kind.key),
            picture=picture_for(self.name, stall.kind.key),
            position=position,
        )


def rows_told(told: QueryDict, goods: Iterable[Good], before: Iterable[Good]) -> list[Row]:
    """The lines that say something. `goods` are up, `before` are put away and tell the origin of the like of them."""
    up, known = list(goods), {good.name: good.origin for good in before}
    columns = [told.getlist(name)[:MOST_ROWS] for name in ("name", "unit", "price")]
    lines = [tuple(text.strip().replace("\0", "") for text in line) for line in zip(*columns, strict=False)]
    found: list[Row] = []
    for name, unit, price in (line for line in lines if any(line)):
        row = _row(len(found), (name[:LONGEST_NAME], unit[:LONGEST_UNIT], price[:20]), up)
        twice = row.good is not None and any(row.good == other.good for other in found)
        found.append(replace(row, error=_("같은 물건이 위에 있어요. 한 줄은 지워 주세요.")) if twice else row)
    return [_with_origin(row, told, known) for row in found]


def won_of(text: str) -> int | None:
    """12,000원, 12000 or 12,000; None for what is no price."""
    price = text.removesuffix("원").strip()
    won = int(price.replace(",", "")) if _PRICE.fullmatch(price) else 0
    return won if 0 < won <= MOST_WON else None


def without_origin(rows: Iterable[Row]) -> list[Row]:
    """The rows, with a word beside each new thing whose origin is still missing."""
    ask = _("국산인지 수입인지 골라 주세요. 수입은 나라도 적어 주세요.")
    return [replace(row, error=ask) if row.good is None and not row.origin else row for row in rows]


def _row(number: int, line: tuple[str, str, str], up: list[Good]) -> Row:
    name, unit, price = line
    won = won_of(price)
    named = [good for good in up if good.name == name and unit in ("", good.unit)]
    good = named[0] if len(named) == 1 else None
    row = Row(number, name, good.unit if good else unit, price, won, good)
    if not name:
        return replace(row, error=_("물건 이름을 적어 주세요."))
    if won is None:
        return replace(row, error=_("값을 숫자로 적어 주세요."))
    if good is None and not unit:
        return replace(row, error=_("얼마큼의 값인지 적어 주세요. 1마리, 한 단, 한 봉지처럼요."))
    return row


def _with_origin(row: Row, told: QueryDict, known: dict[str, str]) -> Row:
    if row.good is not None:
        return row
    made = told.get(f"made-{row.number}", "")
    if made in _MADE:
        return replace(row, made=made, where=told.get(f"where-{row.number}", "").strip()[:LONGEST_PLACE])
    made, where = made_of(known[row.name]) if row.name in known else ("", "")
    return replace(row, made=made, where=where)
