"""Webhooks of the practice gateway: signed, posted from a thread of their own, tried again, spoilt when asked to."""

from __future__ import annotations

import base64
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
from standardwebhooks import Webhook

from jangteo.adapters._simulator.faults import Dial
from jangteo.adapters._wire import tls
from jangteo.adapters.portone.simulator.payload import written
from jangteo.kernel.clock import now

log = logging.getLogger(__name__)

# Five repeats; PortOne adds up to some seconds of jitter, which would only make tests slow.
DOCUMENTED_WAITS_S = (60.0, 240.0, 960.0, 3_840.0, 15_360.0)
PATIENCE_S = 30.0
FAULTS = ("lost", "duplicate", "late", "reorder", "forged", "stale")
STRANGERS_SECRET = "whsec_" + base64.b64encode(b"somebody who is not the gateway").decode()
STALE_S = 600


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook on its way. `forged` is signed with another secret, `stale` long ago."""

    webhook_id: str
    body: bytes
    tries: int = 0
    forged: bool = False
    stale: bool = False


def event(event_type: str, data: Mapping[str, str], at: datetime) -> Delivery:
    """A webhook in the envelope of version 2024-04-25."""
    document = {"type": event_type, "timestamp": written(at), "data": data}
    return Delivery(str(uuid.uuid4()), json.dumps(document).encode())


def signed(delivery: Delivery, secret: str, at: datetime) -> dict[str, str]:
    """The headers of a delivery at a moment. The id stays through every repeat, time and signature do not."""
    moment = int(at.timestamp()) - (STALE_S if delivery.stale else 0)
    signer = Webhook(STRANGERS_SECRET if delivery.forged else secret)
    signature = signer.sign(delivery.webhook_id, datetime.fromtimestamp(moment, at.tzinfo), delivery.body.decode())
    return {
        "Content-Type": "application/json",
        "Webhook-Id": delivery.webhook_id,
        "Webhook-Timestamp": str(moment),
        "Webhook-Signature": signature,
    }


class Courier:
    """Posts webhooks to one address, one at a time. Without an address it drops them."""

    def __init__(self, *, url: str, secret: str, dial: Dial, waits_s: Sequence[float] = DOCUMENTED_WAITS_S) -> None:
        self._url = url
        self._secret = secret
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
                self._push(replace(delivery, stale=fault == "stale"))
            if fault == "duplicate":
                self._push(delivery)
            if fault == "forged":
                self._push(replace(delivery, webhook_id=str(uuid.uuid4()), forged=True))
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
        headers = signed(delivery, self._secret, now())
        try:
            response = self._http.post(self._url, content=delivery.body, headers=headers)
        except httpx.HTTPError as broken:
            log.info("webhook not delivered: %s", type(broken).__name__)
            return False
        return response.is_success
