"""What waking phones relies on, asked of every push sender over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from jangteo.domains.people.push_port import Message, PushOutcome, PushRejected
from tests.contract.push_benches import PUSH_BENCHES, PushBench

MESSAGE = Message(text='{"number":3,"stall":"순자네 수산"}'.encode(), key="part:7", ttl_s=1200)


@pytest.fixture(params=PUSH_BENCHES, ids=lambda bench: bench.__name__)
def bench(request: pytest.FixtureRequest) -> Iterator[PushBench]:
    with request.param() as opened:
        yield opened


def test_a_message_arrives_as_written_with_what_was_asked(bench: PushBench) -> None:
    phone = bench.phone()

    assert bench.sender.send(phone.target, MESSAGE) == PushOutcome.DELIVERED

    (arrived,) = phone.received()
    assert (arrived.text, arrived.ttl_s, arrived.urgency) == (MESSAGE.text, 1200, "high")


def test_of_one_key_a_phone_that_was_off_gets_the_last(bench: PushBench) -> None:
    phone = bench.phone(asleep=True)

    for number in range(3):
        bench.sender.send(phone.target, replace(MESSAGE, text=f"{number}".encode()))
    bench.sender.send(phone.target, replace(MESSAGE, text=b"another", key="part:8"))

    assert [one.text for one in phone.received()] == [b"2", b"another"]


def test_a_browser_that_is_gone_is_gone(bench: PushBench) -> None:
    phone = bench.phone()
    phone.leave()

    assert bench.sender.send(phone.target, MESSAGE) == PushOutcome.GONE
    unknown = replace(phone.target, endpoint=f"{phone.target.endpoint}x")
    assert bench.sender.send(unknown, MESSAGE) == PushOutcome.GONE


@pytest.mark.parametrize("fault", ["server_error", "too_many", "timeout_after_commit"])
def test_a_service_in_trouble_is_asked_again_later(bench: PushBench, fault: str) -> None:
    phone = bench.phone(asleep=True)
    bench.trouble("send", fault)

    assert bench.hasty.send(phone.target, MESSAGE) == PushOutcome.LATER
    assert bench.sender.send(phone.target, MESSAGE) == PushOutcome.DELIVERED
    assert len(phone.received()) == 1


@pytest.mark.parametrize("fault", ["forbidden", "redirect"])
def test_a_final_no_is_a_refusal_and_no_redirect_is_followed(bench: PushBench, fault: str) -> None:
    bench.trouble("send", fault)

    with pytest.raises(PushRejected) as no:
        bench.sender.send(bench.phone().target, MESSAGE)

    assert no.value.code.startswith("HTTP ")


def test_nobody_elses_sender_reaches_the_phone(bench: PushBench) -> None:
    phone = bench.phone()

    with pytest.raises(PushRejected):
        bench.stranger.send(phone.target, MESSAGE)

    assert phone.received() == []


def test_an_address_that_is_not_taken_is_never_called(bench: PushBench) -> None:
    phone = bench.phone()
    elsewhere = replace(phone.target, endpoint="http://127.0.0.1:1/send/x")

    assert bench.sender.takes(phone.target)
    assert not bench.sender.takes(elsewhere)
    with pytest.raises(PushRejected, match="address"):
        bench.sender.send(elsewhere, MESSAGE)


def test_threads_share_a_sender(bench: PushBench) -> None:
    phones = [bench.phone() for _ in range(12)]

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda phone: bench.sender.send(phone.target, MESSAGE), phones))

    assert [len(phone.received()) for phone in phones] == [1] * 12
