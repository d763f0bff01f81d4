"""Solapi's API key scheme: https://developers.solapi.com/references/authentication/api-key.

The signature is HMAC-SHA256 over date + salt with the API secret, in hex. The body is not signed. A signature is
good once and within 15 minutes of its date.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime

METHOD = "HMAC-SHA256"
SALT_BYTES = 16

_PART = r"{0}=(?P<{1}>[^,\s]+)"
_PARTS = (("apiKey", "api_key"), ("date", "date"), ("salt", "salt"), ("signature", "signature"))
_HEADER = re.compile(f"{METHOD} " + ", ".join(_PART.format(name, group) for name, group in _PARTS))


@dataclass(frozen=True, slots=True)
class Credentials:
    """The parts of an Authorization header."""

    api_key: str
    date: str
    salt: str
    signature: str


def signature(secret: str, date: str, salt: str) -> str:
    """64 hex digits."""
    return hmac.new(secret.encode(), (date + salt).encode(), hashlib.sha256).hexdigest()


def authorization(*, api_key: str, secret: str, moment: datetime, salt: str) -> str:
    """The Authorization header of one request. `salt` is 12 to 64 bytes and never used twice."""
    date = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{METHOD} apiKey={api_key}, date={date}, salt={salt}, signature={signature(secret, date, salt)}"


def parse(header: str) -> Credentials | None:
    """The parts of a header, or None when it is not of this scheme."""
    found = _HEADER.fullmatch(header)
    return Credentials(**found.groupdict()) if found else None
