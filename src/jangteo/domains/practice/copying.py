"""What goes into a copy, and what of a real market never does: people, their numbers and accounts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import time
from typing import TypeVar

from django.db import models

from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import ids

M = TypeVar("M", bound=models.Model)

# As many stalls as a lesson needs; a market of a thousand would take seconds to copy.
MOST_STALLS = 60
# People practise in the evening, too, and on days without a market.
ALWAYS = {"opens_at": time(0), "closes_at": time(23, 59)}
OWNER = "연습 사장님"
PRACTICE_CODE_BEGINS = "0"


def copied(row: M, **changed: object) -> M:
    """The same row, not yet saved, with other values in some columns (by column name, as in `market_id`)."""
    columns = [field for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{field.attname: getattr(row, field.attname) for field in columns} | changed)


def copied_market(market: Market, number: int) -> Market:
    """The market itself under an address of its own. `number` is its id, below zero."""
    return copied(
        market,
        id=number,
        practice_of_id=market.pk,
        code=f"practice-{-number}",
        official_code="",
        slug=f"practice-{ids.new_token()[:10].lower().replace('_', '0').strip('-')}{-number}",
        state=Market.State.OPEN,
        cycle=dict(Cycle(daily=True).to_json()),
        wallet_mode=False,
        **ALWAYS,
    )


def copied_stall(stall: Stall, code: str, **places: int) -> Stall:
    """The stall with its door open and without what belongs to its owner."""
    return copied(
        stall,
        code=code,
        owner_name=OWNER,
        phone="",
        business_number="",
        door=Stall.Door.OPEN,
        **ALWAYS,
        **places,
    )


def chosen_stalls(stalls: Sequence[Stall], own: Stall | None) -> list[Stall]:
    """Those that are copied, in the order of the streets: one's own and its neighbours first where there are many."""
    if own is None or len(stalls) <= MOST_STALLS:
        return list(stalls[:MOST_STALLS])
    at = next((place for place, stall in enumerate(stalls) if stall.pk == own.pk), 0)
    first = min(max(0, at - MOST_STALLS // 2), len(stalls) - MOST_STALLS)
    return list(stalls[first : first + MOST_STALLS])


def practice_codes(taken: Collection[str]) -> Iterable[str]:
    """Six digits with a check digit that begin as no real stall's do, in ascending order."""
    for number in range(10_000):
        digits = f"{PRACTICE_CODE_BEGINS}{number:04d}"
        code = digits + ids.check_digit(digits)
        if code not in taken:
            yield code


def spent_code(stall_id: int) -> str:
    """What a stall's number becomes when its copy is over, so that the digits can be given out again."""
    letters, number = "", stall_id
    alphabet = "0123456789abcdefghijklmnopqrstuvwxyz"
    while number:
        number, digit = divmod(number, len(alphabet))
        letters = alphabet[digit] + letters
    return f"x{letters:0>5}"[-6:]
