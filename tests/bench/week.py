"""A market's week from a seed: 150 orders a day, closed stalls, drop-outs, wrong weights, nobody at the door."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections

from jangteo.project.simulate.scratch import PREPARED, pointed_to, scratch
from tests.bench.tables import Row, Table
from tests.week.checks import Found
from tests.week.play import Outcome, play
from tests.week.town import build

SEED, DAYS, ORDERS = 1, 7, 150
COUNTED = (
    "cancelled by the customer",
    "refused by a stall: closing",
    "refused by a stall: sold_out",
    "refused by a stall: too_busy",
    "weighed",
    "weight corrected afterwards",
    "tours",
    "missing: another good",
    "missing: paid back",
    "missing: refund",
    "handed out at the hub",
    "waves",
    "dropped out",
    "plans",
    "left over by a plan",
    "lack at the door",
    "sent out again",
    "ended with money back",
    "ended, paid",
)


def run() -> list[Table]:
    """One week in a market of its own, over a card gateway that answers over HTTP."""
    began = time.perf_counter()
    with _alone():
        outcome = play(SEED, build(), days=DAYS, orders=ORDERS)
    seconds = time.perf_counter() - began
    rows = [
        Row("orders", outcome.orders, "", least=DAYS * ORDERS * 0.9),
        *(Row(f"ended: {state}", number, "") for state, number in sorted(outcome.ended.items())),
        Row("brought to the door", outcome.brought, ""),
        Row("within the first promise", outcome.on_time / 10, "%"),
        Row("within the last promise said", outcome.kept / 10, "%"),
        Row("promises said anew", outcome.said_anew, ""),
        Row("in a round with others", outcome.pooled / 10, "%"),
        Row("with another at the same door", outcome.same_door / 10, "%"),
        *(Row(what, outcome.seen[what], "") for what in COUNTED),
        Row("orders or won unaccounted for", len(outcome.wrong), "", most=0),
        Row("seconds", seconds, "s"),
    ]
    return [Table(f"A week from seed {SEED}", rows, [f"digest {outcome.digest}", *_told(outcome)])]


def _told(outcome: Outcome) -> list[str]:
    return [_words(one) for one in outcome.wrong[:10]]


def _words(one: Found) -> str:
    rule, subject, expected, found = one
    return f"{rule} {subject}: {expected}, found {found}"


@contextmanager
def _alone() -> Iterator[None]:
    """An empty market's database on a server without a disk to wait for."""
    logging.disable(logging.CRITICAL)  # what goes wrong is on purpose
    folder = Path(settings.VAR) / "week"
    try:
        with (
            scratch(folder, lambda: None) as prepared,
            pointed_to(prepared.server, f"{PREPARED}_week", PREPARED),
        ):
            yield
            connections.close_all()
    finally:
        logging.disable(logging.NOTSET)
