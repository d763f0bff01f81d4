"""The points of one who gives them: what customers hold, when it runs out, and every move of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Sum

from jangteo.domains.ledger.models import EntryLine, LimitedAccount
from jangteo.domains.promotions.models import PointGrant, PointTerms, of_giver, points_account
from jangteo.domains.promotions.queries import point_terms
from jangteo.domains.promotions.rules import unspent
from jangteo.kernel import clock

MOST_MOVES = 40


class Moved(StrEnum):
    """Why points moved. BACK: an order that had earned them was given back. RETURNED: one they had paid for was."""

    GIVEN = "given"
    USED = "used"
    BACK = "back"
    EXPIRED = "expired"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class PointMove:
    """`won` is how much of it, never negative."""

    at: datetime
    why: Moved
    won: int


@dataclass(frozen=True, slots=True)
class PointBook:
    """`owed_won` is what `holders` customers could spend; `runs_out` says when, by the first day of each month."""

    terms: PointTerms | None
    owed_won: int
    holders: int
    granted_won: int
    gone_won: int
    runs_out: Sequence[tuple[date, int]]
    moves: Sequence[PointMove]

    @property
    def earn_bp(self) -> int:
        return self.terms.earn_bp if self.terms is not None else 0

    @property
    def used_won(self) -> int:
        return self.granted_won - self.gone_won - self.owed_won


def point_book(stall_id: int | None) -> PointBook:
    """Of a stall, with None of the association. Six statements, two where nobody ever had any."""
    terms = point_terms(stall_id)
    grants = PointGrant.objects.filter(of_giver(stall_id))
    sums = dict(grants.values_list("user_id").annotate(won=Sum("granted_won")))
    if not sums:
        return PointBook(terms, 0, 0, 0, 0, (), ())
    gone = grants.aggregate(won=Sum("expired_won") + Sum("taken_back_won"))["won"]
    accounts = {points_account(user_id, stall_id): user_id for user_id in sums}
    rows = LimitedAccount.objects.filter(account__in=list(accounts), balance_won__gt=0)
    owed = {accounts[account]: won for account, won in rows.values_list("account", "balance_won")}
    still_open = list(grants.filter(user_id__in=list(owed), ended_at=None).order_by("expires_at", "pk"))
    return PointBook(
        terms,
        owed_won=sum(owed.values()),
        holders=len(owed),
        granted_won=sum(sums.values()),
        gone_won=gone,
        runs_out=_runs_out(owed, still_open),
        moves=_moves(list(accounts)),
    )


def _runs_out(owed: dict[int, int], still_open: Sequence[PointGrant]) -> list[tuple[date, int]]:
    """By month what is lost there if nobody spends anything."""
    months: dict[date, int] = {}
    for user_id, won in owed.items():
        own = [(one.expires_at, one.in_balance_won) for one in still_open if one.user_id == user_id]
        for moment, left in unspent(won, own):
            month = moment.astimezone(clock.KST).date().replace(day=1)
            months[month] = months.get(month, 0) + left
    return sorted(months.items())


def _moves(accounts: Sequence[str]) -> list[PointMove]:
    """The latest first. What customers get is a credit."""
    lines = EntryLine.objects.filter(account__in=accounts).select_related("entry").order_by("-pk")[:MOST_MOVES]
    return [PointMove(one.entry.at, _why(one), abs(one.amount_won)) for one in lines]


def _why(line: EntryLine) -> Moved:
    known = {"grant_points": Moved.GIVEN, "take_back_points": Moved.BACK, "expire_points": Moved.EXPIRED}
    return known.get(line.entry.kind) or (Moved.USED if line.amount_won > 0 else Moved.RETURNED)
