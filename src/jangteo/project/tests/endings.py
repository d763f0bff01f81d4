"""Processes that tests start: which they are, and whether they end."""

from __future__ import annotations

import os
import select
from collections.abc import Iterable
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[3]


def ends_within(pid: int, seconds: float) -> bool:
    """True when the process has ended by then, or before."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    ended = bool(poll.poll(seconds * 1000))
    os.close(descriptor)
    return ended


def children_of(pid: int) -> list[int]:
    """Started by the process itself. What the database server of the tests starts meanwhile is not among them."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def pids_below(pid: int) -> list[int]:
    """Children, their children and so on."""
    direct = children_of(pid)
    return direct + [below for child in direct for below in pids_below(child)]


def worked_seconds(pids: Iterable[int]) -> float:
    """How long the cores worked for these processes and those they waited for, whoever else wanted them."""
    ticks = os.sysconf("SC_CLK_TCK")
    return sum(sum(map(int, _stat(pid)[11:15])) for pid in pids) / ticks


def _stat(pid: int) -> list[str]:
    """The fields after the name in brackets, which may have blanks itself; proc(5) counts them from 3."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
