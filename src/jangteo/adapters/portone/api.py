"""How PortOne V2 is called: authorisation, idempotency keys, and what an error answer means."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from jangteo.adapters._wire import Answer, BadShape, Call, NoAnswer, Record, Wire
from jangteo.adapters.portone import codes
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown

LONGEST_MESSAGE = 510


@dataclass(frozen=True, slots=True)
class PortOneAccount:
    """One shop at PortOne. `live` shops believe no payment that came through a test channel: it moves no money."""

    store_id: str
    channel_key: str
    api_secret: str = field(repr=False)
    webhook_secret: str = field(default="", repr=False)
    live: bool = True


class Api:
    """One shop's connection, safe to share between threads."""

    def __init__(
        self, *, base_url: str, account: PortOneAccount, timeout_s: float, before_call: Callable[[], None]
    ) -> None:
        self._wire = Wire(base_url=base_url, timeout_s=timeout_s, before_call=before_call)
        self._authorization = f"PortOne {account.api_secret}"

    def get(self, label: str, path: str, query: Mapping[str, str]) -> Answer:
        """Read something. Raises GatewayUnknown when there is no answer."""
        return self._send(Call(f"portone {label}", "GET", path, headers=self._headers(), query=query))

    def get_by_body(self, label: str, path: str, body: Mapping[str, object]) -> Answer:
        """Read a list. A GET has no body, so PortOne takes what would be in it as a query parameter."""
        return self.get(label, path, {"requestBody": json.dumps(body, ensure_ascii=False, separators=(",", ":"))})

    def post(self, label: str, path: str, body: Mapping[str, object] | None, key: str) -> Answer:
        """Do something, once per `key`. Raises GatewayUnknown when there is no answer."""
        headers = self._headers() | {"Idempotency-Key": wire_key(key)}
        return self._send(Call(f"portone {label}", "POST", path, headers=headers, body=body))

    def close(self) -> None:
        """Give the connections back."""
        self._wire.close()

    def _headers(self) -> dict[str, str]:
        return {"Authorization": self._authorization}

    def _send(self, call: Call) -> Answer:
        try:
            return self._wire.call(call)
        except NoAnswer as broken:
            raise GatewayUnknown(str(broken)) from None


def wire_key(key: str) -> str:
    """The idempotency key as it is sent: quoted, and a digest, because PortOne takes 16 to 256 letters and digits.

    PortOne keeps it for three hours; a key must stand for one request with one body.
    """
    if not key:
        raise ValueError("an idempotency key is needed")
    return f'"{hashlib.sha256(key.encode()).hexdigest()}"'


def segment(reference: str) -> str:
    """A reference quoted for a path, so that it leads nowhere else."""
    if reference in {"", ".", ".."}:
        raise GatewayRejected("INVALID_REQUEST", "")
    return quote(reference, safe="")


def error_type(answer: Answer) -> str:
    """The `type` of an error answer, or "" when the answer is not in the documented error shape."""
    try:
        return Record(answer.body, "error").text("type", longest=100)
    except BadShape:
        return ""


def refusal(answer: Answer) -> GatewayRejected | GatewayUnknown:
    """The exception for an answer other than 200: a final no only for a 4xx with a type known to be one."""
    kind = error_type(answer)
    if 400 <= answer.status < 500 and answer.status not in (408, 429) and kind in codes.FINAL:
        return GatewayRejected(kind, _message(answer))
    return unclear(answer)


def unclear(answer: Answer) -> GatewayUnknown:
    """The exception for an answer that says nothing about the matter, such as any refused read."""
    return GatewayUnknown(f"HTTP {answer.status} {error_type(answer)}".rstrip())


def _message(answer: Answer) -> str:
    try:
        return Record(answer.body, "error").text_or_none("message", longest=LONGEST_MESSAGE) or ""
    except BadShape:
        return ""
