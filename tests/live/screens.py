"""A screen as the live stream sees it: a plain client for server-sent events in a thread of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
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


class Screen:
    """Listens until left, and comes back whenever the stream breaks; `with_memory`: it then says what it saw last."""

    def __init__(self, port: int, ticket: str, *, with_memory: bool = True, last_id: int | None = None) -> None:
        self._port = port
        self._ticket = ticket
        self._with_memory = with_memory
        self._last_id = last_id
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

    def news(self) -> list[Heard]:
        return [one for one in self.heard if one.event == "news"]

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
                self._connection.sock.shutdown(2)
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
        with self._changed:
            self._heard.append(heard)
            if heard.id is not None:
                self._last_id = heard.id
            self._changed.notify_all()


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
