"""How requests to Kakao T quick delivery are signed: https://logistics-developers.kakaomobility.com/document/tutorial.

The text of that page wants timestamp + nonce + API key signed with HMAC-SHA512, and names no other key than the API
key; its sample makes a plain SHA-512 digest of the same text, and so do the public programs that use it. Which of
them a company's account takes is a setting, the sample's way by default.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

SEPARATOR = "$$"


class Scheme(StrEnum):
    SHA512 = "sha512"
    HMAC_SHA512 = "hmac-sha512"


@dataclass(frozen=True, slots=True)
class Signed:
    """The parts of an Authorization header. `timestamp` is in milliseconds, `sign` 128 hexadecimal digits."""

    timestamp: str
    nonce: str
    sign: str


def sign(scheme: Scheme, timestamp: str, nonce: str, api_key: str) -> str:
    """128 hexadecimal digits."""
    text = f"{timestamp}{nonce}{api_key}".encode()
    if scheme == Scheme.SHA512:
        return hashlib.sha512(text).hexdigest()
    return hmac.new(api_key.encode(), text, hashlib.sha512).hexdigest()


def authorization(scheme: Scheme, *, moment: datetime, nonce: str, api_key: str) -> str:
    """The header's value: the three parts, joined and in base64."""
    timestamp = str(int(moment.timestamp() * 1000))
    parts = (timestamp, nonce, sign(scheme, timestamp, nonce, api_key))
    return base64.b64encode(SEPARATOR.join(parts).encode()).decode()


def parse(header: str) -> Signed | None:
    """The parts of a header, None for anything else."""
    try:
        timestamp, nonce, signed = base64.b64decode(header, validate=True).decode().split(SEPARATOR)
    except ValueError:
        return None
    return Signed(timestamp, nonce, signed)
