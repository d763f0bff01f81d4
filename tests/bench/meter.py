"""What an installation spends, as the machine and PostgreSQL themselves count it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import psycopg

from jangteo.project.cluster import ROLE, Cluster
from tests.usage import usage_of

IDLE_SECONDS = 5.0
# How PostgreSQL looks up the other end of a foreign key at COMMIT. Nobody sends these, yet they are counted like
# statements because they run outside of any.
_KEY_CHECK = "SELECT % FROM ONLY % x WHERE % FOR KEY SHARE OF x"


@dataclass(frozen=True, slots=True)
class Spent:
    """What passed: seconds, SQL statements (BEGIN and COMMIT too), foreign keys that PostgreSQL checked by itself,
    milliseconds of CPU by process, and how often each statement ran."""

    seconds: float
    statements: float
    key_checks: float
    cpu_ms: Mapping[str, float]
    runs: Mapping[str, int]

    def without(self, idle: Spent) -> Spent:
        """The same, less what would have been spent in that time anyway."""
        share = self.seconds / idle.seconds
        cpu_ms = {name: ms - idle.cpu_ms[name] * share for name, ms in self.cpu_ms.items()}
        statements = self.statements - idle.statements * share
        return Spent(self.seconds, statements, self.key_checks - idle.key_checks * share, cpu_ms, self.runs)


class Meter:
    """Reads an installation. `pids` names the first process of each of its parts."""

    def __init__(self, cluster: Cluster, pids: Mapping[str, int]) -> None:
        postmaster = int((cluster.data / "postmaster.pid").read_text().split()[0])
        self._pids = {**pids, "PostgreSQL": postmaster}
        # As another role than the product's, so that reading is not counted.
        self._reader = psycopg.connect(cluster.url(role="postgres"), autocommit=True)
        self._began = self._read()

    def close(self) -> None:
        self._reader.close()

    def begin(self) -> None:
        """Forget what was spent so far."""
        self._began = self._read()

    def spent(self) -> Spent:
        """Since `begin`."""
        now, began = self._read(), self._began
        return Spent(
            now.seconds - began.seconds,
            now.statements - began.statements,
            now.key_checks - began.key_checks,
            {name: ms - began.cpu_ms[name] for name, ms in now.cpu_ms.items()},
            Counter(now.runs) - Counter(began.runs),
        )

    def idle(self) -> Spent:
        """What is spent while nobody asks for anything."""
        self.begin()
        time.sleep(IDLE_SECONDS)
        return self.spent()

    def _read(self) -> Spent:
        rows = self._reader.execute(
            "SELECT query, query LIKE %s, sum(calls)::bigint FROM pg_stat_statements s"
            " JOIN pg_roles r ON r.oid = s.userid WHERE r.rolname = %s GROUP BY query",
            [_KEY_CHECK, ROLE],
        ).fetchall()
        key_checks = sum(int(calls) for _, is_check, calls in rows if is_check)
        runs = {str(query): int(calls) for query, is_check, calls in rows if not is_check}
        cpu_ms = {name: usage_of([pid]).cpu_ms for name, pid in self._pids.items()}
        return Spent(time.monotonic(), sum(runs.values()), key_checks, cpu_ms, runs)
