"""Real HTTP clients, each a caller with an address and a kept connection of its own."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass

from tests.serving import HOST

PATIENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer; `body` is its JSON object."""

    status: int
    body: dict[str, object]

    @property
    def code(self) -> str:
        """The problem's stable code, empty for a success."""
        return str(self.body.get("code", ""))


class Caller:
    """One program on one of this machine's many loopback addresses, so that limits per address see many customers."""

    def __init__(self, port: int, number: int) -> None:
        source = f"127.0.{1 + number // 200}.{1 + number % 200}"
        self._http = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_S, source_address=(source, 0))

    def post(self, path: str, body: object = None, *, key: str = "", token: str = "") -> Answer:
        """POST below /api/v1/. `key` is the Idempotency-Key, `token` that of a stall's program."""
        headers = {"Content-Type": "application/json", "Host": "localhost"}
        if key:
            headers["Idempotency-Key"] = key
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._http.request("POST", f"/api/v1/{path}", body=None if body is None else json.dumps(body), headers=headers)
        answer = self._http.getresponse()
        return Answer(answer.status, json.loads(answer.read() or "{}"))

    def status_of(self, path: str, body: str | None = None) -> int:
        """How a page answers to GET, or with a JSON body to POST."""
        headers = {"Host": "localhost", "Content-Type": "application/json"}
        self._http.request("GET" if body is None else "POST", path, body=body, headers=headers)
        answer = self._http.getresponse()
        answer.read()
        return answer.status

    def close(self) -> None:
        self._http.close()
