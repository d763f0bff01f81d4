"""Web push (RFC 8030): a message for one browser, left at the push service of its maker."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from urllib.parse import SplitResult, urlsplit

from jangteo.adapters._wire import Call, NoAnswer, Wire, nothing
from jangteo.adapters.webpush import base64url
from jangteo.adapters.webpush.sealing import AUTH_BYTES, public_key, sealed
from jangteo.adapters.webpush.vapid import Sender
from jangteo.domains.people.push_port import Message, PushOutcome, PushRejected, PushTarget
from jangteo.kernel.clock import now

TIMEOUT_S = 10.0
LONGEST_TOPIC = 32
_GONE = frozenset({404, 410})
_LATER = frozenset({408, 425, 429})
_HTTPS_PORTS = (None, 443)


class WebPushSender:
    """Sends as one installation. Safe to share between threads.

    Browsers give addresses out, so whoever opens a page could name any: only those of `services` are ever called. An
    entry is a host (`fcm.googleapis.com`), all hosts below one (`*.push.apple.com`), both over https only, or one
    whole origin (`http://127.0.0.1:8123`), which is for practice services.
    """

    def __init__(
        self,
        *,
        sender: Sender,
        services: Sequence[str],
        timeout_s: float = TIMEOUT_S,
        before_call: Callable[[], None] = nothing,
    ) -> None:
        self._sender = sender
        self._services = tuple(services)
        self._wire = Wire(base_url="", timeout_s=timeout_s, before_call=before_call)

    @property
    def public_key(self) -> str:
        """What a browser is given, so that nobody else may send to it."""
        return self._sender.public

    def takes(self, target: PushTarget) -> bool:
        """Whether this is a subscription at one of the services, with keys that fit."""
        try:
            address = urlsplit(target.endpoint)
            public_key(base64url.read(target.p256dh))
            known = any(_within(address, service) for service in self._services)
            return known and len(base64url.read(target.auth)) == AUTH_BYTES
        except ValueError:
            return False

    def send(self, target: PushTarget, message: Message) -> PushOutcome:
        """Leave the message there. Raises PushRejected for a final no, and for an address that is not taken."""
        if not self.takes(target):
            raise PushRejected("address")
        address = urlsplit(target.endpoint)
        headers = {
            "Authorization": self._sender.authorization(f"{address.scheme}://{address.netloc}", now()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(message.ttl_s),
            "Urgency": message.urgency,
            "Topic": _topic(message.key),
        }
        phone, auth = base64url.read(target.p256dh), base64url.read(target.auth)
        body = sealed(message.text, phone=phone, auth=auth)
        try:
            status = self._wire.call(Call("push", "POST", target.endpoint, headers, text=body)).status
        except NoAnswer:
            return PushOutcome.LATER
        return _outcome(status)

    def close(self) -> None:
        """Give the connections back."""
        self._wire.close()


def _outcome(status: int) -> PushOutcome:
    """A redirect is not followed: it could lead anywhere."""
    if 200 <= status < 300:
        return PushOutcome.DELIVERED
    if status in _GONE:
        return PushOutcome.GONE
    if status >= 500 or status in _LATER:
        return PushOutcome.LATER
    raise PushRejected(f"HTTP {status}")


def _within(address: SplitResult, service: str) -> bool:
    if "://" in service:
        return f"{address.scheme}://{address.netloc}" == service.rstrip("/")
    host = address.hostname or ""
    if address.scheme != "https" or address.port not in _HTTPS_PORTS or "@" in address.netloc:
        return False
    return host.endswith(service[1:]) if service.startswith("*.") else host == service


def _topic(key: str) -> str:
    """The service keeps only the last message of a topic for a phone that is off. 32 letters at most."""
    return base64url.written(hashlib.sha256(key.encode()).digest())[:LONGEST_TOPIC]
