"""Webhooks of a simulator: posted from a thread of their own, tried again, and spoilt when the dial says so."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

import httpx

from jangteo.adapters._simulator.faults import Dial
from jangteo.adapters._wire import tls

log = logging.getLogger(__name__)

FAULTS = ("lost", "duplicate", "late", "reorder", "forged")


class Letter(Protocol):
    """One webhook."""

    @property
    def body(self) -> bytes: ...


L = TypeVar("L", bound=Letter)


class Courier(ABC, Generic[L]):
    """Posts webhooks to one address, one at a time. Without an address it drops them.

    A gateway's own courier says how its webhooks are headed, how they look when they are spoilt, and when they count
    as received. `method` is how they are sent.
    """

    method = "POST"

    def __init__(self, *, url: str, dial: Dial, waits_s: Sequence[float], patience_s: float) -> None:
        self._url = url
        self._dial = dial
        self._waits_s = tuple(waits_s)
        self._due: list[tuple[float, int, int, L]] = []
        self._held: list[L] = []
        self._numbers = itertools.count()
        self._wake = threading.Condition()
        self._stopped = False
        self._http = httpx.Client(timeout=patience_s, verify=tls())
        self._thread = threading.Thread(target=self._work, name="practice webhooks", daemon=True)

    @abstractmethod
    def headers(self, letter: L, tries: int) -> dict[str, str]:
        """The headers of a try; `tries` counts those before."""

    @abstractmethod
    def spoilt(self, letter: L, fault: str) -> L:
        """The letter as "forged", or as another fault of the gateway's own makes it."""

    def address_of(self, letter: L) -> str:
        """Where the letter goes: to the one address, unless a gateway's own courier knows better."""
        return self._url

    @abstractmethod
    def is_received(self, status: int) -> bool:
        """Whether the gateway takes this answer for a receipt."""

    def start(self) -> None:
        """Begin to post."""
        self._thread.start()

    def stop(self) -> None:
        """End; what is not posted by now is lost."""
        with self._wake:
            self._stopped = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join()
        self._http.close()

    def send(self, letter: L) -> None:
        """Post a webhook soon, after the dial had its say."""
        if not self._url:
            return
        fault = self._dial.take("webhook")
        with self._wake:
            if fault == "reorder":
                self._held.append(letter)
                return
            self._push_with(fault, letter)
            # What was held back for being overtaken goes once something has overtaken it.
            for held in self._held:
                self._push(held)
            self._held.clear()
            self._wake.notify()

    def _push_with(self, fault: str | None, letter: L) -> None:
        match fault:
            case None:
                self._push(letter)
            case "lost":
                pass
            case "late":
                self._push(letter, wait_s=self._dial.late_ms / 1000)
            case "duplicate":
                self._push(letter)
                self._push(letter)
            case "forged":
                self._push(letter)
                self._push(self.spoilt(letter, fault))
            case _:
                self._push(self.spoilt(letter, fault))

    def _push(self, letter: L, tries: int = 0, wait_s: float = 0.0) -> None:
        heapq.heappush(self._due, (time.monotonic() + wait_s, next(self._numbers), tries, letter))

    def _work(self) -> None:
        while (due := self._next()) is not None:
            tries, letter = due
            if self._post(letter, tries) or tries >= len(self._waits_s):
                continue
            with self._wake:
                self._push(letter, tries + 1, self._waits_s[tries])

    def _next(self) -> tuple[int, L] | None:
        """The next letter once it is due, or None at the end."""
        with self._wake:
            while not self._stopped:
                wait_s = self._due[0][0] - time.monotonic() if self._due else None
                if wait_s is not None and wait_s <= 0:
                    return heapq.heappop(self._due)[2:]
                self._wake.wait(wait_s)
            return None

    def _post(self, letter: L, tries: int) -> bool:
        try:
            answer = self._http.request(
                self.method, self.address_of(letter), content=letter.body, headers=self.headers(letter, tries)
            )
        except httpx.HTTPError as broken:
            log.info("webhook not delivered: %s", type(broken).__name__)
            return False
        return self.is_received(answer.status_code)
