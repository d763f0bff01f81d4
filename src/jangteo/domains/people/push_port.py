"""What people need from outside: a way to wake a phone whose screen is off."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PushTarget:
    """A browser as it describes itself: its address at its maker's push service, and its two keys, base64url."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class Message:
    """A short text, which only the phone can read. Of one `key` a phone that was off gets the last one only.

    `ttl_s` is how long the service keeps it; `urgency` is very-low, low, normal or high.
    """

    text: bytes
    key: str
    ttl_s: int
    urgency: str = "high"


class PushOutcome(StrEnum):
    """DELIVERED: the service has it. GONE: that browser takes nothing any more. LATER: ask again."""

    DELIVERED = "delivered"
    GONE = "gone"
    LATER = "later"


class PushRejected(Exception):
    """The service answered with a final no: our fault, and the same again would change nothing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PushSender(Protocol):
    """Sends to phones that have said yes. `public_key` is what a browser is given before it does."""

    @property
    def public_key(self) -> str: ...

    def takes(self, target: PushTarget) -> bool: ...

    def send(self, target: PushTarget, message: Message) -> PushOutcome: ...
