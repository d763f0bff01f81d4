"""Raises one child process for each deed and lets it die where it is told: `python -m tests.faults.nursery`.

It has no thread and no database connection of its own, so forking is safe, and it is warm, so forking is quick.
Reads an order per line, {"deed", "facts", "at", "kill_at"}, and answers a line {"steps", "status"}.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangteo.project.settings")
django.setup()

from jangteo.kernel import clock  # noqa: E402  # models need the set-up above
from jangteo.project import wiring  # noqa: E402
from tests.faults.deeds import DEEDS  # noqa: E402
from tests.faults.points import Points  # noqa: E402

END = "the end"


def main() -> None:
    """Serve until the orders end."""
    wiring.wire()
    # The collector writes into what it looks through: frozen, it stays shared with every child.
    gc.freeze()
    for line in sys.stdin:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            os._exit(_live(json.loads(line), writer))
        os.close(writer)
        with os.fdopen(reader) as told:
            steps = told.read().splitlines()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(json.dumps({"steps": steps, "status": os.waitstatus_to_exitcode(status)}) + "\n")
        sys.stdout.flush()


def _live(order: dict[str, str], writer: int) -> int:
    points = Points(int(order["kill_at"]), lambda step: _tell(writer, step))
    points.watch()
    try:
        with clock.at(datetime.fromisoformat(order["at"])):
            DEEDS[order["deed"]](json.loads(order["facts"]))
        points.reach(END)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        return 1
    return 0


def _tell(writer: int, step: str) -> None:
    os.write(writer, f"{step}\n".encode())


if __name__ == "__main__":
    main()
