"""Statements of every stall for a span of the ledger, and the period that is still open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Min

from jangteo.domains.ledger.models import Entry
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import house_stall_id
from jangteo.domains.settlement.bills import Before, Bill, Rates, account_won, bill
from jangteo.domains.settlement.business_days import ONE_DAY, korean_date
from jangteo.domains.settlement.errors import BookDoesNotFit
from jangteo.domains.settlement.models import PayoutTerms, SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import NOT_APPROVED, Mode, RunState
from jangteo.domains.settlement.sales import Span, last_entry, receivables, stall_moves
from jangteo.kernel import clock

# An action takes a moment from its clock to its commit. A day is only taken for over when all of its have ended.
SETTLED_DOWN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Korean calendar days, both included."""

    first: date
    last: date


def terms_of(market: Market) -> PayoutTerms:
    """The market's terms, or the defaults, unsaved."""
    return PayoutTerms.objects.filter(market=market).first() or PayoutTerms(market=market)


def last_run() -> SettlementRun | None:
    """The newest run that was not dropped."""
    return SettlementRun.objects.exclude(state=RunState.DROPPED).order_by("-until_entry", "-pk").first()


def open_since(run: SettlementRun | None) -> date | None:
    """The first day that is in no run; None where no money has ever moved."""
    if run is not None:
        return run.last + ONE_DAY
    first = Entry.objects.aggregate(at=Min("at"))["at"]
    return None if first is None else korean_date(first)


def midnight_after(day: date) -> datetime:
    """The end of a Korean calendar day, in UTC."""
    return clock.korean(day + ONE_DAY, time(0))


def is_over(day: date) -> bool:
    """Whether nothing can be written any more that belongs to the day."""
    return clock.now() >= midnight_after(day) + SETTLED_DOWN


def bills(span: Span, rates: Rates, run: SettlementRun | None, stall_id: int | None = None) -> dict[int, Bill]:
    """Statements by stall, of all that sold, owe, or have something to get. Raises BookDoesNotFit."""
    moves = stall_moves(span, stall_id)
    before = _before(run)
    stalls = sorted(moves.keys() | (before.keys() if stall_id is None else before.keys() & {stall_id}))
    free = house_stall_id() if rates.fee_bp and stall_id is None else None
    made = {
        stall: bill(moves.get(stall, []), _rates_for(stall, rates, free), before.get(stall, Before()))
        for stall in stalls
    }
    for stall, one in made.items():
        # What the stall bears itself is on its account until the run takes it off.
        earned_won = one.statement.earned_won + one.statement.own_coupons_won
        lines = earned_won + one.statement.deductions_won + one.statement.left_in_won
        book = account_won(moves.get(stall, [])) + before.get(stall, Before()).left_won
        if lines != book:
            raise BookDoesNotFit(stall_id=stall, lines_won=lines, book_won=book)
    return made


def open_bills(market: Market, stall_id: int | None = None) -> dict[int, Bill]:
    """What has come together since the last run, up to now."""
    run, terms = last_run(), terms_of(market)
    span = Span(run.until_entry if run else 0, last_entry())
    return bills(span, rates_of(terms), run, stall_id)


def rates_of(terms: PayoutTerms) -> Rates:
    """What is taken of a pay-out. An own contract's money passes nobody who could keep a fee of it back."""
    return Rates(0 if terms.mode == Mode.OWN_CONTRACT else terms.fee_bp, terms.gateway_fee_bp)


def _rates_for(stall: int, rates: Rates, free: int | None) -> Rates:
    """The association takes nothing of what is its own."""
    return replace(rates, fee_bp=0) if stall == free else rates


def _before(run: SettlementRun | None) -> Mapping[int, Before]:
    """What the last run left over. Debts stand in the book as soon as the run was approved."""
    owed = receivables()
    if run is not None and run.state in NOT_APPROVED:
        rows = SettlementLine.objects.filter(run=run, carried_out_won__gt=0)
        owed = dict(rows.values_list("stall_id", "carried_out_won"))
    left: dict[int, int] = defaultdict(int)
    if run is not None:
        rows = SettlementLine.objects.filter(run=run, left_out_won__gt=0)
        left.update(rows.values_list("stall_id", "left_out_won"))
    return {stall: Before(owed.get(stall, 0), left[stall]) for stall in sorted(owed.keys() | left.keys())}
