"""Who may use the practice sender: checks signatures the way Solapi documents it."""

from __future__ import annotations

import hmac
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from jangteo.adapters.solapi.signature import Credentials, parse, signature
from jangteo.adapters.solapi.simulator.texts import PracticeAccount

TOLERANCE = timedelta(minutes=15)
SHORTEST_SALT, LONGEST_SALT = 12, 64


class Gate:
    """Lets a signature in once."""

    def __init__(self, *, account: PracticeAccount, clock: Callable[[], datetime]) -> None:
        self._account = account
        self._clock = clock
        self._lock = threading.Lock()
        self._used: dict[str, datetime] = {}

    def refusal(self, header: str) -> str | None:
        """The documented error code (all of them HTTP 403), or None when the request may pass."""
        given = parse(header)
        if given is None or given.api_key != self._account.api_key:
            return "InvalidAPIKey"
        if not self._is_fresh(given.date):
            return "RequestTimeTooSkewed"
        if not SHORTEST_SALT <= len(given.salt) <= LONGEST_SALT:
            return "SignatureDoesNotMatch"
        if not hmac.compare_digest(given.signature, signature(self._account.api_secret, given.date, given.salt)):
            return "SignatureDoesNotMatch"
        return None if self._first_use(given) else "DuplicatedSignature"

    def _is_fresh(self, date: str) -> bool:
        try:
            moment = datetime.fromisoformat(date)
        except ValueError:
            return False
        return moment.tzinfo is not None and abs(self._clock() - moment) <= TOLERANCE

    def _first_use(self, given: Credentials) -> bool:
        with self._lock:
            now = self._clock()
            self._used = {used: at for used, at in self._used.items() if now - at <= TOLERANCE}
            first = given.signature not in self._used
            self._used[given.signature] = now
            return first
