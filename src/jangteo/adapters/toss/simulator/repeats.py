"""Idempotency keys of the practice gateway: the first answer is kept and given again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from jangteo.adapters._simulator.server import Reply

KEPT_FOR = timedelta(days=15)
LONGEST_KEY = 300


class Repeats:
    """Answers by idempotency key, API key, method and address; the body plays no part, as at Toss."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._running: set[tuple[str, ...]] = set()
        self._answers: dict[tuple[str, ...], tuple[datetime, Reply]] = {}

    def once(self, identity: tuple[str, ...], work: Callable[[], Reply]) -> Reply | None:
        """The answer of `work`, or the one kept from the last 15 days, or None while another request works on it."""
        with self._lock:
            kept = self._answers.get(identity)
            if kept and self._clock() - kept[0] < KEPT_FOR:
                return kept[1]
            if identity in self._running:
                return None
            self._running.add(identity)
        try:
            reply = work()
            with self._lock:
                self._answers[identity] = (self._clock(), reply)
            return reply
        finally:
            with self._lock:
                self._running.discard(identity)
