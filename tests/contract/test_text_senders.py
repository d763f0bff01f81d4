"""What the people domain relies on, asked of every text sender over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from jangteo.domains.people.ports import TextRejected, TextUnknown
from tests.contract.benches import TEXT_BENCHES, TextBench

PHONE = "01012345678"
TEXT = "[장터] 인증번호 482913 을 3분 안에 넣어 주세요."


@pytest.fixture(params=TEXT_BENCHES, ids=lambda bench: bench.__name__)
def bench(request: pytest.FixtureRequest) -> Iterator[TextBench]:
    with request.param() as opened:
        yield opened


def test_a_text_arrives_as_written(bench: TextBench) -> None:
    bench.sender.send(to=PHONE, text=TEXT, key="otp:1")

    assert bench.arrived() == [(PHONE, TEXT)]


def test_a_repeat_with_the_same_key_arrives_once(bench: TextBench) -> None:
    bench.sender.send(to=PHONE, text=TEXT, key="otp:1")
    bench.sender.send(to=PHONE, text=TEXT, key="otp:1")

    assert bench.arrived() == [(PHONE, TEXT)]


def test_the_same_words_with_another_key_arrive_again(bench: TextBench) -> None:
    bench.sender.send(to=PHONE, text=TEXT, key="otp:1")
    bench.sender.send(to=PHONE, text=TEXT, key="otp:2")

    assert bench.arrived() == [(PHONE, TEXT), (PHONE, TEXT)]


def test_a_key_is_still_known_after_many_other_texts(bench: TextBench) -> None:
    for number in range(105):
        bench.sender.send(to=PHONE, text=f"{number}번째 손님", key=f"note:{number}")

    bench.sender.send(to=PHONE, text="0번째 손님", key="note:0")

    assert len(bench.arrived()) == 105


@pytest.mark.parametrize("fault", ["timeout_after_commit", "server_error_after_commit", "garbage"])
def test_an_answer_lost_on_the_way_is_unknown_and_a_repeat_does_not_send_twice(bench: TextBench, fault: str) -> None:
    bench.trouble("send", fault)
    with pytest.raises(TextUnknown):
        bench.hasty.send(to=PHONE, text=TEXT, key="otp:1")

    bench.sender.send(to=PHONE, text=TEXT, key="otp:1")

    assert bench.arrived() == [(PHONE, TEXT)]


def test_a_server_error_is_unknown_and_a_repeat_sends(bench: TextBench) -> None:
    bench.trouble("send", "server_error")
    with pytest.raises(TextUnknown):
        bench.sender.send(to=PHONE, text=TEXT, key="otp:1")

    bench.sender.send(to=PHONE, text=TEXT, key="otp:1")

    assert bench.arrived() == [(PHONE, TEXT)]


@pytest.mark.parametrize("fault", ["no_credit", "blocked"])
def test_a_final_no_is_a_refusal_and_a_repeat_may_succeed_once_the_cause_is_gone(bench: TextBench, fault: str) -> None:
    bench.trouble("send", fault)
    with pytest.raises(TextRejected) as refused:
        bench.sender.send(to=PHONE, text=TEXT, key="otp:1")
    assert refused.value.code
    assert refused.value.message
    assert bench.arrived() == []

    bench.sender.send(to=PHONE, text=TEXT, key="otp:1")

    assert bench.arrived() == [(PHONE, TEXT)]


def test_a_slow_answer_is_waited_for(bench: TextBench) -> None:
    bench.trouble("send", "slow")

    bench.sender.send(to=PHONE, text=TEXT, key="otp:1")

    assert bench.arrived() == [(PHONE, TEXT)]


@pytest.mark.parametrize("phone", ["", "010-1234-5678", "+821012345678", "12345678", "0101234567890", "０1012345678"])
def test_a_number_that_is_no_number_never_leaves(bench: TextBench, phone: str) -> None:
    with pytest.raises(ValueError, match="number"):
        bench.sender.send(to=phone, text=TEXT, key="otp:1")

    assert bench.arrived() == []


@pytest.mark.parametrize(("text", "key"), [("", "otp:1"), (TEXT, ""), (TEXT, "k" * 101)])
def test_an_empty_text_and_a_bad_key_never_leave(bench: TextBench, text: str, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        bench.sender.send(to=PHONE, text=text, key=key)

    assert bench.arrived() == []


def test_threads_share_a_sender(bench: TextBench) -> None:
    phones = [f"0101234{number:04}" for number in range(24)]

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda phone: bench.sender.send(to=phone, text=TEXT, key=f"otp:{phone}"), phones))

    assert sorted(phone for phone, _ in bench.arrived()) == phones
