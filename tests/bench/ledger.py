"""What the ledger costs beside the disk: entries a second, against commits of one row on the same server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection, transaction

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.closing import book_hash
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from jangteo.project.database import connect_params
from jangteo.project.invariants import INVARIANTS
from jangteo.project.simulate import town
from jangteo.project.simulate.scratch import pointed_to
from jangteo.project.tables import bring_up_to_date
from tests.bench.tables import Row, Table

SECONDS, ROUNDS = 1.0, 3
LEAST_RATIO = 0.1
ENTRIES = 100_000
MOST_SECONDS = 5.0

# Entries as `post_entry` writes them, digest and all, only quicker.
_FILL = """
WITH made AS (
    INSERT INTO ledger_entry (market_id, key, digest, kind, cause, actor_ref, at)
    SELECT %(market)s, 'bench:' || n, encode(sha256(convert_to('["capture", "order:bench' || n
    || '", [["clear:toss", ' || n || '], ["order:bench' || n || '", -' || n || ']]]', 'UTF8')), 'hex'),
    'capture', 'order:bench' || n, 'system', now() - interval '1 day' FROM generate_series(1, %(entries)s) n
    RETURNING id, cause, substr(key, 7)::bigint AS won
)
INSERT INTO ledger_entryline (market_id, entry_id, account, amount_won)
SELECT %(market)s, id, account, amount FROM made,
LATERAL (VALUES ('clear:toss', won), (cause, -won)) AS line (account, amount)
"""


def run() -> list[Table]:
    """In a database of its own on the server of the bench, which writes to disk as in a market."""
    with _fresh() as market:
        speed = _speed(market)
        with connection.cursor() as cursor:
            cursor.execute(_FILL, {"market": market.pk, "entries": ENTRIES})
            cursor.execute("ANALYZE")
        return [speed, _proof(market)]


@contextmanager
def _fresh() -> Iterator[Market]:
    server = {name: str(connection.settings_dict[name]) for name in ("HOST", "PORT", "USER", "PASSWORD")}
    with pointed_to(server, "bench_ledger"):
        bring_up_to_date()
        town.build()
        yield Market.objects.get()


def _speed(market: Market) -> Table:
    deeds = {
        "commits of one row": _bare(),
        "entries of two lines": lambda n: _post(market, NewEntry(f"two:{n}", "capture", f"o:{n}", _two(n))),
        "entries on one account with a floor": lambda n: _post(
            market, NewEntry(f"one:{n}", "load", "bench", _limited())
        ),
    }
    done = dict.fromkeys(deeds, 0)
    # In turn, so that whatever else the machine does slows all of them down.
    for _ in range(ROUNDS):
        for name, deed in deeds.items():
            done[name] += _as_often_as_it_goes(deed, done[name])
    bare = done["commits of one row"]
    rows = [Row(f"{name} a second", times / SECONDS / ROUNDS, "") for name, times in done.items()]
    rows += [
        Row(f"{name}, in commits of one row", times / bare, "", least=LEAST_RATIO)
        for name, times in done.items()
        if times != bare
    ]
    return Table("The ledger, one writer", rows)


def _bare() -> Callable[[int], None]:
    line = psycopg.connect(**connect_params())
    line.execute("CREATE TABLE bare (n bigint)")
    line.commit()

    def insert(n: int) -> None:
        line.execute("INSERT INTO bare VALUES (%s)", [n])
        line.commit()

    return insert


def _post(market: Market, entry: NewEntry) -> None:
    with in_market(market.pk), transaction.atomic(durable=True):
        post_entry(market_id=market.pk, actor=SYSTEM, entry=entry)


def _two(n: int) -> dict[str, int]:
    return {"clear:toss": 1_000, f"order:{n}": -1_000}


def _limited() -> dict[str, int]:
    return {"bank:main": 1_000, "points:1": -1_000}


def _as_often_as_it_goes(deed: Callable[[int], None], first: int) -> int:
    times, until = 0, time.perf_counter() + SECONDS
    while time.perf_counter() < until:
        deed(first + times)
        times += 1
    return times


def _proof(market: Market) -> Table:
    began = time.perf_counter()
    breaches = sum(len(one.breaches()) for one in INVARIANTS)
    verified = time.perf_counter()
    book_hash(market.pk, clock.now())
    hashed = time.perf_counter()
    rows = [
        Row("breaches", breaches, "", most=0, least=0),
        Row("every invariant", verified - began, "s", most=MOST_SECONDS),
        Row("the hash of the book", hashed - verified, "s", most=MOST_SECONDS),
    ]
    return Table(f"A book of {ENTRIES:,} entries proves itself", rows)
