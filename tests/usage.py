"""What processes use of the machine, read from /proc."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Usage:
    """CPU time since the start, memory now, and open files now, of a set of processes."""

    cpu_ms: float
    memory_bytes: int
    files: int


def usage_of(pids: Iterable[int]) -> Usage:
    """What these processes and all below them use; the time of those that have ended counts, once waited for."""
    ticks = pages = files = 0
    for pid in family(pids):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            files += len(os.listdir(f"/proc/{pid}/fd"))
        except (FileNotFoundError, ProcessLookupError):
            continue
        # utime, stime, and the same of waited-for children; rss.
        ticks += sum(int(field) for field in fields[11:15])
        pages += int(fields[21])
    return Usage(ticks * 1000 / _TICKS, pages * _PAGE, files)


def family(pids: Iterable[int]) -> list[int]:
    """The processes and all that descend from them."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        below.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = list(pids)
    for pid in found:
        found.extend(below.get(pid, ()))
    return found
