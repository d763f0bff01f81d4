"""What a simulation looks at, after each step and at the end."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.db import connection

from jangteo.domains.ledger.closing import book_hash
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import Snapshot
from jangteo.domains.settlement.billing import open_bills
from jangteo.domains.settlement.models import SettlementLine
from jangteo.domains.settlement.modes import RunState
from jangteo.kernel.models import OutboxRow
from jangteo.project.invariants import all_breaches
from jangteo.project.simulate.gateways import Practices
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
UNION ALL SELECT 'coupon of order:' || o.ref, 'free', p.state FROM promotions_couponpiece p
JOIN ordering_order o ON o.ref = p.order_ref WHERE p.state = 'taken' AND o.state IN ('cancelled', 'expired')
UNION ALL SELECT 'coupon of sale:' || s.id, 'free', p.state FROM promotions_couponpiece p
JOIN counter_countersale s ON s.ref = p.order_ref
WHERE p.state = 'taken' AND s.state IN ('denied', 'expired', 'refunded')
UNION ALL SELECT 'count:' || c.coupon_id || ' ' || c.scope, count(p.id)::text, c.used::text
FROM promotions_couponcount c JOIN promotions_coupon k ON k.id = c.coupon_id
LEFT JOIN promotions_couponpiece p ON p.coupon_id = c.coupon_id AND CASE k.form WHEN 'open' THEN p.state = 'taken'
    OR (p.state = 'ended' AND NOT EXISTS (SELECT 1 FROM promotions_piecemove m WHERE m.piece_id = p.id
        AND m.became = 'ended')) ELSE true END
WHERE c.scope = 'all' GROUP BY c.id HAVING count(p.id) <> c.used
UNION ALL SELECT 'order:' || o.ref, 'its money back', (p.captured_won - p.refunded_won)::text FROM ordering_order o
JOIN payments_payment p ON p.order_ref = o.ref
WHERE p.captured_won > p.refunded_won AND o.state IN ('cancelled', 'expired')
"""
# Of what was handed over or paid across the counter, by who bears it. A stall's own money goes by one name there.
_BORNE = """
SELECT c.stall_id, CASE WHEN t.account LIKE 'subsidy:%' THEN t.account ELSE 'stall' END, sum(c.won)
FROM payments_cell c JOIN payments_tender t ON t.id = c.tender_id
WHERE (t.account LIKE 'subsidy:%' OR t.account LIKE 'discount:stall:%' OR t.account LIKE 'points:%:stall-%')
AND (t.order_ref IN (
    SELECT o.ref FROM ordering_order o JOIN ordering_stallpart p ON p.order_id = o.id
    WHERE p.stall_id = c.stall_id AND p.state = 'handed_over'
) OR t.order_ref IN (SELECT ref FROM counter_countersale))
GROUP BY 1, 2
"""


def at_any_moment() -> list[Found]:
    """Every invariant of the book."""
    return [(name, breach.subject, breach.expected, breach.found) for name, breach in all_breaches(BREACHES)]


def at_rest() -> list[Found]:
    """What would be wrong only if nothing were under way any more."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT_HALF_WAY)
        return [("rest", *row) for row in cursor.fetchall()] + who_bears()


def at_the_gateways(practices: Practices) -> list[Found]:
    """I5, the other half: what each gateway itself says it keeps of each payment."""
    found = []
    for payment in Payment.objects.order_by("pk"):
        ours, theirs = (
            payment.captured_won - payment.refunded_won,
            _kept_won(practices.gateways[payment.gateway].read_order(order_ref=payment.order_ref)),
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


def who_bears() -> list[Found]:
    """What statements say who bears of coupons and of stalls' own points, against what is left in the matrices."""
    market = Market.objects.get()
    told: Counter[tuple[int, str]] = Counter()
    closed = SettlementLine.objects.exclude(run__state=RunState.DROPPED).values_list("stall_id", "coupons")
    opened = ((stall, one.statement.coupons) for stall, one in open_bills(market).items())
    for stall, coupons in (*closed, *opened):
        for funder, won in coupons.items():
            told[stall, funder] += won
    with connection.cursor() as cursor:
        cursor.execute(_BORNE)
        kept = Counter({(int(stall), str(funder)): int(won) for stall, funder, won in cursor.fetchall()})
    return [
        ("borne", f"stall:{stall} {funder}", str(kept[stall, funder]), str(told[stall, funder]))
        for stall, funder in sorted(kept.keys() | told.keys())
        if kept[stall, funder] != told[stall, funder]
    ]
