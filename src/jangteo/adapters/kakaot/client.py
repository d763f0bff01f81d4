"""Quick couriers through Kakao T's API v2: https://logistics-developers.kakaomobility.com/document."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from jangteo.adapters._wire import Answer, BadShape, Call, NoAnswer, Record, Wire, nothing
from jangteo.adapters.kakaot import mapper
from jangteo.adapters.kakaot.signature import Scheme, authorization
from jangteo.domains.carriers.ports import CarrierRejected, CarrierUnknown, Errand, QuickSnapshot
from jangteo.kernel.clock import now

TIMEOUT_S = 15.0
NONCE_BELOW = 1_000_000_000
# An answer that is no final no: somebody else's turn, or theirs.
NOT_NOW = frozenset({408, 409, 425, 429})


@dataclass(frozen=True, slots=True)
class KakaoTAccount:
    """What the company gave out. `base_url` ends before /api; the sandbox has a path of its own in it."""

    base_url: str
    vendor: str
    api_key: str
    scheme: Scheme = Scheme.SHA512


class KakaoTCourier:
    """One account. Safe to share between threads.

    `partnerOrderId` is unique at the company: an order that it has already is answered 409, and read instead.
    """

    name = "kakaot"

    def __init__(
        self, *, account: KakaoTAccount, timeout_s: float = TIMEOUT_S, before_call: Callable[[], None] = nothing
    ) -> None:
        self._account = account
        self._wire = Wire(base_url=account.base_url.rstrip("/"), timeout_s=timeout_s, before_call=before_call)

    def estimate(self, *, errand: Errand) -> int:
        answer = self._asked(Call("kakaot price", "POST", "/api/v2/orders/price", body=mapper.priced(errand)))
        try:
            return _read(answer).won("totalPrice")
        except BadShape as wrong:
            raise CarrierUnknown(f"unreadable answer: {wrong}") from None

    def order(self, *, errand: Errand, ref: str) -> QuickSnapshot:
        call = Call("kakaot order", "POST", "/api/v2/orders", body=mapper.ordered(errand, ref))
        answer = self._asked(call)
        if answer.status == 409:
            known = self.status(ref=ref)
            if known is None:
                raise CarrierUnknown("refused as known, and not there")
            return known
        return self._snapshot(answer, ref)

    def status(self, *, ref: str) -> QuickSnapshot | None:
        answer = self._asked(Call("kakaot status", "GET", f"/api/v2/orders/{ref}"))
        return None if answer.status == 404 else self._snapshot(answer, ref)

    def cancel(self, *, ref: str) -> QuickSnapshot:
        answer = self._asked(Call("kakaot cancel", "PATCH", f"/api/v2/orders/{ref}/cancel"))
        if answer.status == 409:
            raise CarrierRejected(_code(answer))
        if 200 <= answer.status < 300:
            # What the answer says is not laid down: the errand itself is.
            seen = self.status(ref=ref)
            if seen is None:
                raise CarrierUnknown("cancelled, and not there")
            return seen
        return self._snapshot(answer, ref)

    def close(self) -> None:
        """Give the connections back."""
        self._wire.close()

    def _asked(self, call: Call) -> Answer:
        nonce = str(secrets.randbelow(NONCE_BELOW))
        account = self._account
        signed = authorization(account.scheme, moment=now(), nonce=nonce, api_key=account.api_key)
        headers = {"vendor": account.vendor, "Authorization": signed}
        try:
            return self._wire.call(Call(call.label, call.method, call.path, headers, body=call.body))
        except NoAnswer as broken:
            raise CarrierUnknown(str(broken)) from None

    def _snapshot(self, answer: Answer, ref: str) -> QuickSnapshot:
        try:
            return mapper.snapshot(_read(answer), ref)
        except BadShape as wrong:
            raise CarrierUnknown(f"unreadable answer: {wrong}") from None


def _read(answer: Answer) -> Record:
    """The answer's document. Raises CarrierRejected for a no that stays, CarrierUnknown for any other, BadShape."""
    if 200 <= answer.status < 300:
        return Record(answer.body, "answer")
    if 400 <= answer.status < 500 and answer.status not in NOT_NOW and isinstance(answer.body, dict):
        raise CarrierRejected(_code(answer), _message(answer))
    raise CarrierUnknown(f"HTTP {answer.status}")


def _code(answer: Answer) -> str:
    """The company's own code, or the status where it gives none."""
    code = answer.body.get("code") if isinstance(answer.body, dict) else None
    return str(code)[:60] if isinstance(code, str | int) else f"HTTP {answer.status}"


def _message(answer: Answer) -> str:
    message = answer.body.get("message") if isinstance(answer.body, dict) else None
    return message[:200] if isinstance(message, str) else ""
