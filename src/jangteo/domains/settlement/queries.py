"""Money as people look at it: a day, what does not agree, runs, and what one stall is to get."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from jangteo.domains.ledger.models import EntryLine
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.models import Payment
from jangteo.domains.settlement.approvers import still_counting
from jangteo.domains.settlement.billing import last_run, midnight_after, open_bills, open_since, terms_of
from jangteo.domains.settlement.bills import GATEWAY
from jangteo.domains.settlement.business_days import BankDays, korean_date
from jangteo.domains.settlement.models import (
    Break,
    DayClose,
    ImportedFile,
    LineOutcome,
    PayoutAccount,
    SettlementLine,
    SettlementRun,
)
from jangteo.domains.settlement.modes import Mode, RunState
from jangteo.domains.settlement.rules import Statement
from jangteo.domains.settlement.sales import CAME_IN, SALES, TILL
from jangteo.domains.settlement.stall_accounts import confirmed_accounts
from jangteo.kernel import clock

MOST_RUNS, MOST_SOLVED, MOST_FILES = 30, 20, 10
WAITING = (Payment.State.REQUESTED,)
SHOWN_AFTER = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class DayRow:
    """One kind of money on one day: what came in and what went back, both positive. `gateway` "" across the counter."""

    tender: str
    gateway: str
    came_won: int
    went_won: int

    @property
    def net_won(self) -> int:
        return self.came_won - self.went_won


@dataclass(frozen=True, slots=True)
class DayMoney:
    """A Korean calendar day. Waiting and unknown payments are those of now, whatever the day."""

    day: date
    rows: Sequence[DayRow]
    waiting: tuple[int, int]
    unknown: tuple[int, int]
    is_closed: bool

    @property
    def came_won(self) -> int:
        return sum(row.came_won for row in self.rows)

    @property
    def went_won(self) -> int:
        return sum(row.went_won for row in self.rows)

    @property
    def net_won(self) -> int:
        return self.came_won - self.went_won


def day_money(day: date) -> DayMoney:
    """The market's money of a day, by kind and gateway, the largest first."""
    lines = EntryLine.objects.filter(entry__at__gte=clock.korean(day, time(0)), entry__at__lt=midnight_after(day))
    lines = lines.filter(entry__kind__in=(*CAME_IN, "allocate", "refund"))
    came: Counter[tuple[str, str]] = Counter()
    went: Counter[tuple[str, str]] = Counter()
    for account, won in lines.values_list("account", "amount_won"):
        place = _place(account)
        if place is not None:
            (came if won > 0 else went)[place] += abs(won)
    rows = [DayRow(*place, came[place], went[place]) for place in came.keys() | went.keys()]
    rows.sort(key=lambda row: (-row.came_won, row.tender, row.gateway))
    return DayMoney(
        day=day,
        rows=rows,
        waiting=_counted(Q(state__in=WAITING)),
        unknown=_counted(Q(state=Payment.State.UNKNOWN)),
        is_closed=DayClose.objects.filter(day=day).exists(),
    )


def open_breaks() -> QuerySet[Break]:
    """What does not agree and is not solved, those without an owner first, then by age."""
    return Break.objects.filter(state=Break.State.OPEN).order_by("owned_at", "day", "pk")


def solved_breaks() -> list[Break]:
    """The last ones that were solved, newest first."""
    return list(Break.objects.filter(state=Break.State.SOLVED).order_by("-solved_at", "-pk")[:MOST_SOLVED])


def imported_files() -> list[ImportedFile]:
    """The last files that were given, newest first."""
    return list(ImportedFile.objects.order_by("-pk")[:MOST_FILES])


def last_closed_day() -> date | None:
    """The newest day that is closed."""
    row = DayClose.objects.order_by("-day").first()
    return None if row is None else row.day


def runs() -> list[SettlementRun]:
    """The last runs, newest first, without those that were thrown away."""
    found = SettlementRun.objects.exclude(state=RunState.DROPPED).annotate(stalls=Count("lines"))
    return list(found.order_by("-pk")[:MOST_RUNS])


@dataclass(frozen=True, slots=True)
class RunView:
    """A run with its lines in the order of the market's streets, and whose yes counts."""

    run: SettlementRun
    lines: Sequence[SettlementLine]
    approved_by: Sequence[str]
    accounts: frozenset[int]

    @property
    def to_pay(self) -> list[SettlementLine]:
        return [line for line in self.lines if line.payout_won]

    @property
    def without_account(self) -> list[SettlementLine]:
        """Those that the association cannot pay."""
        if self.run.mode == Mode.OWN_CONTRACT:
            return []
        return [line for line in self.to_pay if line.stall_id not in self.accounts]

    @property
    def carried_won(self) -> int:
        return sum(line.carried_out_won for line in self.lines)


def run_view(run_id: int) -> RunView:
    """Raises SettlementRun.DoesNotExist."""
    run = SettlementRun.objects.select_related("file").get(pk=run_id)
    lines = SettlementLine.objects.filter(run=run).select_related("stall__street").prefetch_related("outcomes")
    return RunView(
        run=run,
        lines=list(lines.order_by("stall__street__position", "stall__slot")),
        approved_by=still_counting(run.approvals.order_by("pk").values_list("actor_ref", flat=True)),
        accounts=frozenset(confirmed_accounts().values_list("stall_id", flat=True)),
    )


def line_view(line_id: int) -> SettlementLine:
    """One statement with its run and stall. Raises SettlementLine.DoesNotExist, also for a run thrown away."""
    lines = SettlementLine.objects.exclude(run__state=RunState.DROPPED).select_related("run", "stall")
    return lines.prefetch_related("outcomes").get(pk=line_id)


@dataclass(frozen=True, slots=True)
class AccountView:
    """Where a stall is paid, and what waits for a second person."""

    confirmed: PayoutAccount | None
    proposed: PayoutAccount | None


def accounts_of(stall_id: int) -> AccountView:
    """Two of them at the most."""
    live = list(PayoutAccount.objects.filter(stall_id=stall_id, retired_at=None))
    confirmed = next((row for row in live if row.confirmed_at is not None), None)
    return AccountView(confirmed, next((row for row in live if row.confirmed_at is None), None))


@dataclass(frozen=True, slots=True)
class OpenMoney:
    """What has come together since the last run. `first` None where nothing ever has; `due` the day it may come."""

    first: date | None
    due: date
    won_by_stall: dict[int, Statement] = field(default_factory=dict)

    @property
    def payout_won(self) -> int:
        return sum(one.payout_won for one in self.won_by_stall.values())


def open_money(market: Market, stall_id: int | None = None) -> OpenMoney:
    """Up to now, of every stall or of one."""
    made = open_bills(market, stall_id)
    statements = {stall: one.statement for stall, one in made.items()}
    return OpenMoney(open_since(last_run()), due_day(market, korean_date(clock.now())), statements)


def due_day(market: Market, day: date) -> date:
    """The bank day on which the money of a day's sales comes, by what is agreed with the gateway."""
    return BankDays().plus(day, terms_of(market).settle_after)


def statements_of(stall_id: int) -> list[SettlementLine]:
    """A stall's statements that are released, newest first."""
    since = clock.today() - SHOWN_AFTER
    hidden = (RunState.CLOSED, RunState.REVIEWED, RunState.DROPPED)
    lines = SettlementLine.objects.filter(stall_id=stall_id, run__last__gte=since).exclude(run__state__in=hidden)
    return list(lines.select_related("run").prefetch_related("outcomes").order_by("-run_id"))


def outcome_of(line: SettlementLine) -> LineOutcome | None:
    """What the bank did last; the line's outcomes are loaded."""
    return max(line.outcomes.all(), key=lambda row: row.pk, default=None)


def _counted(which: Q) -> tuple[int, int]:
    """How many payments, and won."""
    found = Payment.objects.filter(which).aggregate(count=Count("pk"), won=Sum("amount_won"))
    return found["count"], found["won"] or 0


def _place(account: str) -> tuple[str, str] | None:
    """(kind of money, gateway) of an account that money comes in on, None for the others."""
    word, _, owner = account.partition(":")
    if word == GATEWAY:
        return "card", owner
    if word == "stall":
        purse = owner.partition(":")[2]
        return None if purse in ("payable", SALES) else ("cash" if purse == TILL else purse, "")
    return (word, "") if word in ("points", "promo", "giftcard", "wallet", "subsidy", "discount") else None
