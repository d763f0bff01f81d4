"""Idempotency keys of the practice gateway: the first answer is kept and given again."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from jangteo.adapters._simulator.server import Reply, Request

KEPT_FOR = timedelta(hours=3)

_KEY = re.compile(r'"?([A-Za-z0-9_-]{16,256})"?')


class BadKey(Exception):
    """An idempotency key that PortOne does not take, or one that stood for another request."""


class Repeats:
    """Answers by idempotency key. PortOne asks never to send another request under a used key and does not say what
    it would answer; here it is refused, so that the mistake shows.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._running: set[str] = set()
        self._answers: dict[str, tuple[datetime, tuple[str, bytes], Reply]] = {}

    def once(self, request: Request, work: Callable[[], Reply]) -> Reply | None:
        """The answer of `work`, or the one kept from the last three hours, or None while another request works on it.

        Raises BadKey.
        """
        written = request.headers.get("idempotency-key")
        if written is None:
            return work()
        key, asked = _key(written), (f"{request.method} {request.path}", request.body)
        with self._lock:
            kept = self._answers.get(key)
            if kept and self._clock() - kept[0] < KEPT_FOR:
                if kept[1] != asked:
                    raise BadKey("the key stood for another request")
                return kept[2]
            if key in self._running:
                return None
            self._running.add(key)
        try:
            reply = work()
            with self._lock:
                self._answers[key] = (self._clock(), asked, reply)
            return reply
        finally:
            with self._lock:
                self._running.discard(key)


def _key(written: str) -> str:
    found = _KEY.fullmatch(written)
    if found is None:
        raise BadKey("an idempotency key is 16 to 256 letters, digits, - and _")
    return found[1]
