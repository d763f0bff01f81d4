"""Ten counted goods of four stalls that everybody wants, and what must be true of their counts."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from jangteo.domains.catalog.actions.put_up_good import NewGood, put_up_good
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.kernel.audit import SYSTEM
from tests.world import World

NAMES = ("꽁치", "동태", "시금치", "콩나물", "애호박", "유부", "순두부", "깻잎무침", "멸치볶음", "오이소박이")

_RECEIVE = """
WITH wanted (good_id, on_hand) AS (SELECT * FROM unnest(%s::bigint[], %s::int[])),
     changed AS (UPDATE stock_stockitem i SET on_hand = greatest(w.on_hand, i.held)
                 FROM wanted w JOIN stock_stockitem was ON was.good_id = w.good_id
                 WHERE i.good_id = w.good_id RETURNING i.id, i.market_id, i.on_hand - was.on_hand AS delta)
INSERT INTO stock_stockmovement (market_id, item_id, delta, reason, cause, at)
SELECT market_id, id, delta, 'received', 'seed', now() FROM changed WHERE delta <> 0"""

_UNTRUE = """
SELECT i.good_id, i.on_hand, i.held, m.total, m.received, h.held, l.sold FROM stock_stockitem i
JOIN (SELECT item_id, sum(delta) AS total, sum(delta) FILTER (WHERE reason IN ('received', 'counted')) AS received
      FROM stock_stockmovement GROUP BY item_id) m ON m.item_id = i.id
LEFT JOIN (SELECT item_id, sum(quantity) AS held FROM stock_stockhold WHERE state = 'open' GROUP BY item_id) h
  ON h.item_id = i.id
LEFT JOIN (SELECT l.good_id, sum(l.quantity) AS sold FROM ordering_line l JOIN ordering_stallpart p ON p.id = l.part_id
           WHERE p.state IN ('new', 'accepted', 'ready', 'handed_over') GROUP BY l.good_id) l ON l.good_id = i.good_id
WHERE i.on_hand < i.held OR i.held < 0 OR i.on_hand <> m.total OR i.held <> coalesce(h.held, 0)
   OR coalesce(l.sold, 0) + i.on_hand <> m.received"""


def put_up(world: World) -> list[int]:
    """The ids of the goods, none in stock yet."""
    stalls = [world.fish, world.greens, world.tofu_stall, world.stranger]
    ids = []
    for number, name in enumerate(NAMES):
        stall = stalls[number * len(stalls) // len(NAMES)]
        new = NewGood(
            stall_id=stall.pk,
            kind_id=stall.kind_id,
            name=name,
            unit="1팩",
            origin="국산",
            price_won=3000,
            tax="exempt",
            picture="fish",
        )
        good = put_up_good(market=world.market, actor=SYSTEM, new=new)
        count_stock(market=world.market, actor=SYSTEM, good_id=good.pk, on_hand=1)
        ids.append(good.pk)
    return ids


def receive(counts: Mapping[int, int]) -> None:
    """Let so many of each good be there; what is held for checkouts stays."""
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVE, [list(counts), list(counts.values())])


def untrue_counts() -> list[object]:
    """Goods whose count is not the sum of its movements, whose holds do not add up, or of which
    what was sold and what is left is not what was received."""
    with connection.cursor() as cursor:
        cursor.execute(_UNTRUE)
        return list(cursor.fetchall())


def deadlocks() -> int:
    """How many the database has had to break up in our database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_force_next_flush(), deadlocks FROM pg_stat_database WHERE datname = current_database()"
        )
        return int(cursor.fetchone()[1])
