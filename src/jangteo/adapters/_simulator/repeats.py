"""Idempotency keys of a simulator: the first answer under a key is kept and given again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from jangteo.adapters._simulator.server import Reply


class OtherRequest(Exception):
    """The key stood for another request before."""


@dataclass(frozen=True, slots=True)
class _Kept:
    at: datetime
    asked: Hashable
    reply: Reply


class Repeats:
    """Answers by key, each kept for `kept_for`."""

    def __init__(self, clock: Callable[[], datetime], kept_for: timedelta) -> None:
        self._clock = clock
        self._kept_for = kept_for
        self._lock = threading.Lock()
        self._running: set[Hashable] = set()
        self._answers: dict[Hashable, _Kept] = {}

    def once(self, key: Hashable, work: Callable[[], Reply], asked: Hashable = None) -> Reply | None:
        """The answer of `work`, or the one that is kept, or None while another request works on it.

        `asked` is what has to be the same under one key. Raises OtherRequest.
        """
        with self._lock:
            kept = self._answers.get(key)
            if kept and self._clock() - kept.at < self._kept_for:
                if kept.asked != asked:
                    raise OtherRequest
                return kept.reply
            if key in self._running:
                return None
            self._running.add(key)
        try:
            reply = work()
            with self._lock:
                self._answers[key] = _Kept(self._clock(), asked, reply)
            return reply
        finally:
            with self._lock:
                self._running.discard(key)
