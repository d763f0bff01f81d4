"""The worker as a process of its own, while its database goes away under it."""

from __future__ import annotations

import time
from pathlib import Path

import psycopg
import pytest

from tests.serving import Served

ITS_WORK = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
ITS_EAR = "query LIKE 'LISTEN%'"
PATIENCE_SECONDS = 15


def found(database: psycopg.Connection[tuple[object, ...]], condition: str, known: set[object]) -> set[object]:
    """Processes of the server that work for the worker and are not among the known ones, as soon as there are any."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        pids = {pid for (pid,) in database.execute(f"{ITS_WORK} AND {condition}")} - known
        if pids:
            return pids
        time.sleep(0.05)
    raise AssertionError(f"no connection where {condition}")


@pytest.mark.parametrize("lost", [f"NOT {ITS_EAR}", ITS_EAR])
def test_a_worker_that_loses_a_connection_takes_a_new_one(committed_db: str, tmp_path: Path, lost: str) -> None:
    with psycopg.connect(committed_db, autocommit=True) as database, Served("worker", tmp_path / "log"):
        found(database, ITS_EAR, set())
        before = found(database, lost, set())

        for pid in before:
            database.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

        # Nobody starts it again: who connects is the same process.
        found(database, lost, before)
