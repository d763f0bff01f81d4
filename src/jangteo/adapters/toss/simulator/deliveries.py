"""Webhooks of the practice gateway: posted from a thread of their own, tried again, and spoilt when asked to."""

from __future__ import annotations

import base64
import hashlib
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
from jangteo.adapters.toss.payout_webhooks import SIGNATURE, TRANSMISSION_TIME, VERSION, signature
from jangteo.kernel.clock import KST, now

log = logging.getLogger(__name__)

# 1, 4, 16, ... 4096 minutes: seven repeats over 3 days and 19 hours.
DOCUMENTED_WAITS_S = tuple(60.0 * 4**n for n in range(7))
PATIENCE_S = 10.0
FAULTS = ("lost", "duplicate", "late", "reorder", "forged")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook on its way. Those about pay-outs are signed with the security key."""

    transmission_id: str
    body: bytes
    tries: int = 0
    signed_with: str = ""


def event(event_type: str, data: Mapping[str, object], at: datetime) -> Delivery:
    """A webhook in the envelope of payment events; its time has microseconds and no offset, as documented."""
    return _delivery({"eventType": event_type, "createdAt": _without_offset(at), "data": data})


def deposit_callback(data: Mapping[str, object], at: datetime) -> Delivery:
    """What tells of a virtual account: flat, without a type, with the payment's secret."""
    document = {
        "createdAt": _without_offset(at),
        "secret": data["secret"],
        "status": data["status"],
        "transactionKey": data["lastTransactionKey"],
        "orderId": data["orderId"],
    }
    return _delivery(document)


def entity_event(entity_type: str, entity: Mapping[str, object], at: datetime, security_key: str) -> Delivery:
    """A signed webhook about a pay-out or a seller."""
    document = {
        "eventType": f"{entity_type}.changed",
        "createdAt": at.astimezone(KST).isoformat(timespec="seconds"),
        "version": "2022-11-16",
        "eventId": str(uuid.uuid4()),
        "entityType": entity_type,
        "entityBody": entity,
    }
    return replace(_delivery(document), signed_with=security_key)


def forgery(genuine: Delivery) -> Delivery:
    """The same shape from somebody who is not the gateway: it claims that the money has come."""
    document = json.loads(genuine.body)
    if "data" in document:
        document["data"] |= {"status": "DONE", "totalAmount": 1, "balanceAmount": 1}
    elif "secret" in document:
        document |= {"status": "DONE", "secret": "ps_forged"}
    else:
        document["entityBody"] |= {"status": "COMPLETED"}
    return replace(_delivery(document), signed_with="0" * 64 if genuine.signed_with else "")


def _delivery(document: Mapping[str, object]) -> Delivery:
    return Delivery(str(uuid.uuid4()), json.dumps(document, ensure_ascii=False).encode())


def _without_offset(at: datetime) -> str:
    return at.astimezone(KST).replace(tzinfo=None).isoformat(timespec="microseconds")


def _signatures(delivery: Delivery, time_written: str) -> str:
    """Two values of which one fits, as Toss sends them: the other is made with a key that is not in use."""
    keys = (hashlib.sha256(delivery.signed_with.encode()).digest(), delivery.signed_with.encode())
    values = (base64.b64encode(signature(delivery.body, time_written, key)).decode() for key in keys)
    return VERSION + ",".join(values)


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
        time_written = now().astimezone(KST).isoformat(timespec="seconds")
        headers = {
            "Content-Type": "application/json",
            "tosspayments-webhook-transmission-id": delivery.transmission_id,
            TRANSMISSION_TIME: time_written,
            "tosspayments-webhook-transmission-retried-count": str(delivery.tries),
        }
        if delivery.signed_with:
            headers[SIGNATURE] = _signatures(delivery, time_written)
        try:
            status = self._http.post(self._url, content=delivery.body, headers=headers).status_code
        except httpx.HTTPError as broken:
            log.info("webhook not delivered: %s", type(broken).__name__)
            return False
        return status == 200
