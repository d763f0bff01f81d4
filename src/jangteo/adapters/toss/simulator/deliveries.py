"""Webhooks of the practice gateway: posted from a thread of their own, tried again, and spoilt when asked to."""

from __future__ import annotations

import heapq
import itertools
import json
import logging
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import httpx

from jangteo.adapters._simulator.faults import Dial
from jangteo.adapters._wire import tls
from jangteo.kernel.clock import KST, now

log = logging.getLogger(__name__)

# 1, 4, 16, ... 4096 minutes: seven repeats over 3 days and 19 hours.
DOCUMENTED_WAITS_S = tuple(60.0 * 4**n for n in range(7))
PATIENCE_S = 10.0
FAULTS = ("lost", "duplicate", "late", "reorder", "forged")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook on its way."""

    transmission_id: str
    body: bytes
    tries: int = 0


def event(event_type: str, data: Mapping[str, object], at: datetime) -> Delivery:
    """A webhook in the envelope of payment events; its time has microseconds and no offset, as documented."""
    created_at = at.astimezone(KST).replace(tzinfo=None).isoformat(timespec="microseconds")
    document = {"eventType": event_type, "createdAt": created_at, "data": data}
    return Delivery(str(uuid.uuid4()), json.dumps(document, ensure_ascii=False).encode())


def forgery(genuine: Delivery) -> Delivery:
    """The same shape from somebody who is not the gateway: it claims that the payment is paid."""
    document = json.loads(genuine.body)
    document["data"] |= {"status": "DONE", "totalAmount": 1, "balanceAmount": 1}
    return Delivery(str(uuid.uuid4()), json.dumps(document, ensure_ascii=False).encode())


class Courier:
    """Posts webhooks to one address, one at a time. Without an address it drops them."""

    def __init__(self, *, url: str, dial: Dial, waits_s: Sequence[float] = DOCUMENTED_WAITS_S) -> None:
        self._url = url
        self._dial = dial
        self._waits_s = tuple(waits_s)
        self._due: list[tuple[float, int, Delivery]] = []
        self._held: list[Delivery] = []
        self._numbers = itertools.count()
        self._wake = threading.Condition()
        self._stopped = False
        self._http = httpx.Client(timeout=PATIENCE_S, verify=tls())
        self._thread = threading.Thread(target=self._work, name="practice webhooks", daemon=True)

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

    def send(self, delivery: Delivery) -> None:
        """Post a webhook soon, after the dial had its say."""
        if not self._url:
            return
        fault = self._dial.take("webhook")
        with self._wake:
            if fault == "reorder":
                self._held.append(delivery)
                return
            if fault == "late":
                self._push(delivery, self._dial.late_ms / 1000)
            elif fault != "lost":
                self._push(delivery)
            if fault == "duplicate":
                self._push(delivery)
            if fault == "forged":
                self._push(forgery(delivery))
            # What was held back for being overtaken goes once something has overtaken it.
            for held in self._held:
                self._push(held)
            self._held.clear()
            self._wake.notify()

    def _push(self, delivery: Delivery, wait_s: float = 0.0) -> None:
        heapq.heappush(self._due, (time.monotonic() + wait_s, next(self._numbers), delivery))

    def _work(self) -> None:
        while (delivery := self._next()) is not None:
            if self._post(delivery) or delivery.tries >= len(self._waits_s):
                continue
            with self._wake:
                self._push(replace(delivery, tries=delivery.tries + 1), self._waits_s[delivery.tries])

    def _next(self) -> Delivery | None:
        """The next delivery once it is due, or None at the end."""
        with self._wake:
            while not self._stopped:
                wait_s = self._due[0][0] - time.monotonic() if self._due else None
                if wait_s is not None and wait_s <= 0:
                    return heapq.heappop(self._due)[2]
                self._wake.wait(wait_s)
            return None

    def _post(self, delivery: Delivery) -> bool:
        headers = {
            "Content-Type": "application/json",
            "tosspayments-webhook-transmission-id": delivery.transmission_id,
            "tosspayments-webhook-transmission-time": now().astimezone(KST).isoformat(timespec="seconds"),
            "tosspayments-webhook-transmission-retried-count": str(delivery.tries),
        }
        try:
            status = self._http.post(self._url, content=delivery.body, headers=headers).status_code
        except httpx.HTTPError as broken:
            log.info("webhook not delivered: %s", type(broken).__name__)
            return False
        return status == 200
