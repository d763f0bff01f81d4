"""What a rebate event (환급행사) gives for what somebody bought, and what is still missing. In won."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

AGRI, FISH = "agri", "fish"
KINDS = (AGRI, FISH)
# The usual set of the state's events: from so many won on, so many back; so much for one person and kind.
USUAL_TIERS = ((34_000, 10_000), (67_000, 20_000))
USUAL_CAP_WON = 20_000
USUAL_VOUCHER_WON = 10_000
# Kinds of goods in a market whose fresh things usually count, by kind of event.
USUAL_GOODS = {
    AGRI: ("vegetable", "vegetables", "fruit", "meat", "poultry", "grain"),
    FISH: ("fish", "dried"),
}
# 중국산 and 미국산 end like 국산.
_HOME = re.compile(r"(?<![가-힣])국(산|내)|(?<![가-힣])한(우|돈)")
_ABROAD = re.compile(r"수입|외국|원양")
_PARTS = re.compile(r"[·,/]")


@dataclass(frozen=True, slots=True)
class Tier:
    """From `from_won` of purchases on, `back_won` come back."""

    from_won: int
    back_won: int


@dataclass(frozen=True, slots=True)
class Due:
    """What one kind gives one person now. `next_missing_won` more would bring `next_back_won`; 0 for nothing."""

    sum_won: int
    back_won: int
    next_missing_won: int
    next_back_won: int
    capped: bool


def due(tiers: Sequence[Tier], sum_won: int, *, left_won: int) -> Due:
    """`left_won` is what the person may still get of this kind. Tiers rise."""
    whole = max((tier.back_won for tier in tiers if tier.from_won <= sum_won), default=0)
    back = min(whole, left_won)
    coming = next((tier for tier in tiers if tier.from_won > sum_won and min(tier.back_won, left_won) > back), None)
    return Due(
        sum_won=sum_won,
        back_won=back,
        next_missing_won=coming.from_won - sum_won if coming else 0,
        next_back_won=min(coming.back_won, left_won) if coming else 0,
        capped=back < whole,
    )


def is_home_grown(origin: str) -> bool:
    """Whether everything that an origin names is Korean. What names nothing known is not.

    Goods of several things name each: 콩: 국산(파주) · 소금: 중국산.
    """
    parts = [part for part in _PARTS.split(origin) if part.strip()]
    named = [part for part in parts if "산" in part or _HOME.search(part)]
    return bool(named) and all(_HOME.search(part) and not _ABROAD.search(part) for part in named)


def shown_person(name: str, digits: str) -> str:
    """All that is kept of a person to be read: the first letter of the name and the last four of the number."""
    first = name.strip()[:1]
    return f"{first}** {digits[-4:]}" if first else f"*** {digits[-4:]}"


def paper_key(stall_id: int, day: str, number: str, amount_won: int, minute: str) -> str:
    """What makes a paper receipt one and the same: its approval number, or where it has none all that it says."""
    digits = re.sub(r"\D", "", number)
    return f"paper:{stall_id}:{day}:{digits}" if digits else f"paper:{stall_id}:{day}:{minute}:{amount_won}"
