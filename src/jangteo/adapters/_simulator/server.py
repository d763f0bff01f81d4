"""A small HTTP server for simulators: real sockets, no framework, state in memory."""

from __future__ import annotations

import ipaddress
import json
import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import parse_qsl, urlsplit

log = logging.getLogger(__name__)

LARGEST_BODY = 1_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `path` is still percent-encoded; header names are lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    peer: tuple[str, int]

    @property
    def from_this_machine(self) -> bool:
        """True when it came over the loopback interface."""
        return ipaddress.ip_address(self.peer[0]).is_loopback

    def form(self) -> dict[str, str]:
        """The fields of a submitted form."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. With `hang_up` the connection is closed without one."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    hang_up: bool = False


def json_reply(document: object, status: int = 200) -> Reply:
    """An answer with a JSON document."""
    return Reply(status, json.dumps(document, ensure_ascii=False).encode())


class Application(Protocol):
    """What a simulator does with a request; called from several threads at once."""

    def handle(self, request: Request) -> Reply: ...


class SimulatorServer:
    """Serves an application. The port is bound at once, port 0 takes a free one; `with` serves in a thread.

    `public_url` is the address that browsers use, when it is another than the bound one (a phone on the same network).
    """

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0, public_url: str = "") -> None:
        self._http = _Listener((host, port), _Handler)
        address, bound_port = str(self._http.server_address[0]), self._http.server_address[1]
        self.url = f"http://{'127.0.0.1' if ipaddress.ip_address(address).is_unspecified else address}:{bound_port}"
        self.public_url = (public_url or self.url).rstrip("/")
        self._thread: threading.Thread | None = None

    def serve(self, application: Application) -> None:
        """Answer requests until `stop`."""
        self._http.application = application
        self._http.serve_forever(poll_interval=0.01)

    def start(self, application: Application) -> None:
        """The same in a thread of its own."""
        self._thread = threading.Thread(target=self.serve, args=(application,), name=f"simulator {self.url}")
        self._thread.daemon = True
        self._thread.start()

    def pause(self, seconds: float) -> None:
        """Hold the calling request back; `stop` ends the wait."""
        self._http.stopping.wait(seconds)

    def stop(self) -> None:
        """Let held requests go and close the port."""
        self._http.stopping.set()
        if self._thread is not None:
            self._http.shutdown()
            self._thread.join()
            self._thread = None
        self._http.server_close()


class Simulator(ABC):
    """Base of a simulator: a server and the `with` block that runs it."""

    def __init__(self, server: SimulatorServer) -> None:
        self.server = server

    @property
    def url(self) -> str:
        """Base address for the adapter."""
        return self.server.url

    @abstractmethod
    def handle(self, request: Request) -> Reply:
        """Answer one request."""

    def serve(self) -> None:
        """Run in this thread until interrupted."""
        try:
            self.server.serve(self)
        except KeyboardInterrupt:
            self.close()

    def close(self) -> None:
        """Stop everything that runs."""
        self.server.stop()

    def __enter__(self) -> Self:
        self.server.start(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    application: Application

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self.stopping = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body leave in two writes; with Nagle's algorithm every answer on a kept connection would wait 40 ms.
    disable_nagle_algorithm = True
    server: _Listener

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PATCH(self) -> None:
        self._answer()

    def _answer(self) -> None:
        written = self.headers.get("Content-Length", "0")
        length = int(written) if written.isdecimal() else LARGEST_BODY + 1
        if length > LARGEST_BODY:
            self.close_connection = True
            self._send(Reply(413))
            return
        reply = self.server.application.handle(self._request(self.rfile.read(length)))
        if reply.hang_up:
            self.close_connection = True
            return
        self._send(reply)

    def _request(self, body: bytes) -> Request:
        parts = urlsplit(self.path)
        return Request(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
            peer=(self.client_address[0], self.client_address[1]),
        )

    def _send(self, reply: Reply) -> None:
        try:
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)
        except ConnectionError:
            # The other side lost patience, which is what several faults are for.
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Into the log and not to the terminal."""
        log.debug(format, *args)
