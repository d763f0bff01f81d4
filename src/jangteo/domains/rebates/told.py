"""What people tell the desk, before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from jangteo.domains.rebates.rules import Tier


@dataclass(frozen=True, slots=True)
class NewPot:
    """`goods` are keys of kinds of goods that count."""

    kind: str
    budget_won: int
    cap_won: int
    goods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewRebate:
    """An event as the association sets it up; `vouchers` is the paper that is there at once."""

    name: str
    place: str
    starts_on: date
    ends_on: date
    opens_at: time
    closes_at: time
    tiers: tuple[Tier, ...]
    pots: tuple[NewPot, ...]
    voucher_won: int
    vouchers: int
    same_day: bool = True
    keep_days: int = 30


@dataclass(frozen=True, slots=True)
class PaperReceipt:
    """What stands on a paper receipt, with what of it counts. `number` is its approval number, or ""."""

    stall_id: int
    bought_at: datetime
    total_won: int
    agri_won: int
    fish_won: int
    number: str = ""
    photo: str = ""
