"""The seal of pay-out bodies: JWE in its compact form, one key shared with Toss Payments, for both directions."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry
from joserfc.jwk import OctKey
from joserfc.registry import HeaderParameter

from jangteo.adapters._wire import BadShape
from jangteo.kernel.clock import KST, now

MOST_DIGITS = 15

_REGISTRY = JWERegistry(
    # Toss asks for two headers more than the standard knows.
    header_registry={
        "iat": HeaderParameter("when it was sealed", "str"),
        "nonce": HeaderParameter("never used twice", "str"),
    },
    algorithms=["dir", "A256GCM"],
)


class Seal:
    """Seals and opens with the security key, 64 hexadecimal digits. Raises ValueError for another."""

    def __init__(self, security_key: str, clock: Callable[[], datetime] = now) -> None:
        content = bytes.fromhex(security_key)
        if len(content) != 32:
            raise ValueError("a security key is 64 hexadecimal digits")
        self._key = OctKey.import_key(content)
        self._clock = clock

    def close(self, document: object) -> str:
        """The document under seal."""
        header = {
            "alg": "dir",
            "enc": "A256GCM",
            "iat": self._clock().astimezone(KST).isoformat(timespec="seconds"),
            "nonce": str(uuid.uuid4()),
        }
        content = json.dumps(document, ensure_ascii=False).encode()
        return jwe.encrypt_compact(header, content, self._key, registry=_REGISTRY)

    def open(self, text: str) -> object:
        """The document inside. Raises BadShape when it is not sealed with this key."""
        try:
            opened = jwe.decrypt_compact(text, self._key, registry=_REGISTRY)
        except (JoseError, ValueError):
            raise BadShape("the body is not sealed with the security key") from None
        return document(opened.plaintext or b"")


def document(content: bytes) -> object:
    """A JSON document whose amounts are whole also where they are written 5000.0. Raises BadShape."""
    try:
        found: object = json.loads(content, parse_float=_whole)
    except (ValueError, RecursionError):
        raise BadShape("the body is not JSON with whole amounts") from None
    return found


def _whole(written: str) -> int:
    number = Decimal(written)
    if number.adjusted() > MOST_DIGITS or number != int(number):
        raise ValueError("not a whole number of a size that is meant")
    return int(number)
