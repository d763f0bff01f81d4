"""Bytes as push services and browsers write them: base64url without padding."""

from __future__ import annotations

import base64
import binascii


def written(content: bytes) -> str:
    """Without the trailing equals signs."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def read(text: str) -> bytes:
    """The other way round, with or without padding. Raises ValueError."""
    bare = text.rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64url") from None
