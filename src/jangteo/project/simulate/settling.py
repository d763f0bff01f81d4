"""The association closes its days and pays the stalls out."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.settlement.actions import close_day as closing
from jangteo.domains.settlement.actions.approve_run import approve_run
from jangteo.domains.settlement.actions.close_run import close_run
from jangteo.domains.settlement.actions.drop_run import drop_run
from jangteo.domains.settlement.actions.export_run import export_run
from jangteo.domains.settlement.actions.finish_run import finish_run
from jangteo.domains.settlement.actions.mark_paid import mark_paid
from jangteo.domains.settlement.actions.note_returned import note_returned
from jangteo.domains.settlement.actions.review_run import review_run
from jangteo.domains.settlement.billing import is_over, last_run, open_since
from jangteo.domains.settlement.business_days import ONE_DAY
from jangteo.domains.settlement.models import DayClose, SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import RunState
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.project.simulate.stage import Stage
from jangteo.project.simulate.town import CHAIR, TREASURER


def close_day(stage: Stage) -> bool:
    """The next day that is over and not closed."""
    last = DayClose.objects.order_by("-day").first()
    day = last.day + ONE_DAY if last else open_since(None)
    if day is None or not is_over(day):
        return False
    closing.close_day(market=stage.market, actor=TREASURER, day=day)
    return True


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
    if lines and stage.chance.random() < 0.5:
        note_returned(
            market=stage.market, actor=SYSTEM, line_id=stage.chance.choice(lines).pk, reason="no such account"
        )
    mark_paid(market=stage.market, actor=SYSTEM, run_id=run.pk)
