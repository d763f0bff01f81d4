"""Somebody sent a message to themselves, to see how it looks."""

from __future__ import annotations

from jangteo.domains.campaigns.kinds import Channel, Kind
from jangteo.domains.campaigns.models import Dispatch
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_test(*, market: Market, actor: Actor, key: str, text: str, cost_per_100: int) -> None:
    """Write down that it left and what it cost."""
    Dispatch.objects.create(
        market=market,
        key=key,
        kind=Kind.NOTICE,
        channel=Channel.SMS,
        text=text,
        cost_per_100=cost_per_100,
        at=clock.now(),
    )
    audit.record(actor, "messages.test", f"market:{market.pk}")
