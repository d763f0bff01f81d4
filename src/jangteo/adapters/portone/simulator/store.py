"""Who the practice gateway serves."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.adapters.portone.simulator.deliveries import DOCUMENTED_WAITS_S


@dataclass(frozen=True, slots=True)
class PracticeStore:
    """The one store that the practice gateway serves. Without `webhook_url` no webhooks are sent."""

    store_id: str = "store-practice"
    channel_key: str = "channel-key-practice"
    api_secret: str = "practice-api-secret"  # noqa: S105 - opens nothing but this simulator
    webhook_secret: str = "whsec_" + base64.b64encode(b"practice webhook secret").decode()
    webhook_url: str = ""
    webhook_waits_s: Sequence[float] = DOCUMENTED_WAITS_S
