"""What must be true of the books. Plain SQL, so that it shares no mistake with the code."""

from __future__ import annotations

from django.db import connection

# Each query lists what is wrong; an empty answer is right.
_SOLD_PARTS = "('new', 'accepted', 'ready', 'handed_over')"
_AT_ANY_MOMENT = {
    "order without a stall's part": """
        SELECT o.id FROM ordering_order o LEFT JOIN ordering_stallpart p ON p.order_id = o.id WHERE p.id IS NULL""",
    "part without a line": """
        SELECT p.id FROM ordering_stallpart p LEFT JOIN ordering_line l ON l.part_id = p.id WHERE l.id IS NULL""",
    "order state without its move": """
        SELECT o.id FROM ordering_order o LEFT JOIN (SELECT DISTINCT ON (order_id) order_id, became FROM ordering_move
        WHERE part_id IS NULL ORDER BY order_id, id DESC) m ON m.order_id = o.id
        WHERE m.became IS DISTINCT FROM o.state""",
    "part state without its move": """
        SELECT p.id FROM ordering_stallpart p LEFT JOIN (SELECT DISTINCT ON (part_id) part_id, became
        FROM ordering_move ORDER BY part_id, id DESC) m ON m.part_id = p.id WHERE m.became IS DISTINCT FROM p.state""",
    "part out of step with its order": """
        SELECT p.id FROM ordering_stallpart p JOIN ordering_order o ON o.id = p.order_id WHERE NOT CASE
        -- A stall may have refused its part before the bank took the deposit back.
        WHEN o.state IN ('awaiting_payment', 'expired') THEN p.state = 'awaiting_payment' OR p.state = 'refused'
        AND EXISTS (SELECT FROM ordering_move m WHERE m.order_id = o.id AND m.part_id IS NULL AND m.was = 'placed')
        WHEN o.state = 'cancelled' THEN p.state IN ('cancelled', 'refused')
        WHEN o.state = 'closed' THEN p.state IN ('handed_over', 'refused', 'cancelled')
        ELSE p.state <> 'awaiting_payment' END""",
    "order not audited once": """
        SELECT o.id FROM ordering_order o LEFT JOIN kernel_auditrow a
        ON a.code = 'order.placed' AND a.subject = 'order:' || o.id GROUP BY o.id HAVING count(a.id) <> 1""",
    "order without the one answer to its request, or an answer without its order": """
        SELECT coalesce(o.id, k.id) FROM ordering_order o FULL JOIN kernel_keyedanswer k
        ON o.id = (k.answer ->> 'order_id')::bigint GROUP BY 1, o.id HAVING count(k.id) <> 1 OR o.id IS NULL""",
    "stall never told": """
        SELECT p.id FROM ordering_stallpart p JOIN ordering_move m ON m.part_id = p.id AND m.became = 'new'
        LEFT JOIN kernel_liveevent e ON e.kind = 'part_new' AND (e.payload ->> 'part')::bigint = p.id
        WHERE e.channel IS DISTINCT FROM 'stall:' || p.stall_id""",
    "card order without a payment, or a payment without one": """
        SELECT coalesce(o.id, y.id) FROM (SELECT * FROM ordering_order WHERE tender = 'card') o
        FULL JOIN payments_payment y ON y.order_ref = o.ref WHERE o.id IS NULL OR y.id IS NULL""",
    "card order handed on without money": """
        SELECT o.id FROM ordering_order o JOIN payments_payment y ON y.order_ref = o.ref
        WHERE y.captured_won = 0 AND o.state IN ('placed', 'closed')""",
    "count unlike its movements": """
        SELECT i.id FROM stock_stockitem i LEFT JOIN stock_stockmovement m ON m.item_id = i.id
        GROUP BY i.id HAVING i.on_hand <> coalesce(sum(m.delta), 0)""",
    "held unlike its open holds": """
        SELECT i.id FROM stock_stockitem i LEFT JOIN stock_stockhold h ON h.item_id = i.id AND h.state = 'open'
        GROUP BY i.id HAVING i.held <> coalesce(sum(h.quantity), 0)""",
    "hold that nobody waits for": """
        SELECT h.id FROM stock_stockhold h LEFT JOIN ordering_order o ON h.cause = 'order:' || o.ref
        WHERE h.state = 'open' AND o.state IS DISTINCT FROM 'awaiting_payment'""",
    "goods gone for another reason than an order's lines": f"""
        SELECT o.id FROM ordering_order o JOIN ordering_stallpart p ON p.order_id = o.id
        JOIN ordering_line l ON l.part_id = p.id JOIN stock_stockitem i ON i.good_id = l.good_id
        LEFT JOIN ordering_shortfall s ON s.line_id = l.id
        LEFT JOIN (SELECT item_id, cause, sum(delta) AS gone FROM stock_stockmovement GROUP BY item_id, cause) m
        ON m.item_id = i.id AND m.cause = 'order:' || o.ref
        WHERE CASE WHEN p.state IN {_SOLD_PARTS} THEN coalesce(s.quantity, 0) - coalesce(l.taken, l.quantity) ELSE 0 END
        <> coalesce(m.gone, 0)""",  # noqa: S608  # a constant of this file
    "ledger entry that does not balance": """
        SELECT e.id FROM ledger_entry e LEFT JOIN ledger_entryline l ON l.entry_id = e.id
        GROUP BY e.id HAVING coalesce(sum(l.amount_won), 1) <> 0""",
    "money at the gateway unlike the payments": """
        SELECT 0 WHERE (SELECT coalesce(sum(l.amount_won), 0) FROM ledger_entryline l JOIN ledger_entry e
        ON e.id = l.entry_id WHERE starts_with(l.account, 'clear:') AND e.kind IN ('capture', 'refund', 'correction'))
        <> (SELECT coalesce(sum(captured_won - refunded_won), 0) FROM payments_payment)""",
    "order account that its events do not explain": """
        SELECT y.id FROM payments_payment y
        LEFT JOIN (SELECT account, sum(amount_won) AS won FROM ledger_entryline GROUP BY account) a
        ON a.account = 'order:' || y.order_ref
        LEFT JOIN (SELECT e.cause, sum(l.amount_won) AS won FROM ledger_entry e JOIN ledger_entryline l
        ON l.entry_id = e.id WHERE e.kind = 'allocate' AND l.amount_won > 0 GROUP BY e.cause) h
        ON h.cause = 'order:' || y.order_ref
        LEFT JOIN (SELECT l.account, sum(l.amount_won) AS won FROM ledger_entry e JOIN ledger_entryline l
        ON l.entry_id = e.id WHERE starts_with(e.key, 'giveback:') GROUP BY 1) g ON g.account = 'order:' || y.order_ref
        WHERE coalesce(a.won, 0) <> y.refunded_won - y.captured_won + coalesce(h.won, 0) + coalesce(g.won, 0)""",
}
_WHEN_QUIET = {
    "money taken for an order that nobody has": """
        SELECT o.id FROM ordering_order o JOIN payments_payment y ON y.order_ref = o.ref
        WHERE y.captured_won > y.refunded_won AND o.state NOT IN ('placed', 'closed')""",
    "order over, yet its account is not empty": """
        SELECT o.id FROM ordering_order o JOIN ledger_entryline l ON l.account = 'order:' || o.ref
        WHERE o.state IN ('closed', 'cancelled', 'expired') GROUP BY o.id HAVING sum(l.amount_won) <> 0""",
    "refund that has not ended well": "SELECT id FROM payments_refund WHERE state <> 'done'",
    "effect that has not ended": "SELECT id FROM kernel_outboxrow WHERE status <> 'finished'",
}


def wrong_in_the_books(*, quiet: bool = True) -> list[tuple[str, int]]:
    """What is wrong and where (a row's id). `quiet`: all work is done, so that nothing may be left half-way either."""
    rules = {**_AT_ANY_MOMENT, **(_WHEN_QUIET if quiet else {})}
    names = list(rules)
    queries = (f"SELECT {n}, id FROM ({rules[name]}) AS wrong (id)" for n, name in enumerate(names))  # noqa: S608  # constants
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(queries))
        return [(names[number], row_id) for number, row_id in cursor.fetchall()]
