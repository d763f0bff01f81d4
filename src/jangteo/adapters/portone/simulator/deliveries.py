"""Webhooks of the practice gateway: what they say, and how they are signed."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from standardwebhooks import Webhook

from jangteo.adapters._simulator import courier
from jangteo.adapters._simulator.faults import Dial
from jangteo.adapters.portone.simulator.payload import written
from jangteo.kernel.clock import now

# Five repeats; PortOne adds up to some seconds of jitter, which would only make tests slow.
DOCUMENTED_WAITS_S = (60.0, 240.0, 960.0, 3_840.0, 15_360.0)
PATIENCE_S = 30.0
FAULTS = (*courier.FAULTS, "stale")
STRANGERS_SECRET = "whsec_" + base64.b64encode(b"somebody who is not the gateway").decode()
STALE_S = 600


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook on its way. `forged` is signed with another secret, `stale` long ago."""

    webhook_id: str
    body: bytes
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


class Courier(courier.Courier[Delivery]):
    """Posts webhooks as PortOne does: signed at every try, and received with any 2xx."""

    def __init__(self, *, url: str, secret: str, dial: Dial, waits_s: Sequence[float] = DOCUMENTED_WAITS_S) -> None:
        super().__init__(url=url, dial=dial, waits_s=waits_s, patience_s=PATIENCE_S)
        self._secret = secret

    def headers(self, letter: Delivery, tries: int) -> dict[str, str]:
        """Signed now."""
        return signed(letter, self._secret, now())

    def spoilt(self, letter: Delivery, fault: str) -> Delivery:
        """Signed by a stranger, or long ago."""
        if fault == "stale":
            return replace(letter, stale=True)
        return replace(letter, webhook_id=str(uuid.uuid4()), forged=True)

    def is_received(self, status: int) -> bool:
        """Any 2xx."""
        return 200 <= status < 300
