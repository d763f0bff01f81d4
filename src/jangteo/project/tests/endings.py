"""Waiting for the end of processes that are not ours."""

from __future__ import annotations

import os
import select


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
