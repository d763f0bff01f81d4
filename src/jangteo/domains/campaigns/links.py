"""The address under which a person says never again without signing in: who they are, and a seal over it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

SEAL_BYTES = 9
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Seal:
    """Short, because it stands in a text message: 72 bits, for one person of one market."""

    secret: str

    def token(self, market_id: int, user_id: int) -> str:
        return f"{_written(user_id)}-{self._mac(market_id, user_id)}"

    def user_id(self, market_id: int, token: str) -> int | None:
        """Whose it is; None for what was made up, and for another market's."""
        head, dash, mac = token.partition("-")
        if not dash or not head or len(head) > 13 or any(letter not in _DIGITS for letter in head):
            return None
        user_id = int(head, 36)
        return user_id if hmac.compare_digest(mac.encode(), self._mac(market_id, user_id).encode()) else None

    def _mac(self, market_id: int, user_id: int) -> str:
        made = hmac.new(self.secret.encode(), f"no ads:{market_id}:{user_id}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(made.digest()[:SEAL_BYTES]).decode()


def _written(number: int) -> str:
    text = ""
    while True:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
        if not number:
            return text
