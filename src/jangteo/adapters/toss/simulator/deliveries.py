"""Webhooks of the practice gateway: what they say, and how they are headed and signed."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from jangteo.adapters._simulator import courier
from jangteo.adapters._simulator.faults import Dial
from jangteo.adapters.toss.payout_webhooks import SIGNATURE, TRANSMISSION_TIME, VERSION, signature
from jangteo.kernel.clock import KST, now

# 1, 4, 16, ... 4096 minutes: seven repeats over 3 days and 19 hours.
DOCUMENTED_WAITS_S = tuple(60.0 * 4**n for n in range(7))
PATIENCE_S = 10.0
FAULTS = courier.FAULTS


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook on its way. Those about pay-outs are signed with the security key."""

    transmission_id: str
    body: bytes
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


class Courier(courier.Courier[Delivery]):
    """Posts webhooks as Toss does: anything but 200 is tried again."""

    def __init__(
        self, *, url: str, dial: Dial, waits_s: Sequence[float] = DOCUMENTED_WAITS_S, payout_url: str = ""
    ) -> None:
        super().__init__(url=url, dial=dial, waits_s=waits_s, patience_s=PATIENCE_S)
        self._payout_url = payout_url or url

    def address_of(self, letter: Delivery) -> str:
        """A shop registers an address for each kind of event; those about pay-outs are the signed ones."""
        return self._payout_url if letter.signed_with else self._url

    def headers(self, letter: Delivery, tries: int) -> dict[str, str]:
        """What tells one transmission from another, and the signatures of a webhook about pay-outs."""
        time_written = now().astimezone(KST).isoformat(timespec="seconds")
        headers = {
            "Content-Type": "application/json",
            "tosspayments-webhook-transmission-id": letter.transmission_id,
            TRANSMISSION_TIME: time_written,
            "tosspayments-webhook-transmission-retried-count": str(tries),
        }
        return headers | ({SIGNATURE: _signatures(letter, time_written)} if letter.signed_with else {})

    def spoilt(self, letter: Delivery, fault: str) -> Delivery:
        """The only fault that changes a webhook here is that somebody else wrote it."""
        return forgery(letter)

    def is_received(self, status: int) -> bool:
        """Only 200."""
        return status == 200
