from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.test import Client

from jangteo.domains.people import senders
from jangteo.domains.people.models import User
from jangteo.domains.people.ports import TextRejected, TextUnknown
from jangteo.faces.shop.tests.pressing import checked_out, put_in, text_of
from tests.world import World

NUMBER = "010-1234-5678"


@dataclass
class Texts:
    """Keeps the texts instead of sending them, or fails as told."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    fails_with: Exception | None = None

    def send(self, *, to: str, text: str, key: str) -> None:
        if self.fails_with is not None:
            raise self.fails_with
        self.sent.append((to, text))

    @property
    def code(self) -> str:
        found = re.search(r"\d{6}", self.sent[-1][1])
        assert found
        return found[0]


@pytest.fixture
def texts() -> Iterator[Texts]:
    sender = Texts()
    senders.use(sender)
    yield sender
    senders.use(None)


def sign_in(shopper: Client, texts: Texts, number: str = NUMBER) -> None:
    shopper.post("/jangteo/enter/", {"phone": number})
    shopper.post("/jangteo/enter/code/", {"code": texts.code})


def test_the_first_code_makes_an_account(world: World, shopper: Client, texts: Texts) -> None:
    asked = shopper.post("/jangteo/enter/", {"phone": NUMBER})
    assert asked["Location"] == "/jangteo/enter/code/"
    assert texts.sent[0][0] == "01012345678"
    assert "010-1234-5678 번호로 보냈어요." in text_of(shopper.get("/jangteo/enter/code/"))
    assert User.objects.get().phone_verified is False

    entered = shopper.post("/jangteo/enter/code/", {"code": f" {texts.code[:3]}-{texts.code[3:]} "})

    assert entered["Location"] == "/jangteo/orders/"
    user = User.objects.get()
    assert (user.phone, user.phone_verified) == ("01012345678", True)
    assert "010-1234-5678 번호로 들어와 있어요" in text_of(shopper.get("/jangteo/orders/"))


def test_the_same_number_is_the_same_account(world: World, texts: Texts) -> None:
    sign_in(Client(), texts)
    sign_in(Client(), texts, "+82 10 1234 5678")

    assert User.objects.count() == 1


def test_an_order_is_seen_on_every_device_of_the_account(world: World, shopper: Client, texts: Texts) -> None:
    sign_in(shopper, texts)
    put_in(shopper, world.tofu)
    checked_out(shopper)
    other = Client()
    sign_in(other, texts)

    assert "1번 주문이 들어갔어요 손두부 1모" in text_of(other.get("/jangteo/orders/"))


def test_a_wrong_code_is_said_and_five_end_it(world: World, shopper: Client, texts: Texts) -> None:
    shopper.post("/jangteo/enter/", {"phone": NUMBER})
    wrong = "000000" if texts.code != "000000" else "111111"

    for _attempt in range(4):
        answer = shopper.post("/jangteo/enter/code/", {"code": wrong})
        assert answer.status_code == 422
        assert "번호가 달라요." in text_of(answer)
    assert shopper.post("/jangteo/enter/code/", {"code": wrong})["Location"] == "/jangteo/enter/"

    assert shopper.post("/jangteo/enter/code/", {"code": texts.code})["Location"] == "/jangteo/enter/"
    assert User.objects.get().phone_verified is False


def test_a_code_of_another_browser_opens_nothing(world: World, shopper: Client, texts: Texts) -> None:
    shopper.post("/jangteo/enter/", {"phone": NUMBER})

    assert Client().post("/jangteo/enter/code/", {"code": texts.code})["Location"] == "/jangteo/enter/"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "휴대폰 번호를 적어 주세요."),
        ("123", "전화번호를 다시 봐 주세요."),
        ("02-123-4567", "문자를 받을 수 있는 휴대폰 번호를 적어 주세요."),
        ("+1 555 123 4567", "전화번호를 다시 봐 주세요."),
    ],
)
def test_a_number_that_gets_no_text_is_explained(
    world: World, shopper: Client, texts: Texts, number: str, sentence: str
) -> None:
    answer = shopper.post("/jangteo/enter/", {"phone": number})

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert texts.sent == []
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    ("fails_with", "sentence"),
    [
        (TextRejected("1013", "no such number"), "이 번호로는 문자를 보낼 수 없어요."),
        (TextUnknown(), "지금은 문자를 보낼 수 없어요."),
    ],
)
def test_a_text_that_does_not_leave_is_explained(
    world: World, shopper: Client, texts: Texts, fails_with: Exception, sentence: str
) -> None:
    texts.fails_with = fails_with

    answer = shopper.post("/jangteo/enter/", {"phone": NUMBER})

    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_without_a_sender_one_may_still_shop(world: World, shopper: Client) -> None:
    answer = shopper.post("/jangteo/enter/", {"phone": NUMBER})

    assert "지금은 문자를 보낼 수 없어요. 들어오지 않아도 주문할 수 있어요." in text_of(answer)


def test_a_number_gets_five_texts_an_hour(world: World, shopper: Client, texts: Texts) -> None:
    for _time in range(6):
        answer = shopper.post("/jangteo/enter/", {"phone": NUMBER})

    assert "조금 전에 여러 번 하셨어요." in text_of(answer)
    assert len(texts.sent) == 5


def test_leaving_signs_out(world: World, shopper: Client, texts: Texts) -> None:
    sign_in(shopper, texts)

    assert shopper.get("/jangteo/leave/").status_code == 405
    assert shopper.post("/jangteo/leave/")["Location"] == "/jangteo/"
    assert "휴대폰 번호로 들어가기" in text_of(shopper.get("/jangteo/orders/"))
