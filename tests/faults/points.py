"""Every place where a process can die between two steps of its work, counted as they come up."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from jangteo.adapters._wire import Answer, Call, Wire

# Said of a statement that no transaction holds: what it writes is there at once.
ALONE = ", alone"
_TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+\"?(\w+)", re.IGNORECASE)


class Points:
    """Tells each step to `report` and kills this process, unannounced, right before step number `kill_at`.

    A step is one SQL statement, either side of a COMMIT, either side of an outgoing request, and the very end.
    A statement outside a transaction is called `ALONE`.
    """

    def __init__(self, kill_at: int, report: Callable[[str], None]) -> None:
        self._kill_at = kill_at
        self._report = report
        self._passed = 0

    def reach(self, step: str) -> None:
        """The work is about to do `step`."""
        self._passed += 1
        self._report(step)
        if self._passed == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Count the steps of everything that this process does from here on."""
        commit, send = BaseDatabaseWrapper._commit, Wire.call  # type: ignore[attr-defined]  # the stubs leave it out

        def counted_commit(wrapper: BaseDatabaseWrapper) -> None:
            self.reach("before COMMIT")
            commit(wrapper)
            self.reach("after COMMIT")

        def counted_call(wire: Wire, call: Call) -> Answer:
            self.reach(f"before {call.label}")
            answer = send(wire, call)
            self.reach(f"after {call.label}, its answer unread")
            return answer

        connection.execute_wrappers.append(self._statement)
        BaseDatabaseWrapper._commit = counted_commit  # type: ignore[attr-defined]  # as above
        Wire.call = counted_call  # type: ignore[assignment,method-assign]  # this process does nothing else

    def _statement(self, execute: Callable[..., object], sql: str, *rest: object) -> object:
        table = _TABLE.search(sql)
        alone = "" if connection.in_atomic_block else ALONE
        self.reach(f"{sql.split(None, 1)[0]} {table[1] if table else sql[:40]}{alone}")
        return execute(sql, *rest)
