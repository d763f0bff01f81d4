"""Who sends: a signed statement with every message, RFC 8292."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from jangteo.adapters.webpush import base64url
from jangteo.adapters.webpush.sealing import CURVE, point, public_key

GOOD_FOR = timedelta(hours=12)
# The longest that a push service may believe one statement.
LONGEST = timedelta(hours=24)
_KEY_BYTES = 32
_CONTACT = re.compile(r"(mailto:[^\s@]+@[^\s@]+|https://\S+)")
_HEADER = re.compile(r"vapid t=([^,\s]+), ?k=([^,\s]+)")
_ES256 = base64url.written(b'{"typ":"JWT","alg":"ES256"}')


@dataclass(frozen=True, slots=True)
class Claims:
    """What a statement says: for which push service, until when, whom to call about it; and whose key signed it."""

    audience: str
    until: datetime
    contact: str
    key: str


class NotSigned(ValueError):
    """The statement is not one, or another key signed it."""


class Sender:
    """The key pair of an installation. `contact` is where a push service's people write: mailto: or https:."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, contact: str) -> None:
        if not _CONTACT.fullmatch(contact):
            raise ValueError("a contact begins with mailto: or https:")
        self._key = key
        self._contact = contact
        self.public = base64url.written(point(key.public_key()))

    @classmethod
    def of(cls, key: str, contact: str) -> Self:
        """From the private key as `new_key` writes it. Raises ValueError."""
        content = base64url.read(key)
        if len(content) != _KEY_BYTES:
            raise ValueError(f"a push key has {_KEY_BYTES} bytes")
        return cls(ec.derive_private_key(int.from_bytes(content, "big"), CURVE), contact)

    def authorization(self, audience: str, now: datetime) -> str:
        """The header for one push service, named by its origin."""
        claims = {"aud": audience, "exp": int((now + GOOD_FOR).timestamp()), "sub": self._contact}
        signed = f"{_ES256}.{base64url.written(json.dumps(claims, separators=(',', ':')).encode())}"
        r, s = decode_dss_signature(self._key.sign(signed.encode(), ec.ECDSA(SHA256())))
        signature = base64url.written(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
        return f"vapid t={signed}.{signature}, k={self.public}"


def new_key() -> str:
    """A private key for the settings."""
    number = ec.generate_private_key(CURVE).private_numbers().private_value
    return base64url.written(number.to_bytes(_KEY_BYTES, "big"))


def read(header: str) -> Claims:
    """What a header says, its signature checked. Raises NotSigned."""
    found = _HEADER.fullmatch(header)
    if found is None:
        raise NotSigned("no statement")
    signed, _, signature = found[1].rpartition(".")
    try:
        raw = base64url.read(signature)
        der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        public_key(base64url.read(found[2])).verify(der, signed.encode(), ec.ECDSA(SHA256()))
        claims = json.loads(base64url.read(signed.partition(".")[2]))
        until = datetime.fromtimestamp(int(claims["exp"]), tz=UTC)
        return Claims(str(claims["aud"]), until, str(claims.get("sub", "")), found[2])
    except (InvalidSignature, ValueError, KeyError, TypeError):
        raise NotSigned("another key signed it") from None
