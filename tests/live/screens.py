"""A screen as the live stream sees it: a plain client for server-sent events in a thread of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from tests.serving import HOST

PATIENCE_S = 10.0
COMES_BACK_AFTER_S = 0.05


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that came down the stream. `id` is None except for news; `at` is `time.monotonic()`."""

    event: str
    id: int | None
    channel: str = ""
    kind: str = ""
    payload: dict[str, int] = field(default_factory=dict)
    at: float = field(default_factory=time.monotonic, compare=False)


def nothing() -> list[int]:
    """The `look` of a screen that does not care."""
    return []


class Screen:
    """Listens until left, and comes back whenever the stream breaks; `with_memory`: it then says what it saw last.

    It knows the parts that it heard of by news, and those that `look` found whenever it was told to refresh.
    """

    def __init__(
        self,
        port: int,
        ticket: str,
        *,
        with_memory: bool = True,
        last_id: int | None = None,
        look: Callable[[], list[int]] = nothing,
    ) -> None:
        self._port = port
        self._ticket = ticket
        self._with_memory = with_memory
        self._last_id = last_id
        self._look = look
        self._known: set[int] = set()
        self._heard: list[Heard] = []
        self._changed = threading.Condition()
        self._leaving = False
        self._connection: http.client.HTTPConnection | None = None
        self._thread = threading.Thread(target=self._listen, daemon=True)

    @property
    def heard(self) -> list[Heard]:
        """Everything so far, oldest first."""
        with self._changed:
            return list(self._heard)

    def wait_to_know(self, part_ids: set[int]) -> None:
        """Returns when the screen knows all these parts; fails the test when it does not come to."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._known >= part_ids, PATIENCE_S), part_ids - self._known

    def wait_for(self, is_enough: Callable[[list[Heard]], bool], seconds: float = PATIENCE_S) -> list[Heard]:
        """Everything heard, once `is_enough` of it says so; fails the test when it does not in time."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: is_enough(self._heard), seconds)
            assert arrived, self._heard
            return list(self._heard)

    def wait_until_connected(self) -> Screen:
        self.wait_for(lambda heard: any(one.event == "open" for one in heard))
        return self

    def __enter__(self) -> Screen:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._leaving = True
        if self._connection is not None and self._connection.sock is not None:
            with contextlib.suppress(OSError):
                self._connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(PATIENCE_S)

    def _listen(self) -> None:
        while not self._leaving:
            with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
                self._connect_once()
            time.sleep(COMES_BACK_AFTER_S)

    def _connect_once(self) -> None:
        connection = self._connection = http.client.HTTPConnection(HOST, self._port, timeout=60)
        headers = {"Accept": "text/event-stream"}
        if self._with_memory and self._last_id is not None:
            headers["Last-Event-ID"] = str(self._last_id)
        try:
            connection.request("GET", f"/?t={quote(self._ticket)}", headers=headers)
            response = connection.getresponse()
            self._note(Heard("open" if response.status == 200 else f"refused {response.status}", None))
            for fields in _events(response):
                self._note(_heard(fields))
        finally:
            connection.close()

    def _note(self, heard: Heard) -> None:
        found = self._look() if heard.event == "refresh" else [heard.payload["part"]] if "part" in heard.payload else []
        with self._changed:
            self._known.update(found)
            self._heard.append(heard)
            if heard.id is not None:
                self._last_id = heard.id
            self._changed.notify_all()


def knock(port: int, ticket: str, last_id: int) -> socket.socket:
    """A stream that nobody reads yet: the bare connection, after the request."""
    opened = socket.create_connection((HOST, port), timeout=PATIENCE_S)
    request = f"GET /?t={quote(ticket)} HTTP/1.1\r\nHost: {HOST}\r\nLast-Event-ID: {last_id}\r\n\r\n"
    opened.sendall(request.encode())
    return opened


def read_until(opened: socket.socket, word: bytes) -> None:
    """Read until the stream has said the word."""
    said = b""
    while word not in said:
        more = opened.recv(65536)
        assert more, said
        said += more


def _events(response: http.client.HTTPResponse) -> Iterator[dict[str, str]]:
    """Events as their fields; a comment is an event with nothing but the field ""."""
    fields: dict[str, str] = {}
    while line := response.readline():
        text = line.decode().rstrip("\n")
        if text:
            name, _, value = text.partition(":")
            fields[name] = value.removeprefix(" ")
        elif fields:
            yield fields
            fields = {}


def _heard(fields: dict[str, str]) -> Heard:
    if fields.get("event") == "news":
        body = json.loads(fields["data"])
        return Heard("news", int(fields["id"]), body["channel"], body["kind"], body["payload"])
    return Heard(fields.get("event", "heartbeat" if "" in fields else "settings"), None)
