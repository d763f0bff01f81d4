"""Close a period: from here its numbers are fixed."""

from __future__ import annotations

from datetime import date

from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import house_stall_id
from jangteo.domains.settlement.actions.freeze_book import freeze_book
from jangteo.domains.settlement.billing import (
    bills,
    is_over,
    last_run,
    midnight_after,
    open_since,
    rates_of,
    terms_of,
)
from jangteo.domains.settlement.bills import Bill
from jangteo.domains.settlement.errors import NothingToSettle, PeriodNotOver, RunUnderWay
from jangteo.domains.settlement.models import PayoutTerms, SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import NOT_APPROVED, Mode, RunState
from jangteo.domains.settlement.sales import Span, last_entry
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def close_run(*, market: Market, actor: Actor, last: date) -> SettlementRun:
    """Freeze everything since the last run up to the end of `last`, and a statement for each stall.

    Nothing is booked before it is approved. Raises PeriodNotOver, RunUnderWay, NothingToSettle, BookDoesNotFit.
    """
    freeze_book()
    before, terms = last_run(), terms_of(market)
    if before is not None and before.state in NOT_APPROVED:
        raise RunUnderWay(first=before.first.isoformat(), last=before.last.isoformat())
    first = open_since(before)
    if first is None or last < first:
        raise NothingToSettle
    if not is_over(last):
        raise PeriodNotOver(last=last.isoformat())
    after = before.until_entry if before else 0
    span = Span(after, max(after, last_entry(midnight_after(last))))
    made = bills(span, rates_of(terms), before)
    if span.until == after or not made:
        raise NothingToSettle
    run = _run(market, actor, terms, first, last, span)
    house = house_stall_id()
    lines = [_line(run, stall, one, stays=stall == house) for stall, one in made.items()]
    run.payout_won = sum(line.payout_won for line in lines)
    run.save(force_insert=True)
    SettlementLine.objects.bulk_create(lines)
    audit.record(actor, "settlement.closed", f"run:{run.pk}", stalls=len(lines), payout_won=run.payout_won)
    return run


def _run(market: Market, actor: Actor, terms: PayoutTerms, first: date, last: date, span: Span) -> SettlementRun:
    moment = clock.now()
    return SettlementRun(
        market=market,
        first=first,
        last=last,
        mode=terms.mode,
        fee_bp=terms.fee_bp,
        gateway_fee_bp=terms.gateway_fee_bp,
        after_entry=span.after,
        until_entry=span.until,
        payout_won=0,
        closed_by=actor.ref,
        closed_at=moment,
        state=RunState.CLOSED,
        changed_at=moment,
    )


def _brought_won(run: SettlementRun, made: Bill, *, stays: bool) -> int:
    """What is paid now. Nobody else pays an own contract's money: what does not come from the gateway stays with the
    association, and so does what is its own."""
    owed, at_gateways = made.statement.payout_won, made.at_gateways_won
    if run.mode == Mode.OWN_CONTRACT:
        return min(owed, at_gateways)
    if stays:
        return 0
    return owed if run.mode == Mode.ASSOCIATION_PAYS else min(owed, at_gateways)


def _line(run: SettlementRun, stall_id: int, made: Bill, *, stays: bool) -> SettlementLine:
    one, brought = made.statement, _brought_won(run, made, stays=stays)
    return SettlementLine(
        market_id=run.market_id,
        run=run,
        stall_id=stall_id,
        sales_won=one.sales_won,
        refunds_won=one.refunds_won,
        late_refunds_won=one.refunds_after_payout_won,
        tenders=dict(one.tenders),
        coupons=dict(one.coupons),
        sources=dict(made.sources),
        direct_won=one.direct_won,
        fee_won=one.fee_won,
        fee_vat_won=one.fee_vat_won,
        gateway_fee_won=one.gateway_fee_won,
        delivery_won=one.delivery_won,
        left_in_won=one.left_in_won,
        left_out_won=one.payout_won - brought,
        carried_in_won=one.carried_in_won,
        carried_out_won=one.carried_out_won,
        payout_won=brought,
    )
