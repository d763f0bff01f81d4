"""Idempotency keys of the practice gateway."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from jangteo.adapters._simulator import repeats
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
        self._answers = repeats.Repeats(clock, KEPT_FOR)

    def once(self, request: Request, work: Callable[[], Reply]) -> Reply | None:
        """The answer of `work`, or the one kept from the last three hours, or None while another request works on it.

        Raises BadKey.
        """
        written = request.headers.get("idempotency-key")
        if written is None:
            return work()
        asked = (f"{request.method} {request.path}", request.body)
        try:
            return self._answers.once(_key(written), work, asked)
        except repeats.OtherRequest:
            raise BadKey("the key stood for another request") from None


def _key(written: str) -> str:
    found = _KEY.fullmatch(written)
    if found is None:
        raise BadKey("an idempotency key is 16 to 256 letters, digits, - and _")
    return found[1]
