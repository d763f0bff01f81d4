"""The way to the server API of Toss Payments: who asks, under which idempotency key, and what silence means."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from jangteo.adapters._wire import Answer, Call, NoAnswer, Wire
from jangteo.domains.payments.ports import GatewayUnknown

# Toss asks for it: the work goes on behind a connection that was given up.
TIMEOUT_S = 60.0

_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,300}")


class Access:
    """Calls in the name of one shop. No answer raises GatewayUnknown; every HTTP status is an answer."""

    def __init__(self, *, base_url: str, secret_key: str, timeout_s: float, before_call: Callable[[], None]) -> None:
        self._wire = Wire(base_url=base_url, timeout_s=timeout_s, before_call=before_call)
        # The colon is part of the scheme: the secret is the user name and the password is empty.
        self._authorization = "Basic " + base64.b64encode(f"{secret_key}:".encode()).decode()

    def get(self, label: str, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """Read something."""
        return self._send(Call(label, "GET", path, query=query or {}))

    def post(self, label: str, path: str, body: Mapping[str, object] | None, key: str) -> Answer:
        """Change something. `key` is sent as Idempotency-Key; Toss keeps it for 15 days per address."""
        return self._send(Call(label, "POST", path, headers=_with_key(key), body=body))

    def post_sealed(self, label: str, path: str, text: str, key: str) -> Answer:
        """The same with a body that is sealed, as pay-outs demand."""
        more = {"Content-Type": "text/plain", "TossPayments-api-security-mode": "ENCRYPTION"}
        return self._send(Call(label, "POST", path, headers=_with_key(key) | more, text=text))

    def close(self) -> None:
        """Give the connections back."""
        self._wire.close()

    def _send(self, call: Call) -> Answer:
        signed = replace(
            call, label=f"toss {call.label}", headers={**call.headers, "Authorization": self._authorization}
        )
        try:
            return self._wire.call(signed)
        except NoAnswer as broken:
            raise GatewayUnknown(str(broken)) from None


def _with_key(key: str) -> dict[str, str]:
    if not _IDEMPOTENCY_KEY.fullmatch(key):
        raise ValueError("an idempotency key is 1 to 300 printable ASCII characters without spaces")
    return {"Idempotency-Key": key}
