"""An e-mail address is written down once its person has typed what came to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.test import Client

from jangteo.domains.campaigns import outside
from jangteo.domains.campaigns.ports import Mail, MailRefused, Senders
from jangteo.domains.people.models import User
from jangteo.faces.shop.tests.test_my_data import mine, texts
from jangteo.kernel import clock
from tests.world import NOON, World

__all__ = ["mine", "texts"]
EMAIL = "/jangteo/my/email/"
CODE = f"{EMAIL}code/"


@dataclass
class Mails:
    """Takes every mail, or says no to all."""

    sent: list[Mail] = field(default_factory=list)
    no: Exception | None = None

    def send(self, mail: Mail) -> None:
        if self.no is not None:
            raise self.no
        self.sent.append(mail)

    @property
    def code(self) -> str:
        return str(re.findall(r"[0-9]{6}", self.sent[-1].text)[0])


@pytest.fixture
def mails() -> Iterator[Mails]:
    box = Mails()
    outside.use(Senders(mails=box))
    yield box
    outside.use(Senders())


def known() -> str:
    return User.objects.get().email


def test_an_address_is_known_once_its_code_was_typed(world: World, mine: Client, mails: Mails) -> None:
    assert mine.post(EMAIL, {"email": "Hana@Example.com"})["Location"] == CODE
    assert (mails.sent[-1].to, known()) == ("hana@example.com", "")
    wrong = "000000" if mails.code != "000000" else "111111"
    assert mine.post(CODE, {"code": wrong}).status_code == 422
    spaced = f"{mails.code[:3]} {mails.code[3:]}"
    assert mine.post(CODE, {"code": spaced})["Location"] == "/jangteo/my/?done=yes"
    assert known() == "hana@example.com"
    assert "hana@example.com" in mine.get("/jangteo/my/").content.decode()

    assert mine.post(CODE, {"code": mails.code})["Location"] == EMAIL
    mine.post(EMAIL, {"off": "yes"})
    assert known() == ""


@pytest.mark.parametrize("typed", ["", "하나", "a@b", "a@b.c d", "x" * 101 + "@example.com"])
def test_what_is_no_address_gets_no_mail(world: World, mine: Client, mails: Mails, typed: str) -> None:
    assert mine.post(EMAIL, {"email": typed}).status_code == 422
    assert mails.sent == []


def test_five_wrong_codes_or_half_an_hour_end_it(world: World, mine: Client, mails: Mails) -> None:
    mine.post(EMAIL, {"email": "hana@example.com"})
    wrong = "000000" if mails.code != "000000" else "111111"
    for _try in range(5):
        mine.post(CODE, {"code": wrong})
    assert mine.post(CODE, {"code": mails.code})["Location"] == EMAIL
    mine.post(EMAIL, {"email": "hana@example.com"})
    with clock.at(NOON + timedelta(minutes=31)):
        assert mine.post(CODE, {"code": mails.code})["Location"] == EMAIL
    assert known() == ""


def test_the_sixth_mail_of_an_hour_is_not_sent(world: World, mine: Client, mails: Mails) -> None:
    answers = [mine.post(EMAIL, {"email": "hana@example.com"}).status_code for _ in range(6)]
    assert (answers, len(mails.sent)) == ([302] * 5 + [422], 5)


@pytest.mark.parametrize(("no", "said"), [(MailRefused("550"), "주소를 다시"), (OSError(), "지금은 이메일을 보낼 수")])
def test_a_server_that_says_no_is_passed_on_in_words(
    world: World,
    mine: Client,
    mails: Mails,
    no: Exception,
    said: str,
) -> None:
    mails.no = no
    answer = mine.post(EMAIL, {"email": "hana@example.com"})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_where_no_mail_is_set_up_the_page_says_so(world: World, mine: Client) -> None:
    page = mine.get(EMAIL).content.decode()
    assert "이 시장은 아직 이메일을 보내지 않아요." in page
    assert mine.post(EMAIL, {"email": "hana@example.com"}).status_code == 422
