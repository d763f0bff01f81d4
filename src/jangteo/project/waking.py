"""Joins stalls' phones to the push services that wake them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from jangteo.adapters.webpush.client import WebPushSender
from jangteo.adapters.webpush.vapid import Sender
from jangteo.domains.ordering.ring_effects import RingEffects
from jangteo.domains.people import push_senders
from jangteo.domains.people.push_port import PushSender
from jangteo.kernel.outbox.deliver import Handler
from jangteo.project import environment


@cache
def sender(before_call: Callable[[], None]) -> PushSender | None:
    """Who wakes phones, None where no key is set. Raises ValueError naming the settings that do not fit."""
    key, contact = environment.text("JANGTEO_PUSH_KEY"), environment.text("JANGTEO_PUSH_CONTACT")
    if not key:
        return None
    try:
        own = Sender.of(key, contact)
    except ValueError as wrong:
        raise ValueError(f"JANGTEO_PUSH_KEY and JANGTEO_PUSH_CONTACT: {wrong}") from None
    services = environment.names("JANGTEO_PUSH_SERVICES")
    return WebPushSender(sender=own, services=services, before_call=before_call)


def join(before_call: Callable[[], None]) -> None:
    """Let orders wake phones, and phones say yes, where somebody sends."""
    push_senders.use(sender(before_call))


def handlers(before_call: Callable[[], None]) -> dict[str, Handler]:
    """The outbox topic of waking. Without a key what was queued before is dropped."""
    return {"push.ring": RingEffects(sender(before_call)).ring}
