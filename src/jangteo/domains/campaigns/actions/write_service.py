"""A message that somebody was owed has left."""

from __future__ import annotations

from jangteo.domains.campaigns.kinds import Kind
from jangteo.domains.campaigns.models import Dispatch
from jangteo.domains.campaigns.owed import Handed
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import step


@step
def write_service(*, market: Market, key: str, user_id: int | None, text: str, handed: Handed) -> None:
    """Write it down as it left, once for the key. `user_id` is the account of the number, if one has proven it."""
    Dispatch.objects.get_or_create(
        market=market,
        key=key,
        defaults={
            "user_id": user_id,
            "kind": Kind.NOTICE,
            "channel": handed.channel,
            "text": text,
            "cost_per_100": handed.cost_per_100,
            "at": clock.now(),
        },
    )
