"""Each push sender beside its simulator, in one shape, for the suite that asks all of them the same questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from typing import Protocol

from jangteo.adapters.webpush.client import WebPushSender
from jangteo.adapters.webpush.simulator import PracticePhone, PushSimulator, Received
from jangteo.adapters.webpush.vapid import Sender, new_key
from jangteo.domains.people.push_port import PushSender, PushTarget
from tests.contract.benches import HASTY_S, PATIENT_S

CONTACT = "mailto:market@example.com"


@dataclass(frozen=True, slots=True)
class BenchPhone:
    """A phone that has said yes to the bench's sender."""

    target: PushTarget
    phone: PracticePhone

    def received(self) -> list[Received]:
        return self.phone.received

    def leave(self) -> None:
        self.phone.gone = True


class _Phones(Protocol):
    def __call__(self, *, asleep: bool = False) -> BenchPhone: ...


@dataclass(frozen=True, slots=True)
class PushBench:
    """A sender with its simulator; `stranger` has another key. `trouble` queues a fault for the next call."""

    sender: PushSender
    hasty: PushSender
    stranger: PushSender
    phone: _Phones
    trouble: Callable[[str, str], None]


@contextmanager
def webpush() -> Iterator[PushBench]:
    own, other = (Sender.of(new_key(), CONTACT) for _ in range(2))
    with PushSimulator(seed=1) as simulator:

        def connect(sender: Sender, timeout_s: float) -> WebPushSender:
            return WebPushSender(sender=sender, services=[simulator.url], timeout_s=timeout_s)

        def phone(*, asleep: bool = False) -> BenchPhone:
            made = simulator.subscribe(own.public)
            made.asleep = asleep
            return BenchPhone(PushTarget(made.endpoint, made.p256dh, made.auth), made)

        with (
            closing(connect(own, PATIENT_S)) as sender,
            closing(connect(own, HASTY_S)) as hasty,
            closing(connect(other, PATIENT_S)) as stranger,
        ):
            yield PushBench(sender, hasty, stranger, phone, simulator.dial.next_up)


PUSH_BENCHES: tuple[Callable[[], AbstractContextManager[PushBench]], ...] = (webpush,)
