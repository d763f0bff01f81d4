"""Customers in the windows of gateways, the worker behind them, and the messages that come in between.

A step answers False when there was nothing to do it to. A refusal of the product is an ordinary outcome.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.actions.receive_webhook import receive_webhook
from jangteo.domains.payments.gateways import takes_by_itself
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown
from jangteo.domains.payments.queries import MONEY_MAY_COME_FOR
from jangteo.domains.payments.states import AUTHORISABLE
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.project.simulate.gateways import CUSTOMER, Letter
from jangteo.project.simulate.stage import Stage

T = TypeVar("T")

CLAIMS = ("DONE", "CANCELED", "PARTIAL_CANCELED", "EXPIRED", "ABORTED", "WAITING_FOR_DEPOSIT")


def authorise(stage: Stage) -> bool:
    """The customer agrees in the gateway's window and comes back, with what they should bring or something else."""
    unpaid = Payment.objects.filter(captured_won=0).order_by("pk")
    waiting = [one for one in unpaid if one.state in AUTHORISABLE or stage.chance.random() < 0.2]
    if (payment := any_of(stage, waiting)) is None:
        return False
    try:
        payment_key = stage.practices.by_name[payment.gateway].agree(stage.market, payment)
    except (GatewayRejected, GatewayUnknown):
        stage.seen["window: does not open"] += 1
        return True
    if stage.chance.random() < 0.1:
        stage.seen["window: closed afterwards"] += 1
        write_late(stage, payment)
        return True
    brought = payment.amount_won - (stage.chance.random() < 0.1)
    note_authorisation(
        market=stage.market, actor=CUSTOMER, order_ref=payment.order_ref, payment_key=payment_key, amount_won=brought
    )
    if stage.chance.random() < 0.6:
        # The worker is there at once, as mostly.
        stage.work()
    return True


def write_late(stage: Stage, payment: Payment) -> None:
    """Days after the end nobody asks any more: then only the gateway tells of its money, and it writes until heard."""
    asked_until = payment.changed_at + MONEY_MAY_COME_FOR
    if takes_by_itself(payment.gateway) and asked_until < clock.now():
        letter = stage.practices.writing[payment.gateway].letter(payment, "DONE", stage.number())
        stage.unheard.append(letter)


def work(stage: Stage) -> bool:
    return stage.work() > 0


def work_with_faults(stage: Stage) -> bool:
    """The next calls to each gateway go wrong, each in its own way."""
    if not OutboxRow.objects.filter(status="queued", run_at__lte=clock.now()).exists():
        return False
    for name, practice in stage.practices.by_name.items():
        for kind, faults in practice.faults.items():
            fault = stage.chance.choice(faults)
            practice.dial.next_up(kind, fault)
            stage.seen[f"fault: {name} {kind} {fault}"] += 1
    return stage.work() > 0


def change_gateway(stage: Stage) -> None:
    """Cards go through another gateway from now on; what was begun with the first ends there."""
    stage.offer(stage.chance.choice(("toss", "portone")))


def sweep(stage: Stage) -> None:
    stage.sweep()


def post(stage: Stage) -> bool:
    """A webhook comes: true, forged, again, late, or overtaken by another."""
    writing = stage.practices.writing
    payments = [one for one in Payment.objects.order_by("pk") if one.gateway in writing]
    if (payment := any_of(stage, payments)) is None:
        return False
    practice, claim = writing[payment.gateway], stage.chance.choice(CLAIMS)
    letter = practice.letter(payment, claim, stage.number())
    if practice.signs:
        deliver(stage, replace(letter, forged=True))
    stage.letters.append(letter)
    for _ in range(stage.chance.randint(0, 3)):
        deliver(stage, stage.chance.choice(stage.letters))
    return True


def deliver(stage: Stage, letter: Letter) -> None:
    """The program hears it, and believes it or not."""
    practice = stage.practices.writing[letter.gateway]
    try:
        hint = practice.gateway.parse_webhook(body=letter.body, headers=practice.headers(letter))
    except ValueError:
        stage.seen[f"webhook: {letter.gateway} signed by a stranger"] += 1
        return
    is_new = receive_webhook(
        market=stage.market, actor=SYSTEM, source=practice.gateway.name, hint=hint, body=letter.body
    )
    stage.seen[f"webhook: {letter.gateway} {'new' if is_new else 'again'}"] += 1


def wait(stage: Stage) -> None:
    stage.present.moment += timedelta(seconds=stage.chance.choice((5, 40, 130, 400, 700, 2_000)))


def any_of(stage: Stage, rows: list[T]) -> T | None:
    """Mostly one of the newest: what is old has mostly been decided."""
    if not rows:
        return None
    return stage.chance.choice(rows[-4:] if stage.chance.random() < 0.8 else rows)
