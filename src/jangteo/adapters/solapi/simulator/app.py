"""The practice sender: Solapi's protocol over real HTTP. Texts go to a page instead of to phones.

State is kept in memory only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape

from jangteo.adapters._simulator.faults import DIAL_PATH, Dial
from jangteo.adapters._simulator.pages import STYLESHEET_PATH, page, stylesheet
from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer, json_reply
from jangteo.adapters._wire import BadShape, Record, decoded
from jangteo.adapters.solapi.simulator.gate import Gate
from jangteo.adapters.solapi.simulator.texts import ACCEPTED, ARRIVED, Draft, KeptText, PracticeAccount, Texts
from jangteo.kernel import masking
from jangteo.kernel.clock import KST, now

HANG_S = 90.0
PAGE_SIZE, LARGEST_PAGE = 20, 500

_REFUSED_AS = {"no_credit": "1030", "blocked": "1060"}
FAULTS = {
    "send": ("timeout_after_commit", "server_error_after_commit", "server_error", "garbage", "slow", *_REFUSED_AS),
    "send_many": ("timeout_after_commit", "server_error_after_commit", "server_error", "garbage", "slow"),
    "list": ("timeout", "server_error", "garbage", "slow"),
}


def _error(status: int, code: str, message: str = "") -> Reply:
    return json_reply({"errorCode": code, "errorMessage": message or code}, status)


_SERVER_ERROR = _error(500, "InternalError")


@dataclass(frozen=True, slots=True)
class Posted:
    """A body and the headers that come with it."""

    body: bytes
    headers: Mapping[str, str]


class SolapiSimulator(Simulator):
    """Use as a context manager, or `serve()` in a process of its own. `dial` makes things go wrong."""

    def __init__(
        self,
        *,
        account: PracticeAccount | None = None,
        server: SimulatorServer | None = None,
        seed: int | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        super().__init__(server or SimulatorServer())
        self.account = account or PracticeAccount()
        self.dial = Dial(FAULTS, seed)
        self.texts = Texts(account=self.account, clock=clock)
        self._gate = Gate(account=self.account, clock=clock)

    def accepted(self) -> list[KeptText]:
        """The texts that would be on their way to a phone, newest first."""
        return [text for text in self.texts.newest_first() if text.status_code == ACCEPTED]

    def report(self) -> Posted:
        """What is posted to whoever wants to be told: all that carriers have said the end of."""
        ended = [text.as_json() for text in self.texts.newest_first() if text.status_code == ARRIVED]
        secret = hashlib.sha1(self.account.hook_secret.encode(), usedforsecurity=False).hexdigest()
        return Posted(json.dumps(ended).encode(), {"X-Solapi-Event-Name": "SINGLE-REPORT", "X-Solapi-Secret": secret})

    def handle(self, request: Request) -> Reply:
        """Answer one request."""
        if request.path.startswith("/messages/"):
            refusal = self._gate.refusal(request.headers.get("authorization", ""))
            return _error(403, refusal) if refusal else self._api(request)
        if request.path == DIAL_PATH:
            return self.dial.answer(request)
        match request.method, request.path:
            case "GET", "/inbox":
                return inbox_page(self.accepted())
            case "GET", path if path == STYLESHEET_PATH:
                return stylesheet()
            case "GET", "/_sent" if request.from_this_machine:
                return json_reply([text.as_json() for text in self.accepted()])
        return _error(404, "ResourceNotFound")

    def _api(self, request: Request) -> Reply:
        match request.method, request.path:
            case "POST", "/messages/v4/send":
                return self._spoilt("send", lambda fault: self._send(request.body, fault))
            case "POST", "/messages/v4/send-many/detail":
                return self._spoilt("send_many", lambda fault: self._send_many(request.body, fault))
            case "GET", "/messages/v4/list":
                return self._spoilt("list", lambda _: self._list(request.query))
        return _error(404, "ResourceNotFound")

    def _spoilt(self, kind: str, work: Callable[[str | None], Reply]) -> Reply:
        """The answer to a piece of work after the dial had its say."""
        fault = self.dial.take(kind)
        if fault == "slow":
            self.server.pause(self.dial.slow_ms / 1000)
        if fault == "server_error":
            return _SERVER_ERROR
        reply = work(fault)
        if fault in {"timeout", "timeout_after_commit"}:
            self.server.pause(HANG_S)
            return Reply(hang_up=True)
        if fault == "server_error_after_commit":
            return _SERVER_ERROR
        if fault == "garbage":
            return Reply(200, b"<html><body>502 Bad Gateway</body></html>", "text/html")
        return reply

    def _send(self, body: bytes, fault: str | None) -> Reply:
        try:
            draft = _draft(Record(decoded(body), "body").record("message"))
        except BadShape as wrong:
            return _error(400, "ValidationError", str(wrong))
        return json_reply(self.texts.take(draft, _REFUSED_AS.get(fault or "")).as_json())

    def _send_many(self, body: bytes, _fault: str | None) -> Reply:
        try:
            drafts = [_draft(one) for one in Record(decoded(body), "body").records("messages")]
        except BadShape as wrong:
            return _error(400, "ValidationError", str(wrong))
        taken = [self.texts.take(draft).as_json() for draft in drafts]
        refused = [one for one in taken if one["statusCode"] != ACCEPTED]
        count = {"total": len(taken), "registeredSuccess": len(taken) - len(refused), "registeredFailed": len(refused)}
        left = [one for one in taken if one["statusCode"] == ACCEPTED]
        return json_reply({"groupInfo": {"count": count}, "messageList": left, "failedMessageList": refused})

    def _list(self, query: Mapping[str, str]) -> Reply:
        try:
            limit = min(int(query.get("limit", PAGE_SIZE)), LARGEST_PAGE)
            since = datetime.fromisoformat(query["startDate"]) if "startDate" in query else None
        except ValueError:
            return _error(400, "ValidationError")
        found = [
            text
            for text in self.texts.newest_first()
            if query.get("to") in (None, text.draft.to) and (since is None or text.at >= since)
        ]
        names = [text.message_id for text in found]
        start = names.index(query["startKey"]) if query.get("startKey") in names else 0
        return json_reply(
            {
                "startKey": query.get("startKey"),
                "nextKey": names[start + limit] if start + limit < len(names) else None,
                "limit": limit,
                "messageList": {text.message_id: text.as_json() for text in found[start : start + limit]},
            }
        )


def _draft(message: Record) -> Draft:
    kakao = message.record_or_none("kakaoOptions")
    return Draft(
        to=message.text_or_none("to", longest=20) or "",
        sender=message.text_or_none("from", longest=20) or "",
        text=message.text_or_none("text", longest=10_000) or "",
        fields=_custom_fields(message),
        template="" if kakao is None else kakao.text("templateId", longest=100),
    )


def _custom_fields(message: Record) -> dict[str, str]:
    fields = message.record_or_none("customFields")
    return {} if fields is None else {name: fields.text(name, longest=10_000) for name in fields.names()}


def inbox_page(texts: list[KeptText]) -> Reply:
    """The practice inbox, newest first."""
    letters = "\n".join(
        f'<li><span class="small">{escape(masking.phone(text.draft.to))} · {text.at.astimezone(KST):%H:%M:%S}</span>'
        f"{escape(text.draft.text)}</li>"
        for text in texts
    )
    content = f"""<h1>문자함</h1>
<a class="button" href="/inbox">새 문자 보기</a>
<ul class="letters">{letters or "<li>아직 온 문자가 없어요.</li>"}</ul>"""
    return page("연습 문자함", "연습 문자함 · 진짜 문자는 안 가요", content)
