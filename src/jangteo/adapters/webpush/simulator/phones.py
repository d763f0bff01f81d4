"""Browsers of a practice push service: the keys each has made, and what reached it."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec

from jangteo.adapters.webpush import base64url
from jangteo.adapters.webpush.sealing import AUTH_BYTES, CURVE, opened, point


@dataclass(frozen=True, slots=True)
class Received:
    """One message as the phone reads it, with what the sender asked of the service."""

    text: bytes
    topic: str
    ttl_s: int
    urgency: str


@dataclass(slots=True)
class PracticePhone:
    """One subscription. `sender_key` is the only one that may send; `asleep` phones get the last of a topic only."""

    endpoint: str
    sender_key: str
    asleep: bool = False
    gone: bool = False
    received: list[Received] = field(default_factory=list)
    _key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    _auth: bytes = field(default_factory=lambda: secrets.token_bytes(AUTH_BYTES))
    _came: threading.Event = field(default_factory=threading.Event)

    @property
    def p256dh(self) -> str:
        """Its public key, as a browser hands it out."""
        return base64url.written(point(self._key.public_key()))

    @property
    def auth(self) -> str:
        """Its secret, as a browser hands it out."""
        return base64url.written(self._auth)

    def take(self, body: bytes, *, topic: str, ttl_s: int, urgency: str) -> None:
        """Open the message and keep it. Raises Sealed for one that is not for this phone."""
        message = Received(opened(body, phone=self._key, auth=self._auth), topic, ttl_s, urgency)
        if self.asleep and topic:
            self.received = [one for one in self.received if one.topic != topic]
        self.received.append(message)
        self._came.set()

    def is_woken(self, within_s: float) -> bool:
        """Wait for its first message."""
        return self._came.wait(within_s)
