"""Has deeds done by processes that die on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from jangteo.project.processes import tied_to
from tests.faults.nursery import END

NEVER = 0


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done (a name in `deeds.DEEDS`), with what, and at which moment of the product's clock."""

    name: str
    facts: Mapping[str, str | int]
    at: datetime


class Nursery:
    """The client's end of `tests.faults.nursery`."""

    def __init__(self, process: subprocess.Popen[str], complaints: Path) -> None:
        self._process = process
        self._complaints = complaints

    def do(self, deed: Deed, kill_at: int = NEVER) -> list[str]:
        """Have the deed done in a process of its own; the steps it reached. With `kill_at` it ends before that one.

        Returns when the database has noticed as well. A deed that fails by itself fails the test.
        """
        order = {"deed": deed.name, "facts": json.dumps(dict(deed.facts)), "at": deed.at.isoformat()}
        if self._process.stdin is None or self._process.stdout is None:
            raise ValueError("the nursery was started without pipes")
        self._process.stdin.write(json.dumps({**order, "kill_at": str(kill_at)}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert answer["status"] == (-signal.SIGKILL if kill_at else 0), self._complaints.read_text()
        steps: list[str] = answer["steps"]
        assert kill_at == len(steps) or (kill_at == NEVER and steps[-1] == END)
        _wait_until_alone()
        return steps


@contextmanager
def nursery(folder: Path) -> Iterator[Nursery]:
    """A running nursery in our environment; its complaints go to a file in `folder`."""
    complaints = folder / "nursery.log"
    with complaints.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            preexec_fn=tied_to(os.getpid(), signal.SIGKILL),
        )
        with process:
            yield Nursery(process, complaints)


def _wait_until_alone() -> None:
    """A killed client's transaction ends when its server process reads the end of the connection, soon after."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend'"
            )
            if cursor.fetchone() == (0,):
                return
