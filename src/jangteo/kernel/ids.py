"""Unguessable tokens and short numbers that people read aloud."""

from __future__ import annotations

import base64
import hashlib
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_drawn: ContextVar[random.Random | None] = ContextVar("drawn_tokens", default=None)


def new_token() -> str:
    """22 URL-safe characters, 128 bits less a hair: the secret in a link. It never begins with "-".

    Commands read a leading dash as an option and spreadsheets read it as a formula.
    """
    chance = _drawn.get()
    while True:
        token = _urlsafe(secrets.token_bytes(16) if chance is None else chance.randbytes(16))
        if not token.startswith("-"):
            return token


@contextmanager
def drawn_from(chance: random.Random) -> Iterator[None]:
    """Let tokens repeat with a seed inside, so that invented trade can be played again. Such tokens guard nothing."""
    token = _drawn.set(chance)
    try:
        yield
    finally:
        _drawn.reset(token)


def _urlsafe(drawn: bytes) -> str:
    return base64.urlsafe_b64encode(drawn).decode().rstrip("=")


def token_digest(token: str) -> str:
    """What is stored instead of a token, so that a stolen table opens nothing. 64 hex digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_number() -> str:
    """Six digits to read aloud: five by chance, the first not 0, and their check digit."""
    digits = str(10_000 + secrets.randbelow(90_000))
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    """Weighted mod 10 digit (weights 3 and 1 from the right): catches every single mistyped digit."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def has_check_digit(number: str) -> bool:
    """True when the last digit of `number` is the check digit of the rest."""
    return number.isascii() and number.isdigit() and len(number) > 1 and check_digit(number[:-1]) == number[-1]
