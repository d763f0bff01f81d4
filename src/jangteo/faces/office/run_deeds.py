"""What a button on a run's page does, and the page that says so."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from jangteo.domains.settlement.actions.approve_run import approve_run
from jangteo.domains.settlement.actions.drop_run import drop_run
from jangteo.domains.settlement.actions.export_run import export_run
from jangteo.domains.settlement.actions.finish_run import finish_run
from jangteo.domains.settlement.actions.mark_paid import mark_paid
from jangteo.domains.settlement.actions.review_run import review_run
from jangteo.domains.settlement.actions.send_run import send_run
from jangteo.domains.settlement.modes import RunState
from jangteo.faces._parts.devices import AtOffice
from jangteo.faces.office.done import went_well

Deed = Callable[[AtOffice, int], HttpResponse]


def _review(at: AtOffice, run_id: int) -> HttpResponse:
    review_run(market=at.market, actor=at.actor, run_id=run_id)
    return went_well("run_reviewed", "office:run", run_id)


def _approve(at: AtOffice, run_id: int) -> HttpResponse:
    run = approve_run(market=at.market, actor=at.actor, run_id=run_id)
    done = "run_approved" if run.state == RunState.APPROVED else "run_half_approved"
    return went_well(done, "office:run", run_id)


def _drop(at: AtOffice, run_id: int) -> HttpResponse:
    drop_run(market=at.market, actor=at.actor, run_id=run_id)
    return went_well("run_dropped", "office:settlements")


def _export(at: AtOffice, run_id: int) -> HttpResponse:
    export_run(market=at.market, actor=at.actor, run_id=run_id)
    return went_well("run_exported", "office:run", run_id)


def _send(at: AtOffice, run_id: int) -> HttpResponse:
    send_run(market=at.market, actor=at.actor, run_id=run_id)
    return went_well("run_sent", "office:run", run_id)


def _send_ready(at: AtOffice, run_id: int) -> HttpResponse:
    send_run(market=at.market, actor=at.actor, run_id=run_id, ready_only=True)
    return went_well("run_sent", "office:run", run_id)


def _paid(at: AtOffice, run_id: int) -> HttpResponse:
    mark_paid(market=at.market, actor=at.actor, run_id=run_id)
    return went_well("run_paid", "office:run", run_id)


def _finish(at: AtOffice, run_id: int) -> HttpResponse:
    finish_run(market=at.market, actor=at.actor, run_id=run_id)
    return went_well("run_finished", "office:run", run_id)


DEEDS: dict[str, Deed] = {
    "review": _review,
    "approve": _approve,
    "drop": _drop,
    "export": _export,
    "send": _send,
    "send_ready": _send_ready,
    "paid": _paid,
    "finish": _finish,
}
