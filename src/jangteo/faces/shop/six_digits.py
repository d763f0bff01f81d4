"""Addresses with the number of a stall in them."""

from __future__ import annotations


class SixDigits:
    """A path converter: exactly six digits, so that no order's token is taken for a stall's number."""

    regex = "[0-9]{6}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
