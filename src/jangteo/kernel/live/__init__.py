"""News for screens. Events name what changed; the screen then asks for it with its own rights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core import signing

from jangteo.kernel import clock
from jangteo.kernel.models import LiveEvent
from jangteo.kernel.tenancy import scope_market_id

TICKET_SALT = "jangteo.live"
TICKET_SECONDS = 16 * 3600


@dataclass(frozen=True, slots=True)
class News:
    """`channel` is "stall:7", "order:12" or "market:1"; `kind` names the change; payload holds ids only."""

    channel: str
    kind: str
    payload: dict[str, int | str] = field(default_factory=dict)


def publish(news: Iterable[News]) -> None:
    """Write the events in the running transaction; listeners hear of them at commit."""
    market_id = scope_market_id()
    if market_id is None:
        raise RuntimeError("news belongs to a market")
    moment = clock.now()
    LiveEvent.objects.bulk_create(
        LiveEvent(market_id=market_id, channel=n.channel, kind=n.kind, payload=n.payload, at=moment) for n in news
    )


def ticket(channels: Iterable[str]) -> str:
    """A signed pass for these channels, put into the page; the live process needs no database to check it."""
    return signing.dumps(sorted(channels), salt=TICKET_SALT)


def channels_of(ticket_text: str) -> frozenset[str]:
    """The channels a ticket opens. Raises signing.BadSignature when forged or older than 16 hours."""
    return frozenset(signing.loads(ticket_text, salt=TICKET_SALT, max_age=TICKET_SECONDS))
