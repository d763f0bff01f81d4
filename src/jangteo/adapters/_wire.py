"""JSON over HTTP with systems we do not run: one call, and reading the answer without trusting it."""

from __future__ import annotations

import json
import logging
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from urllib.parse import urlsplit

import httpx

log = logging.getLogger(__name__)

CONNECT_TIMEOUT_S = 10.0


class NoAnswer(Exception):
    """The other side gave no HTTP answer: time-out or broken connection. It may have done the work."""


class BadShape(ValueError):
    """An outside document lacks a field or has it in another shape. Names the field, never its value."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `label` is what the log calls it, because the path may hold what must not be logged.

    `text` is sent as it stands, for a body that is not JSON; its type belongs into the headers. A `path` may be a whole
    address where the wire has no `base_url`.
    """

    label: str
    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] | None = None
    text: str | bytes = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. `body` is the decoded JSON, or None when it is not JSON; `content` is what was decoded."""

    status: int
    body: object
    content: bytes = b""


@cache
def tls() -> ssl.SSLContext:
    """The trusted certificates. Reading them takes 30 ms, so every client shares them."""
    return httpx.create_ssl_context()


def nothing() -> None:
    """The `before_call` of a client that has nothing to check before it goes to the network."""


class Wire:
    """One kept-alive connection pool to one system, safe to share between threads.

    `before_call` runs before every request; settings use it to forbid the network inside a transaction.
    """

    def __init__(self, *, base_url: str, timeout_s: float, before_call: Callable[[], None]) -> None:
        timeout = httpx.Timeout(timeout_s, connect=min(timeout_s, CONNECT_TIMEOUT_S))
        self._http = httpx.Client(base_url=base_url, timeout=timeout, verify=tls())
        self._before_call = before_call

    def call(self, call: Call) -> Answer:
        """Send one request. Raises NoAnswer; every HTTP status is an answer."""
        self._before_call()
        started = time.monotonic()
        try:
            response = self._http.request(
                call.method,
                call.path,
                headers=call.headers,
                params=call.query or None,
                json=call.body,
                content=call.text or None,
            )
        except httpx.HTTPError as broken:
            log.warning("%s: %s", call.label, type(broken).__name__)
            # The cause holds the request with its secret header, so it is not chained.
            raise NoAnswer(type(broken).__name__) from None
        took_ms = round((time.monotonic() - started) * 1000)
        log.info("%s: HTTP %d in %d ms", call.label, response.status_code, took_ms)
        return Answer(response.status_code, decoded(response.content), response.content)

    def close(self) -> None:
        """Give the connections back. The wire cannot be used afterwards."""
        self._http.close()


def decoded(content: bytes) -> object:
    """The JSON document in `content`, or None when there is none."""
    try:
        document: object = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return document


class Record:
    """A JSON object from outside. Every reader checks the shape and raises BadShape."""

    def __init__(self, value: object, name: str = "document") -> None:
        if not isinstance(value, dict):
            raise BadShape(f"{name} is not an object")
        self._fields: dict[str, object] = value

    def has(self, *names: str) -> bool:
        """True when every one of the fields is there."""
        return all(name in self._fields for name in names)

    def names(self) -> list[str]:
        """The names of the fields."""
        return list(self._fields)

    def text(self, name: str, *, longest: int) -> str:
        """A non-empty string of at most `longest` characters."""
        value = self._fields.get(name)
        if not isinstance(value, str) or not 0 < len(value) <= longest:
            raise BadShape(f"{name} is not a text of 1 to {longest} characters")
        return value

    def text_or_none(self, name: str, *, longest: int) -> str | None:
        """The same, or None for a missing, null or empty field."""
        return None if self._fields.get(name) in (None, "") else self.text(name, longest=longest)

    def won(self, name: str) -> int:
        """A whole number of won, 0 or more."""
        value = self._fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise BadShape(f"{name} is not a whole amount")
        return value

    def signed_won(self, name: str) -> int:
        """A whole number of won, also below 0."""
        value = self._fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadShape(f"{name} is not a whole amount")
        return value

    def micro(self, name: str) -> int:
        """A number of degrees, in millionths."""
        value = self._fields.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise BadShape(f"{name} is not a number")
        return round(value * 1_000_000)

    def day(self, name: str) -> date:
        """A calendar day, YYYY-MM-DD."""
        written = self.text(name, longest=10)
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise BadShape(f"{name} is not a day") from None

    def flag(self, name: str) -> bool:
        """True or false; a missing or null field is false."""
        value = self._fields.get(name)
        if value is not None and not isinstance(value, bool):
            raise BadShape(f"{name} is neither true nor false")
        return value is True

    def moment_or_none(self, name: str) -> datetime | None:
        """An ISO 8601 time that says its offset, or None for a missing or null field."""
        written = self.text_or_none(name, longest=40)
        if written is None:
            return None
        try:
            moment = datetime.fromisoformat(written)
        except ValueError:
            raise BadShape(f"{name} is not a time") from None
        if moment.tzinfo is None:
            raise BadShape(f"{name} has no offset")
        return moment

    def record(self, name: str) -> Record:
        """An object."""
        return Record(self._fields.get(name), name)

    def record_or_none(self, name: str) -> Record | None:
        """An object, or None for a missing or null field."""
        return None if self._fields.get(name) is None else self.record(name)

    def records(self, name: str) -> list[Record]:
        """A list of objects; missing and null mean an empty one."""
        value = self._fields.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise BadShape(f"{name} is not a list")
        return [Record(item, name) for item in value]

    def table(self, name: str) -> list[Record]:
        """The values of an object whose own values are objects, such as a list keyed by id."""
        value = self._fields.get(name)
        if not isinstance(value, dict):
            raise BadShape(f"{name} is not an object")
        return [Record(item, name) for item in value.values()]


def is_web_address(address: str) -> bool:
    """True for an absolute http or https address."""
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
