"""Text messages through Solapi, messages API v4: https://developers.solapi.com/references/messages."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from jangteo.adapters._wire import Answer, BadShape, Call, NoAnswer, Record, Wire, nothing
from jangteo.adapters.solapi import codes
from jangteo.adapters.solapi.codes import Verdict
from jangteo.adapters.solapi.signature import SALT_BYTES, authorization
from jangteo.domains.people.ports import TextRejected, TextUnknown
from jangteo.kernel.clock import now

TIMEOUT_S = 30.0
LOOKS_BACK = timedelta(days=1)
PAGE_SIZE = 100
KEY_FIELD = "key"
LONGEST_KEY = 100

_PHONE = re.compile(r"0[0-9]{7,11}")


class SolapiSender:
    """One account at Solapi. Safe to share between threads.

    Solapi has no idempotency key, so each text carries ours in `customFields` and `send` first asks whether the
    number already got a text with that key within a day. A repeat is harmless once the first request has ended;
    two at the very same moment, or one still on its way inside Solapi, can send twice. The API key needs the rights
    message:write and message:read.
    """

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str,
        api_secret: str,
        sender: str,
        timeout_s: float = TIMEOUT_S,
        before_call: Callable[[], None] = nothing,
    ) -> None:
        self._wire = Wire(base_url=base_url, timeout_s=timeout_s, before_call=before_call)
        self._api_key = api_key
        self._api_secret = api_secret
        self.number = sender

    def send(self, *, to: str, text: str, key: str) -> None:
        """Send one text of up to 90 bytes (SMS) or 2,000 bytes (LMS, chosen by Solapi), in EUC-KR characters.

        Raises TextRejected, TextUnknown, and ValueError for a number, text or key that cannot be meant.
        """
        if not _PHONE.fullmatch(to):
            raise ValueError("a Korean phone number is digits only and starts with 0")
        if not text or not 0 < len(key) <= LONGEST_KEY:
            raise ValueError(f"a text is not empty and its key has 1 to {LONGEST_KEY} characters")
        try:
            if not self._left_before(to, key):
                self._send(to, text, key)
        except BadShape as wrong:
            raise TextUnknown(f"unreadable answer: {wrong}") from None

    def call(self, call: Call) -> Record:
        """One signed request. Raises TextRejected and TextUnknown."""
        header = authorization(
            api_key=self._api_key, secret=self._api_secret, moment=now(), salt=secrets.token_hex(SALT_BYTES)
        )
        signed = Call(call.label, call.method, call.path, {"Authorization": header}, call.query, call.body)
        try:
            answer = self._wire.call(signed)
        except NoAnswer as broken:
            raise TextUnknown(str(broken)) from None
        if answer.status == 200:
            return Record(answer.body, "answer")
        raise _refusal(answer)

    def sent_since(self, since: datetime, to: str = "") -> Iterator[Record]:
        """The texts since then, of all or to one number, page by page."""
        query = {"startDate": _written(since), "limit": str(PAGE_SIZE), **({"to": to} if to else {})}
        while True:
            page = self.call(Call("solapi list", "GET", "/messages/v4/list", query=query))
            yield from page.table("messageList")
            next_key = page.text_or_none("nextKey", longest=100)
            if next_key is None:
                return
            query["startKey"] = next_key

    def close(self) -> None:
        """Give the connections back."""
        self._wire.close()

    def _send(self, to: str, text: str, key: str) -> None:
        message = {"to": to, "from": self.number, "text": text, "customFields": {KEY_FIELD: key}}
        answer = self.call(Call("solapi send", "POST", "/messages/v4/send", body={"message": message}))
        status_code = answer.text("statusCode", longest=20)
        match codes.verdict(status_code):
            case Verdict.REFUSED:
                raise TextRejected(status_code, answer.text_or_none("statusMessage", longest=500) or "")
            case Verdict.UNCLEAR:
                raise TextUnknown(f"status {status_code}")

    def _left_before(self, to: str, key: str) -> bool:
        """True when a text with this key has left; one that was refused has not. Raises TextUnknown if unclear."""
        earlier = {
            codes.verdict(message.text("statusCode", longest=20))
            for message in self.sent_since(now() - LOOKS_BACK, to)
            if key_of(message) == key
        }
        if earlier == {Verdict.UNCLEAR}:
            raise TextUnknown("an earlier attempt has an unclear status")
        return Verdict.LEFT in earlier


def _refusal(answer: Answer) -> TextRejected | TextUnknown:
    """The exception for an answer other than 200: a final no only for a 4xx in the documented error shape."""
    if not 400 <= answer.status < 500 or answer.status in (408, 409, 429):
        return TextUnknown(f"HTTP {answer.status}")
    try:
        error = Record(answer.body, "error")
        code = error.text("errorCode", longest=100)
        message = error.text_or_none("errorMessage", longest=500) or ""
    except BadShape:
        return TextUnknown(f"HTTP {answer.status}")
    return TextUnknown(code) if code in codes.TRY_AGAIN else TextRejected(code, message)


def key_of(message: Record) -> str | None:
    """Our own name of a text."""
    fields = message.record_or_none("customFields")
    return fields.text_or_none(KEY_FIELD, longest=LONGEST_KEY) if fields else None


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
