"""Many texts and Alimtalk at once: POST /messages/v4/send-many/detail, and what carriers report of them.

Solapi takes up to 10,000 a request. There is no key that makes a request harmless to repeat, so each message carries
ours in `customFields` and is looked for by it; `allowDuplicates` lets one number get two different messages.

Solapi also posts what carriers report (event SINGLE-REPORT): a JSON list of the same messages. Its page about that,
https://solapi.com/developers/api/webhook, could not be read when this was written; several programs that use it agree
that the header `X-Solapi-Secret` is the SHA-1 in hex of a secret that is set with the address, and that
`X-Solapi-Event-Name` names the event. Such a header is the same each time and says nothing of the body. So what lacks
either is refused, and of the rest only the keys are taken, as a hint to ask for those texts through the signed API.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from jangteo.adapters._wire import BadShape, Call, Record, decoded
from jangteo.adapters.solapi import codes
from jangteo.adapters.solapi.client import KEY_FIELD, SolapiSender, key_of
from jangteo.adapters.solapi.codes import Verdict
from jangteo.domains.campaigns.ports import Answer, ForgedReports, Left, Outgoing, Report, TextsUnknown
from jangteo.domains.people.ports import TextRejected, TextUnknown
from jangteo.kernel.clock import now

MOST_AT_ONCE = 1_000
FOUND_WITHIN = timedelta(days=3)
ARRIVED, UNDER_WAY = "4000", frozenset({"2000", "3000"})
SECRET_HEADER, EVENT_HEADER, EVENT = "X-Solapi-Secret", "X-Solapi-Event-Name", "SINGLE-REPORT"
_LEFT = {Verdict.LEFT: Left.LEFT, Verdict.REFUSED: Left.REFUSED, Verdict.UNCLEAR: Left.UNKNOWN}


class SolapiLetters:
    """The same account as a `SolapiSender`. Safe to share between threads. Without a secret nothing posted is read."""

    name = "solapi"

    def __init__(self, sender: SolapiSender, hook_secret: str = "") -> None:
        self._sender = sender
        self._hook_secret = hook_secret

    def send_many(self, letters: Sequence[Outgoing]) -> list[Answer]:
        """What became of each, in no order. Raises TextsUnknown where nobody knows.

        A request that is refused as a whole is a fault of ours, not of the people in it: that raises, too.
        """
        answers: list[Answer] = []
        for start in range(0, len(letters), MOST_AT_ONCE):
            answers += self._send(letters[start : start + MOST_AT_ONCE])
        return answers

    def find(self, *, to: str, key: str) -> Left | None:
        """What became of an earlier try, None where there was none. Raises TextsUnknown."""
        try:
            found = [
                codes.verdict(one.text("statusCode", longest=20))
                for one in self._sender.sent_since(now() - FOUND_WITHIN, to)
                if key_of(one) == key
            ]
        except (BadShape, TextRejected, TextUnknown) as lost:
            raise TextsUnknown(type(lost).__name__) from None
        best = [verdict for verdict in (Verdict.LEFT, Verdict.UNCLEAR, Verdict.REFUSED) if verdict in found]
        return _LEFT[best[0]] if best else None

    def reports(self, *, since: datetime) -> list[Report]:
        """The end of each that has one, of all that were sent since. Raises TextsUnknown."""
        try:
            told = [_report(one) for one in self._sender.sent_since(since)]
        except (BadShape, TextRejected, TextUnknown) as lost:
            raise TextsUnknown(type(lost).__name__) from None
        return [one for one in told if one is not None]

    def told(self, *, body: bytes, headers: Mapping[str, str]) -> list[str]:
        """The keys of texts that it says are over; none in events of other kinds. Raises ForgedReports and BadShape."""
        given = headers.get(SECRET_HEADER, "").encode()
        if not self._hook_secret or not hmac.compare_digest(given, written_secret(self._hook_secret).encode()):
            raise ForgedReports("the secret is missing or another")
        event = headers.get(EVENT_HEADER, "")
        if not event:
            raise ForgedReports("it names no event")
        if event != EVENT:
            return []
        document = decoded(body)
        if not isinstance(document, list):
            raise BadShape("body is not a list")
        told = [_report(Record(one, "report")) for one in document]
        return [one.key for one in told if one is not None]

    def _send(self, letters: Sequence[Outgoing]) -> list[Answer]:
        body = {
            "messages": [self._written(one) for one in letters],
            "allowDuplicates": True,
            "showMessageList": True,
        }
        try:
            answer = self._sender.call(Call("solapi send-many", "POST", "/messages/v4/send-many/detail", body=body))
            told = [_answer(one) for name in ("messageList", "failedMessageList") for one in answer.records(name)]
        except TextRejected as no:
            raise TextsUnknown(no.code) from None
        except (BadShape, TextUnknown) as lost:
            raise TextsUnknown(type(lost).__name__) from None
        return [one for one in told if one is not None]

    def _written(self, one: Outgoing) -> dict[str, object]:
        message: dict[str, object] = {"to": one.to, "from": self._sender.number, "text": one.text}
        message["customFields"] = {KEY_FIELD: one.key}
        if not one.template:
            return message
        kakao = {
            "pfId": one.profile,
            "templateId": one.template,
            "variables": dict(one.variables),
            "disableSms": False,
        }
        return {**message, "kakaoOptions": kakao}


def written_secret(secret: str) -> str:
    """As Solapi sends it. A digest of nothing that changes: it keeps strangers out, and says nothing of the body."""
    return hashlib.sha1(secret.encode(), usedforsecurity=False).hexdigest()


def _answer(message: Record) -> Answer | None:
    """None for one that is not ours."""
    key, code = key_of(message), message.text("statusCode", longest=20)
    return None if key is None else Answer(key, _LEFT[codes.verdict(code)], code)


def _report(message: Record) -> Report | None:
    """None as long as it is on its way, for what never left, and for what is not ours."""
    key, code = key_of(message), message.text("statusCode", longest=20)
    if key is None or code in UNDER_WAY or code[0] not in "34":
        return None
    return Report(key, code == ARRIVED, code, message.flag("replacement"))
