"""What a simulation looks at, after each step and at the end."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from jangteo.domains.ledger.closing import book_hash
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import Snapshot
from jangteo.kernel.models import OutboxRow
from jangteo.project.invariants import all_breaches
from jangteo.project.simulate.scratch import BREACHES
from jangteo.project.simulate.stage import Stage

# (rule, subject, expected, found)
Found = tuple[str, str, str, str]

_LEFT_HALF_WAY = """
SELECT 'effect:' || key, 'finished', status || ' ' || note FROM kernel_outboxrow WHERE status <> 'finished'
AND note <> 'the bank took the deposit back'
-- A deposit that the bank took back takes along what was to be refunded of it.
UNION ALL SELECT 'refund:' || r.key, 'done', r.state FROM payments_refund r JOIN payments_payment p
ON p.id = r.payment_id WHERE r.state <> 'done' AND (p.captures = 0 OR p.captured_won > 0)
UNION ALL SELECT 'payment:' || order_ref, 'an ending', state FROM payments_payment
WHERE state IN ('requested', 'unknown', 'waiting_deposit')
UNION ALL SELECT 'hold:' || key, 'ended', state FROM ledger_hold WHERE state = 'open'
UNION ALL SELECT 'order:' || o.ref, 'its money back', (p.captured_won - p.refunded_won)::text FROM ordering_order o
JOIN payments_payment p ON p.order_ref = o.ref
WHERE p.captured_won > p.refunded_won AND o.state IN ('cancelled', 'expired')
"""


def at_any_moment() -> list[Found]:
    """Every invariant of the book."""
    return [(name, breach.subject, breach.expected, breach.found) for name, breach in all_breaches(BREACHES)]


def at_rest() -> list[Found]:
    """What would be wrong only if nothing were under way any more."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT_HALF_WAY)
        return [("rest", *row) for row in cursor.fetchall()]


def at_the_gateways(stage: Stage) -> list[Found]:
    """I5, the other half: what each gateway itself says it keeps of each payment."""
    found = []
    for payment in Payment.objects.order_by("pk"):
        ours, theirs = (
            payment.captured_won - payment.refunded_won,
            _kept_won(stage.practices.gateways[payment.gateway].read_order(order_ref=payment.order_ref)),
        )
        if ours != theirs:
            found.append(("I5", f"payment:{payment.order_ref}", str(ours), f"{theirs} at the gateway"))
    return found


def _kept_won(seen: Snapshot | None) -> int:
    return 0 if seen is None or seen.approved_at is None else seen.balance_won


def replayed(stage: Stage) -> list[Found]:
    """I11: every message heard again, in any order, leaves the book as it was."""
    until = stage.present.moment + timedelta(days=1)
    before = book_hash(stage.market.pk, until)
    heard = OutboxRow.objects.filter(topic="payment.hint").order_by("pk")
    again = list(heard) * 2
    stage.chance.shuffle(again)
    for message in again:
        stage.card.read_hint(message)
    after = book_hash(stage.market.pk, until)
    return [] if before == after else [("I11", "book", before, after)]
