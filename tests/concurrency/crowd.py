"""Thirty-two customers who press their buttons at the same moment."""

from __future__ import annotations

import contextlib
import random
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from tests.concurrency.customers import Answer, Caller
from tests.world import World

CROWD = 32

T = TypeVar("T")
Line = tuple[int, int, int | None]


class Crowd:
    """As many threads as people, each with its own caller."""

    def __init__(self, callers: Sequence[Caller], threads: ThreadPoolExecutor) -> None:
        self.callers = callers
        self._threads = threads

    def at_once(self, deeds: Sequence[Callable[[], T]]) -> list[T]:
        """Have all deeds begin together, one person each; their results in the same order."""
        start = threading.Barrier(len(deeds))

        def do(deed: Callable[[], T]) -> T:
            start.wait()
            return deed()

        return list(self._threads.map(do, deeds))


@contextlib.contextmanager
def crowd(port: int) -> Iterator[Crowd]:
    """The whole crowd at the server on this port."""
    with contextlib.ExitStack() as stack:
        callers = [stack.enter_context(contextlib.closing(Caller(port, number))) for number in range(CROWD)]
        yield Crowd(callers, stack.enter_context(ThreadPoolExecutor(CROWD)))


def buy(
    caller: Caller, world: World, lines: Sequence[Line], *, tender: str = "at_stall", key: str = "", phone: str = ""
) -> Answer:
    """Place an order of (good id, quantity, ceiling) lines in one call, as a new guest unless told otherwise."""
    body = {
        "lines": [{"good_id": good, "quantity": quantity, "ceiling_won": most} for good, quantity, most in lines],
        "name": "김하나",
        "phone": phone or f"010{random.randrange(10**8):08}",
        "fulfil": "pickup",
        "tender": tender,
    }
    return caller.post(f"markets/{world.market.slug}/orders/", body, key=key or str(uuid.uuid4()))
