"""The texts of the practice sender: what is accepted, what is refused, what is listed."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

ACCEPTED = "2000"
ARRIVED = "4000"
# Which number Solapi gives a template that it does not know is not documented; any 1xxx is a final no.
REFUSED_TEMPLATE = "1099"
SMS_BYTES, LMS_BYTES = 90, 2_000
LONGEST_FIELD_NAME, LONGEST_FIELD_VALUE = 30, 100

_PHONE = re.compile(r"0[0-9]{7,11}")
_MESSAGES = {
    "1010": "필수 입력 값 미입력",
    "1011": "Format Error",
    "1029": "EUC-KR(완성형 한글) 범위 안에 있는 문자만 사용 합니다.",
    "1030": "잔액 부족",
    "1031": "SMS는 90byte LMS, MMS는 2000byte까지 사용 가능 합니다.",
    "1032": "유효한 커스텀 필드 값이 아닙니다.",
    "1060": "차단된 수신번호",
    "1062": "발신번호 미등록",
    REFUSED_TEMPLATE: "등록되지 않았거나 승인되지 않은 템플릿",
    ARRIVED: "수신완료",
    ACCEPTED: "정상 접수(이통사로 접수 예정)",
}


@dataclass(frozen=True, slots=True)
class PracticeAccount:
    """The one account that the practice sender serves, with its registered sender number."""

    api_key: str = "PRACTICEKEY"
    api_secret: str = "practice-secret"  # noqa: S105 - opens nothing but this simulator
    sender: str = "0212345678"
    templates: frozenset[str] = frozenset()
    hook_secret: str = "practice-hook-secret"  # noqa: S105 - opens nothing but what this simulator posts to


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it was handed in."""

    to: str
    sender: str
    text: str
    fields: Mapping[str, str]
    template: str = ""


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text with what became of it."""

    message_id: str
    draft: Draft
    status_code: str
    at: datetime
    replaced: bool = False

    def as_json(self) -> dict[str, object]:
        """The fields that Solapi names."""
        return {
            "messageId": self.message_id,
            "groupId": self.message_id.replace("M4V", "G4V", 1),
            "accountId": "00000000",
            "to": self.draft.to,
            "from": self.draft.sender,
            "text": self.draft.text,
            "type": self._type(),
            "replacement": self.replaced,
            "country": "82",
            "statusCode": self.status_code,
            "statusMessage": _MESSAGES[self.status_code],
            "customFields": dict(self.draft.fields),
            "dateCreated": self.at.isoformat(),
        }

    def _type(self) -> str:
        if self.draft.template and not self.replaced:
            return "ATA"
        return "SMS" if _length(self.draft.text) <= SMS_BYTES else "LMS"


class Texts:
    """Every text since the start, refused ones included."""

    def __init__(self, *, account: PracticeAccount, clock: Callable[[], datetime]) -> None:
        self._account = account
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: list[KeptText] = []
        self._numbers = itertools.count(1)
        # What a test may say of people: numbers that carriers block, and that have no KakaoTalk.
        self.blocked: set[str] = set()
        self.without_kakao: set[str] = set()

    def take(self, draft: Draft, refused_as: str | None = None) -> KeptText:
        """Accept or refuse a text; `refused_as` refuses it with that code whatever it says."""
        with self._lock:
            at = self._clock()
            number = next(self._numbers)
            kept = KeptText(f"M4V{at:%Y%m%d%H%M%S}{number:015d}", draft, refused_as or self._status(draft), at)
            self._kept.append(kept)
            return kept

    def settle(self) -> None:
        """Carriers say the end: what was accepted arrives, an Alimtalk to people without KakaoTalk as a text."""
        with self._lock:
            self._kept = [self._ended(text) if text.status_code == ACCEPTED else text for text in self._kept]

    def newest_first(self) -> list[KeptText]:
        """Every text."""
        with self._lock:
            return self._kept[::-1]

    def _ended(self, text: KeptText) -> KeptText:
        return replace(
            text, status_code=ARRIVED, replaced=bool(text.draft.template) and text.draft.to in self.without_kakao
        )

    def _status(self, draft: Draft) -> str:
        length = _length(draft.text)
        checks = (
            (draft.to and draft.sender and draft.text, "1010"),
            (_PHONE.fullmatch(draft.to), "1011"),
            (draft.sender == self._account.sender, "1062"),
            (draft.to not in self.blocked, "1060"),
            (not draft.template or draft.template in self._account.templates, REFUSED_TEMPLATE),
            (length >= 0, "1029"),
            (length <= LMS_BYTES, "1031"),
            (
                all(
                    len(name) <= LONGEST_FIELD_NAME and len(value) <= LONGEST_FIELD_VALUE
                    for name, value in draft.fields.items()
                ),
                "1032",
            ),
        )
        return next((code for holds, code in checks if not holds), ACCEPTED)


def _length(text: str) -> int:
    """Bytes in EUC-KR, or -1 when a character is outside of it."""
    try:
        return len(text.encode("euc-kr"))
    except UnicodeEncodeError:
        return -1
