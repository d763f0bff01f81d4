"""What must be true of payments, matrices and refunds, asked of the tables and compared with the book."""

from __future__ import annotations

from jangteo.domains.ledger.invariants import Invariant, Wrong, count

# What we believe a gateway keeps is what the book says; a matrix is what its columns took, and of what went through a
# gateway what that one took. What left it is in the legs, less what was withheld for cashback that is spent, which the
# book has; and a leg through a gateway asked that one for exactly its amount.
_KEPT = """
WITH changed AS (
    SELECT giveback_id, tender_id, -sum(won) AS won FROM payments_cell WHERE giveback_id IS NOT NULL GROUP BY 1, 2
), took AS (
    SELECT tender_id, sum(won) AS won FROM payments_cell WHERE giveback_id IS NULL GROUP BY 1
), withheld AS (
    SELECT g.id AS giveback_id, sum(l.amount_won) AS won FROM payments_giveback g
    JOIN ledger_entry e ON e.key = 'clawback:' || g.order_ref || ':' || g.reason AND e.market_id = g.market_id
    JOIN ledger_entryline l ON l.entry_id = e.id AND l.account = 'order:' || g.order_ref GROUP BY 1
)
SELECT 'payment:' || p.order_ref, (p.captured_won - p.refunded_won)::text, coalesce(b.won, 0)::text || ' in the book'
FROM payments_payment p LEFT JOIN (
    SELECT e.cause, l.account, sum(l.amount_won) AS won FROM ledger_entryline l JOIN ledger_entry e ON e.id = l.entry_id
    WHERE starts_with(l.account, 'clear:') AND e.kind IN ('capture', 'refund', 'correction') GROUP BY 1, 2
) b ON b.cause = 'order:' || p.order_ref AND b.account = 'clear:' || p.gateway
WHERE coalesce(b.won, 0) <> p.captured_won - p.refunded_won
UNION ALL
SELECT 'tender:' || t.order_ref || ':' || t.key, t.won::text, coalesce(c.won, 0)::text || ' in the matrix'
FROM payments_tender t LEFT JOIN took c ON c.tender_id = t.id
WHERE coalesce(c.won, 0) <> t.won AND (t.state = 'captured' OR c.won IS NOT NULL)
UNION ALL
SELECT 'tender:' || t.order_ref || ':' || t.key, t.won::text, p.captured_won || ' at the gateway'
FROM payments_tender t JOIN took ON took.tender_id = t.id JOIN payments_payment p ON p.order_ref = t.order_ref
WHERE t.kind IN ('card', 'easy_pay', 'virtual_account') AND t.stall_id IS NULL AND t.state = 'captured'
AND p.captured_won NOT IN (0, t.won)
UNION ALL
SELECT 'giveback:' || c.giveback_id, sum(c.won) || ' out of the matrix',
    coalesce(sum(l.won), 0) || ' in legs, withheld ' || coalesce(max(w.won), 0)
FROM changed c FULL JOIN payments_givebackleg l ON l.giveback_id = c.giveback_id AND l.tender_id = c.tender_id
LEFT JOIN withheld w ON w.giveback_id = coalesce(c.giveback_id, l.giveback_id)
GROUP BY coalesce(c.giveback_id, l.giveback_id), c.giveback_id
HAVING coalesce(sum(c.won), 0) <> coalesce(sum(l.won), 0) + coalesce(max(w.won), 0)
OR bool_or(coalesce(l.won, 0) NOT BETWEEN 0 AND coalesce(c.won, 0))
UNION ALL
SELECT 'leg:' || l.id, l.won || ', without VAT ' || l.tax_free_won,
    coalesce(r.amount_won || ', without VAT ' || r.tax_free_won, 'nothing') || ' asked of the gateway'
FROM payments_givebackleg l LEFT JOIN payments_refund r ON r.id = l.refund_id
WHERE (l.refund_id IS NULL) <> (l.state <> 'sent') OR (l.won, l.tax_free_won) <> (r.amount_won, r.tax_free_won)
"""
_NEVER_MORE_BACK = """
SELECT 'cell:' || t.order_ref || ':' || t.key || ':' || c.line_key, '>= 0', sum(c.won)::text
FROM payments_cell c JOIN payments_tender t ON t.id = c.tender_id GROUP BY t.id, c.line_key HAVING sum(c.won) < 0
UNION ALL
SELECT 'payment:' || p.order_ref, '<= ' || p.captured_won, sum(r.amount_won) || ' to go back'
FROM payments_refund r JOIN payments_payment p ON p.id = r.payment_id WHERE r.state <> 'rejected'
-- Of a deposit that the bank took back nothing goes back any more, whatever was asked for before.
AND (r.state = 'done' OR NOT (p.pay_by = 'account' AND p.captures > 0 AND p.captured_won = 0))
GROUP BY p.id HAVING sum(r.amount_won) > p.captured_won
UNION ALL
SELECT 'refund:' || r.key, '<= ' || r.amount_won, r.tax_free_won || ' without VAT'
FROM payments_refund r WHERE r.tax_free_won > r.amount_won
"""
# However often a gateway says so. A deposit that was taken back and came again stands once: the first is reversed.
_TAKEN_ONCE = """
SELECT 'payment:' || p.order_ref, '1 capture', b.captures || ' captures' FROM payments_payment p JOIN (
    SELECT e.cause, l.account, count(*) - count(r.id) AS captures FROM ledger_entry e
    JOIN ledger_entryline l ON l.entry_id = e.id AND starts_with(l.account, 'clear:')
    LEFT JOIN ledger_entry r ON r.reverses_id = e.id WHERE e.kind = 'capture' GROUP BY 1, 2
) b ON b.cause = 'order:' || p.order_ref AND b.account = 'clear:' || p.gateway WHERE b.captures > 1
"""
# There are no coupons yet that could be counted; what is looked at is what coupons, points and cashback do in matrices:
# each column took what it paid of the account it names, once, and what it gave back went there again.
_PROMISED = """
WITH planned AS (
    SELECT t.order_ref, t.account,
        sum(CASE t.state WHEN 'captured' THEN t.won ELSE 0 END) - coalesce(sum(l.won), 0) AS won
    FROM payments_tender t LEFT JOIN (SELECT tender_id, sum(won) AS won FROM payments_givebackleg GROUP BY 1) l
    ON l.tender_id = t.id WHERE t.account <> '' GROUP BY 1, 2
), booked AS (
    SELECT substr(e.cause, 7) AS order_ref, l.account, sum(l.amount_won) AS won FROM ledger_entry e
    JOIN ledger_entryline l ON l.entry_id = e.id WHERE e.kind IN ('capture', 'refund')
    AND starts_with(e.cause, 'order:')
    AND split_part(l.account, ':', 1) IN ('subsidy', 'promo', 'points', 'giftcard', 'wallet', 'discount') GROUP BY 1, 2
)
SELECT 'order:' || order_ref || ' ' || account, coalesce(p.won, 0)::text, coalesce(b.won, 0)::text || ' in the book'
FROM planned p FULL JOIN booked b USING (order_ref, account) WHERE coalesce(p.won, 0) <> coalesce(b.won, 0)
"""

MONEY = (
    Invariant("I5", Wrong(_KEPT), count("payments_payment")),
    Invariant("I6", Wrong(_NEVER_MORE_BACK), count("payments_refund")),
    Invariant("I10", Wrong(_PROMISED), count("payments_tender WHERE account <> ''")),
    Invariant("I11", Wrong(_TAKEN_ONCE), count("kernel_inboxrow")),
)
