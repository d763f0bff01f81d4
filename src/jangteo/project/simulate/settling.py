"""The association closes its days and pays the stalls out."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.settlement.actions.approve_run import approve_run
from jangteo.domains.settlement.actions.close_run import close_run
from jangteo.domains.settlement.actions.drop_run import drop_run
from jangteo.domains.settlement.actions.export_run import export_run
from jangteo.domains.settlement.actions.finish_run import finish_run
from jangteo.domains.settlement.actions.mark_paid import mark_paid
from jangteo.domains.settlement.actions.note_returned import note_returned
from jangteo.domains.settlement.actions.review_run import review_run
from jangteo.domains.settlement.actions.solve_break import solve_break
from jangteo.domains.settlement.billing import is_over, last_run, open_since
from jangteo.domains.settlement.business_days import ONE_DAY
from jangteo.domains.settlement.effects import DailyBooks
from jangteo.domains.settlement.models import DayClose, SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import RunState
from jangteo.domains.settlement.queries import open_breaks
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.project.simulate.stage import Stage
from jangteo.project.simulate.town import CHAIR, TREASURER


def close_day(stage: Stage) -> bool:
    """What comes round: every day that is over is held against what the gateways tell, and closed.

    What does not agree is a crash that nobody has come after yet; the treasurer says so. False where no day is over.
    """
    if not is_over(clock.calendar_day() - ONE_DAY):
        return False
    before = DayClose.objects.count()
    with stage.practices.reporting() as reporting:
        books = DailyBooks(reporting.listed, reporting.asked)
        books.run()
        if found := list(open_breaks()):
            for row in found:
                stage.seen[f"break: {row.kind}"] += 1
                solve_break(market=stage.market, actor=TREASURER, break_id=row.pk, note="결제사 화면을 봤어요")
            books.run()
    closed = DayClose.objects.count() - before
    stage.seen["day: closed"] += closed
    return closed > 0


def settle(stage: Stage) -> bool:
    """The run goes one step on; where there is none a new one is closed, perhaps after a night."""
    run = last_run()
    if run is None or run.state == RunState.RECONCILED or (run.state == RunState.APPROVED and not run.payout_won):
        return _begin(stage, run)
    match run.state:
        case RunState.CLOSED if stage.chance.random() < 0.2:
            drop_run(market=stage.market, actor=TREASURER, run_id=run.pk)
        case RunState.CLOSED:
            review_run(market=stage.market, actor=TREASURER, run_id=run.pk)
        case RunState.REVIEWED:
            actor = stage.chance.choice((TREASURER, CHAIR))
            approve_run(market=stage.market, actor=actor, run_id=run.pk)
        case RunState.APPROVED:
            export_run(market=stage.market, actor=CHAIR, run_id=run.pk)
        case RunState.EXPORTED:
            _hear_from_the_bank(stage, run)
        case _:
            finish_run(market=stage.market, actor=CHAIR, run_id=run.pk)
    return True


def _begin(stage: Stage, before: SettlementRun | None) -> bool:
    first, yesterday = open_since(before), clock.calendar_day() - ONE_DAY
    if first is None:
        return False
    if first <= yesterday and is_over(yesterday) and stage.chance.random() < 0.6:
        close_run(market=stage.market, actor=TREASURER, last=yesterday)
    else:
        stage.present.moment += timedelta(days=1)
    return True


def _hear_from_the_bank(stage: Stage, run: SettlementRun) -> None:
    lines = list(SettlementLine.objects.filter(run=run, payout_won__gt=0).order_by("pk"))
    if lines and stage.chance.random() < 0.8:
        note_returned(
            market=stage.market, actor=SYSTEM, line_id=stage.chance.choice(lines).pk, reason="no such account"
        )
    mark_paid(market=stage.market, actor=SYSTEM, run_id=run.pk)
