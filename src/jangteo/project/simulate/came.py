"""What a run has brought about, counted in the tables: so that nobody has to believe what steps say of themselves."""

from __future__ import annotations

from collections import Counter

from django.db import connection

_COUNTED = """
SELECT 'entry: ' || kind, count(*) FROM ledger_entry GROUP BY 1
UNION ALL SELECT 'hold: ' || state, count(*) FROM ledger_hold GROUP BY 1
UNION ALL SELECT 'payment: ' || gateway || CASE pay_by WHEN 'account' THEN ' account ' ELSE ' ' END || state, count(*)
    FROM payments_payment GROUP BY 1
UNION ALL SELECT 'refund: ' || p.gateway || CASE p.pay_by WHEN 'account' THEN ' account ' ELSE ' ' END || r.state,
    count(*) FROM payments_refund r JOIN payments_payment p ON p.id = r.payment_id GROUP BY 1
UNION ALL SELECT 'tender: ' || kind || ' ' || state, count(*) FROM payments_tender GROUP BY 1
UNION ALL SELECT 'tenders of an order: ' || n, count(*) FROM (
    SELECT count(*) AS n FROM payments_tender WHERE state <> 'void' GROUP BY order_ref) o GROUP BY 1
UNION ALL SELECT 'giveback: ' || precedence, count(*) FROM payments_giveback GROUP BY 1
UNION ALL SELECT 'giveback leg: ' || t.kind || ' to ' || l.to, count(*) FROM payments_givebackleg l
    JOIN payments_tender t ON t.id = l.tender_id GROUP BY 1
UNION ALL SELECT 'cashback: ' || CASE WHEN taken_back_won > from_promo_won THEN 'taken back, some of it spent'
    WHEN taken_back_won > 0 THEN 'taken back' WHEN expired_won > 0 THEN 'expired' WHEN ended_at IS NULL THEN 'open'
    ELSE 'spent' END, count(*) FROM payments_cashbackgrant GROUP BY 1
UNION ALL SELECT 'coupon: ' || form || ' ' || state, count(*) FROM promotions_couponpiece p
    JOIN promotions_coupon c ON c.id = p.coupon_id GROUP BY 1
UNION ALL SELECT 'coupon of ' || split_part(account, ':', 2) || ' ' || state, count(*) FROM payments_tender
    WHERE kind = 'coupon' GROUP BY 1
UNION ALL SELECT 'piece: ' || form || ', ' || back || ': ' || was || ' to ' || became || CASE
    WHEN was <> 'taken' THEN '' WHEN m.order_ref IN (SELECT order_ref FROM payments_giveback) THEN ', refunded'
    ELSE ', unpaid' END, count(*) FROM promotions_piecemove m JOIN promotions_couponpiece p ON p.id = m.piece_id
    JOIN promotions_coupon c ON c.id = p.coupon_id GROUP BY 1
UNION ALL SELECT 'coupon at a limit: ' || split_part(scope, ':', 1), count(*) FROM promotions_couponcount
    WHERE used = most GROUP BY 1
UNION ALL SELECT 'points of ' || split_part(split_part(account, ':', 3), '-', 1) || ' ' || state, count(*)
    FROM payments_tender WHERE account LIKE 'points:%' GROUP BY 1
UNION ALL SELECT 'points: ' || CASE WHEN taken_back_won > 0 THEN 'taken back' WHEN expired_won > 0 THEN 'expired'
    WHEN ended_at IS NULL THEN 'open' ELSE 'spent' END, count(*) FROM promotions_pointgrant GROUP BY 1
UNION ALL SELECT 'order: ' || state, count(*) FROM ordering_order GROUP BY 1
UNION ALL SELECT 'fee of ' || CASE WHEN s.municipality_won > 0 THEN 'the town' WHEN s.stalls_won = s.total_won
    THEN 'the stalls' WHEN s.stalls_won > 0 THEN 'both' ELSE 'the customer' END || ': ' || o.state, count(*)
    FROM delivery_seat s JOIN ordering_order o ON o.id = s.order_id GROUP BY 1
UNION ALL SELECT 'fee part: ' || state, count(*) FROM ordering_stallpart WHERE is_fee GROUP BY 1
UNION ALL SELECT 'fee given back: ' || p.state, count(*) FROM ordering_stallpart p
    JOIN ordering_order o ON o.id = p.order_id JOIN ordering_line l ON l.part_id = p.id
    JOIN payments_tender t ON t.order_ref = o.ref JOIN payments_cell c ON c.tender_id = t.id AND c.line_key = l.id::text
    WHERE p.is_fee AND c.won < 0 GROUP BY 1
UNION ALL SELECT 'sale: ' || coalesce(nullif(way, ''), 'no way') || ' ' || state, count(*)
    FROM counter_countersale GROUP BY 1
UNION ALL SELECT 'shortfall: ' || state, count(*) FROM ordering_shortfall GROUP BY 1
UNION ALL SELECT 'run: ' || state, count(*) FROM settlement_settlementrun GROUP BY 1
UNION ALL SELECT 'statement: ' || CASE WHEN carried_out_won > 0 THEN 'the stall owes' WHEN carried_in_won > 0
    THEN 'a debt is taken off' WHEN left_in_won > 0 THEN 'what came back goes out again'
    WHEN late_refunds_won > 0 THEN 'refunds after pay-out' WHEN payout_won > 0 THEN 'paid' ELSE 'nothing to pay' END,
    count(*) FROM settlement_settlementline GROUP BY 1
UNION ALL SELECT 'pay-out: ' || outcome, count(*) FROM settlement_lineoutcome GROUP BY 1
"""


def came_of() -> Counter[str]:
    """By kind, as it stands now."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        return Counter({str(kind): int(number) for kind, number in cursor.fetchall()})


def book_bytes() -> int:
    """What the rows of the book take."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT coalesce(sum(pg_column_size(e.*)), 0) FROM ledger_entry e)"
            " + (SELECT coalesce(sum(pg_column_size(l.*)), 0) FROM ledger_entryline l)"
        )
        return int(cursor.fetchone()[0])
