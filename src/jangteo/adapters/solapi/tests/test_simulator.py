from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer, json_reply
from jangteo.adapters._wire import tls
from jangteo.adapters.solapi.client import SolapiSender
from jangteo.adapters.solapi.signature import authorization
from jangteo.adapters.solapi.simulator import PracticeAccount, SolapiSimulator
from jangteo.domains.people.ports import TextRejected, TextUnknown

NOW = datetime(2026, 11, 3, 1, 2, 3, tzinfo=UTC)
ACCOUNT = PracticeAccount()
SALT = "0123456789abcdef"
MESSAGE = {"to": "01012345678", "from": ACCOUNT.sender, "text": "인증번호 482913"}


@pytest.fixture
def simulator() -> Iterator[SolapiSimulator]:
    with SolapiSimulator(clock=lambda: NOW) as running:
        yield running


@pytest.fixture
def live_simulator() -> Iterator[SolapiSimulator]:
    with SolapiSimulator() as running:
        yield running


def sender(url: str, number: str = ACCOUNT.sender) -> SolapiSender:
    return SolapiSender(base_url=url, api_key=ACCOUNT.api_key, api_secret=ACCOUNT.api_secret, sender=number)


def signed(
    *, api_key: str = ACCOUNT.api_key, secret: str = ACCOUNT.api_secret, moment: datetime = NOW, salt: str = SALT
) -> str:
    return authorization(api_key=api_key, secret=secret, moment=moment, salt=salt)


def post(simulator: SolapiSimulator, header: str, message: object = MESSAGE) -> httpx.Response:
    address = f"{simulator.url}/messages/v4/send"
    return httpx.post(address, json={"message": message}, headers={"Authorization": header}, verify=tls(), timeout=20)


def test_a_signed_text_is_accepted_in_the_documented_shape(simulator: SolapiSimulator) -> None:
    answer = post(simulator, signed())

    assert answer.status_code == 200
    assert answer.json()["statusCode"] == "2000"
    assert answer.json()["type"] == "SMS"
    assert answer.json()["to"] == "01012345678"
    assert len(simulator.accepted()) == 1


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "InvalidAPIKey"),
        (signed(api_key="OTHER"), "InvalidAPIKey"),
        (signed(secret="other-secret"), "SignatureDoesNotMatch"),
        (signed(salt="short"), "SignatureDoesNotMatch"),
        (signed(salt="s" * 65), "SignatureDoesNotMatch"),
        (signed(moment=NOW - timedelta(minutes=15, seconds=1)), "RequestTimeTooSkewed"),
        (signed(moment=NOW + timedelta(minutes=15, seconds=1)), "RequestTimeTooSkewed"),
        (signed().replace("date=2026-11-03T01:02:03Z", "date=2026-11-03T01:02:04Z"), "SignatureDoesNotMatch"),
        (signed().replace("date=2026-11-03T01:02:03Z", "date=today"), "RequestTimeTooSkewed"),
    ],
)
def test_a_wrong_signature_is_refused(simulator: SolapiSimulator, header: str, code: str) -> None:
    answer = post(simulator, header)

    assert (answer.status_code, answer.json()["errorCode"]) == (403, code)
    assert simulator.accepted() == []


def test_a_signature_is_good_once(simulator: SolapiSimulator) -> None:
    post(simulator, signed())

    again = post(simulator, signed())

    assert (again.status_code, again.json()["errorCode"]) == (403, "DuplicatedSignature")
    assert len(simulator.accepted()) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": ""}, "1010"),
        ({"to": "010-1234-5678"}, "1011"),
        ({"from": "0299999999"}, "1062"),
        ({"text": "떡볶이 🍲"}, "1029"),
        ({"text": "가" * 1_001}, "1031"),
        ({"customFields": {"k" * 31: "v"}}, "1032"),
    ],
)
def test_a_text_that_cannot_go_is_refused_with_its_code(
    simulator: SolapiSimulator, changes: dict[str, object], code: str
) -> None:
    answer = post(simulator, signed(), MESSAGE | changes)

    assert answer.json()["statusCode"] == code
    assert simulator.accepted() == []


@pytest.mark.parametrize(("text", "kind"), [("가" * 45, "SMS"), ("가" * 46, "LMS")])
def test_the_length_decides_the_kind(simulator: SolapiSimulator, text: str, kind: str) -> None:
    assert post(simulator, signed(), MESSAGE | {"text": text}).json()["type"] == kind


def test_a_body_without_a_message_is_refused(simulator: SolapiSimulator) -> None:
    answer = post(simulator, signed(), None)

    assert (answer.status_code, answer.json()["errorCode"]) == (400, "ValidationError")


def test_the_inbox_shows_the_newest_first_and_hides_the_number(live_simulator: SolapiSimulator) -> None:
    texting = sender(live_simulator.url)
    texting.send(to="01012345678", text="첫 번째 <문자>", key="otp:1")
    texting.send(to="01087654321", text="두 번째 문자", key="otp:2")
    texting.close()

    page = httpx.get(f"{live_simulator.url}/inbox", verify=tls())

    assert page.text.index("두 번째 문자") < page.text.index("첫 번째 &lt;문자&gt;")
    assert "010-****-5678" in page.text
    assert "01012345678" not in page.text
    assert "새 문자 보기" in page.text
    assert "연습 문자함" in page.text


def test_an_empty_inbox_says_so(simulator: SolapiSimulator) -> None:
    assert "아직 온 문자가 없어요." in httpx.get(f"{simulator.url}/inbox", verify=tls()).text


def test_programs_read_what_was_sent_as_json(live_simulator: SolapiSimulator) -> None:
    texting = sender(live_simulator.url)
    texting.send(to="01012345678", text="인증번호 482913", key="otp:1")
    texting.close()

    (text,) = httpx.get(f"{live_simulator.url}/_sent", verify=tls()).json()

    assert (text["to"], text["text"], text["customFields"]) == ("01012345678", "인증번호 482913", {"key": "otp:1"})


def test_a_sender_with_a_wrong_number_is_told_why(live_simulator: SolapiSimulator) -> None:
    texting = sender(live_simulator.url, number="0299999999")

    with pytest.raises(TextRejected) as refused:
        texting.send(to="01012345678", text="인증번호 482913", key="otp:1")

    assert refused.value.code == "1062"
    texting.close()


class OneAnswer(Simulator):
    """Lists the same texts every time and answers every send with one reply."""

    def __init__(self, reply: Reply, listed: Mapping[str, object] | None = None) -> None:
        super().__init__(SimulatorServer())
        self._reply = reply
        self._listed = listed or {}
        self.sends = 0

    def handle(self, request: Request) -> Reply:
        if request.method == "GET":
            return json_reply({"messageList": self._listed, "nextKey": None})
        self.sends += 1
        return self._reply


@pytest.mark.parametrize(
    "reply",
    [
        json_reply({"errorCode": "DuplicatedSignature", "errorMessage": ""}, 403),
        json_reply({"errorCode": "TooMany", "errorMessage": ""}, 429),
        json_reply({"message": "no"}, 400),
        json_reply({"statusCode": "1024", "statusMessage": "서버 오류"}),
        json_reply({"statusCode": 2000}),
        json_reply({}),
        json_reply({}, 302),
        Reply(hang_up=True),
    ],
)
def test_an_answer_that_decides_nothing_is_unknown(reply: Reply) -> None:
    with OneAnswer(reply) as service:
        texting = sender(service.url)
        with pytest.raises(TextUnknown):
            texting.send(to="01012345678", text="인증번호 482913", key="otp:1")
        texting.close()


def test_an_earlier_attempt_with_an_unclear_status_is_not_repeated() -> None:
    earlier = {"M4V1": {"statusCode": "1024", "customFields": {"key": "otp:1"}}}
    with OneAnswer(json_reply({"statusCode": "2000"}), earlier) as service:
        texting = sender(service.url)
        with pytest.raises(TextUnknown, match="unclear"):
            texting.send(to="01012345678", text="인증번호 482913", key="otp:1")
        texting.send(to="01012345678", text="인증번호 482913", key="otp:2")
        texting.close()

    assert service.sends == 1


def test_a_refusal_keeps_its_code_and_message() -> None:
    with OneAnswer(json_reply({"errorCode": "InvalidAPIKey", "errorMessage": "no such key"}, 403)) as service:
        texting = sender(service.url)
        with pytest.raises(TextRejected) as refused:
            texting.send(to="01012345678", text="인증번호 482913", key="otp:1")
        texting.close()

    assert (refused.value.code, refused.value.message) == ("InvalidAPIKey", "no such key")


def test_the_hook_runs_before_anything_leaves(live_simulator: SolapiSimulator) -> None:
    def stop() -> None:
        raise RuntimeError("inside a transaction")

    texting = SolapiSender(
        base_url=live_simulator.url,
        api_key=ACCOUNT.api_key,
        api_secret=ACCOUNT.api_secret,
        sender=ACCOUNT.sender,
        before_call=stop,
    )

    with pytest.raises(RuntimeError, match="inside a transaction"):
        texting.send(to="01012345678", text="인증번호 482913", key="otp:1")

    assert live_simulator.accepted() == []
    texting.close()


def test_neither_number_nor_text_nor_secret_reaches_the_log(
    live_simulator: SolapiSimulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    texting = sender(live_simulator.url)

    texting.send(to="01012345678", text="인증번호 482913", key="otp:1")

    texting.close()
    assert "solapi send: HTTP 200" in caplog.text
    assert "01012345678" not in caplog.text
    assert "482913" not in caplog.text
    assert ACCOUNT.api_secret not in caplog.text
