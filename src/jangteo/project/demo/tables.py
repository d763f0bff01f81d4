"""TOML tables read strictly: every value has the type it should have, and no key is left unread."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from datetime import time
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class ContentError(ValueError):
    """The content of the demo market contradicts itself. The message says where and how."""


class Table:
    """One TOML table. Every read raises ContentError, naming the table, when the value is not what was asked for."""

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, Mapping):
            raise ContentError(f"{where}: not a table")
        self.where = where
        self._values: Mapping[str, object] = values
        self._unread = set(values)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str, *, most: int) -> str:
        return self._checked(self._typed(key, str), key, most)

    def texts(self, key: str, *, most: int) -> tuple[str, ...]:
        texts: list[object] = self._typed(key, list)
        return tuple(self._checked(text, key, most) for text in texts)

    def whole(self, key: str, *, least: int) -> int:
        return self._counted(self._typed(key, int), key, least)

    def wholes(self, key: str, *, least: int) -> tuple[int, ...]:
        numbers: list[object] = self._typed(key, list)
        return tuple(self._counted(number, key, least) for number in numbers)

    def whole_or_none(self, key: str, *, least: int) -> int | None:
        return self.whole(key, least=least) if key in self else None

    def flag(self, key: str) -> bool:
        """False when the key is not there."""
        return key in self and self._typed(key, bool)

    def clock(self, key: str) -> time:
        return self._typed(key, time)

    def hours(self, key: str) -> tuple[time, time]:
        match self._typed(key, list):
            case [time() as opens, time() as closes] if opens < closes:
                return opens, closes
        raise ContentError(f"{self.where}: {key} is not an opening time and a later closing time")

    def choice(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        chosen = default if default is not None and key not in self else self._typed(key, str)
        self.demand(chosen in allowed, f"{key} is unknown: {chosen!r}")
        return chosen

    def choices(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        chosen = self.texts(key, most=40)
        for one in chosen:
            self.demand(one in allowed, f"{key} is unknown: {one!r}")
        self.demand(len(set(chosen)) == len(chosen), f"{key} says something twice")
        return chosen

    def table(self, key: str) -> Table:
        return Table(self._typed(key, dict), f"{self.where}, {key}")

    def tables(self, key: str) -> list[Table]:
        entries: list[object] = self._typed(key, list)
        return [Table(entry, f"{self.where}, {key} {number}") for number, entry in enumerate(entries, start=1)]

    def demand(self, holds: bool, complaint: str) -> None:
        if not holds:
            raise ContentError(f"{self.where}: {complaint}")

    def finish(self) -> None:
        """Call after the last read: a key that nothing asked for is a slip of the pen."""
        self.demand(not self._unread, f"unknown keys {sorted(self._unread)}")

    def _checked(self, text: object, key: str, most: int) -> str:
        if not isinstance(text, str) or text != text.strip() or not 0 < len(text) <= most:
            raise ContentError(f"{self.where}: {key} is not text of 1 to {most} characters: {text!r}")
        return text

    def _counted(self, number: object, key: str, least: int) -> int:
        if not isinstance(number, int) or number < least:
            raise ContentError(f"{self.where}: {key} is not a whole number of {least} or more: {number!r}")
        return number

    def _typed(self, key: str, kind: type[T]) -> T:
        self._unread.discard(key)
        value = self._values.get(key)
        # bool is an int to Python, but `stock = true` is not a count.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise ContentError(f"{self.where}: {key} should be {kind.__name__}, not {value!r}")
        return value


def read_table(path: Path) -> Table:
    """A whole TOML file. Raises ContentError for a file that is missing or not TOML."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise ContentError(f"{path.name}: {problem}") from problem
    return Table(values, path.name)
