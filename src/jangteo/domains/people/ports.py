"""What people need from outside: a way to send a short text to a phone."""

from __future__ import annotations

from typing import Protocol


class TextRejected(Exception):
    """The sender answered with a final no (bad number, blocked, no credit)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class TextUnknown(Exception):
    """Nobody knows whether the text left."""


class TextSender(Protocol):
    """Sends one text. `to` is digits only, such as 01012345678; `key` makes a repeat harmless."""

    def send(self, *, to: str, text: str, key: str) -> None: ...
