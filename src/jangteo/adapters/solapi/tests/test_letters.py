"""Many texts at once, against the practice Solapi over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from jangteo.adapters.solapi.client import SolapiSender
from jangteo.adapters.solapi.letters import SolapiLetters
from jangteo.adapters.solapi.simulator import PracticeAccount, SolapiSimulator
from jangteo.domains.campaigns.ports import Answer, Left, Outgoing, Report, TextsUnknown
from jangteo.kernel.clock import now

ONE, OTHER = Outgoing("k1", "01000000001", "오늘 갈치"), Outgoing("k2", "01000000002", "오늘 갈치")
COUPON = Outgoing("k3", "01000000003", "쿠폰", "JT1", "PF1", (("#{내용}", "쿠폰"),))


@pytest.fixture
def simulator() -> Iterator[SolapiSimulator]:
    with SolapiSimulator(account=PracticeAccount(templates=frozenset({"JT1"})), seed=1) as running:
        yield running


def letters(simulator: SolapiSimulator, secret: str = "") -> SolapiLetters:
    account = simulator.account
    sender = SolapiSender(
        base_url=simulator.url,
        api_key=account.api_key,
        api_secret=secret or account.api_secret,
        sender=account.sender,
        timeout_s=2,
    )
    return SolapiLetters(sender)


def test_each_has_its_own_answer(simulator: SolapiSimulator) -> None:
    simulator.texts.blocked = {OTHER.to}
    unknown = Outgoing("k4", "01000000004", "쿠폰", "GONE", "PF1")

    answers = sorted(letters(simulator).send_many([ONE, OTHER, COUPON, unknown]), key=lambda one: one.key)

    assert answers == [
        Answer("k1", Left.LEFT, "2000"),
        Answer("k2", Left.REFUSED, "1060"),
        Answer("k3", Left.LEFT, "2000"),
        Answer("k4", Left.REFUSED, "1099"),
    ]
    assert [text.draft.template for text in simulator.accepted()] == ["JT1", ""]


@pytest.mark.parametrize("fault", ["server_error_after_commit", "garbage"])
def test_a_lost_answer_is_found_by_its_key(simulator: SolapiSimulator, fault: str) -> None:
    simulator.dial.next_up("send_many", fault)
    post = letters(simulator)

    with pytest.raises(TextsUnknown):
        post.send_many([ONE])

    assert (post.find(to=ONE.to, key="k1"), post.find(to=ONE.to, key="k9"), post.find(to=OTHER.to, key="k1")) == (
        Left.LEFT,
        None,
        None,
    )


def test_a_key_that_is_wrong_refuses_nobody(simulator: SolapiSimulator) -> None:
    with pytest.raises(TextsUnknown, match="SignatureDoesNotMatch"):
        letters(simulator, secret="other").send_many([ONE])


def test_reports_tell_the_end_and_what_went_instead(simulator: SolapiSimulator) -> None:
    post, since = letters(simulator), now() - timedelta(minutes=1)
    simulator.texts.without_kakao = {COUPON.to}
    simulator.texts.blocked = {OTHER.to}
    post.send_many([ONE, OTHER, COUPON])
    assert post.reports(since=since) == []

    simulator.texts.settle()

    told = sorted(post.reports(since=since), key=lambda one: one.key)
    assert told == [Report("k1", True, "4000"), Report("k3", True, "4000", replaced=True)]
    assert post.reports(since=now() + timedelta(minutes=1)) == []
