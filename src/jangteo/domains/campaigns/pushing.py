"""One push message to all browsers of a person."""

from __future__ import annotations

from collections.abc import Iterable

from jangteo.domains.campaigns.actions.forget_customer_push import forget_customer_push
from jangteo.domains.campaigns.models import CustomerPush
from jangteo.domains.markets.models import Market
from jangteo.domains.people import push_senders
from jangteo.domains.people.push_port import Message, PushOutcome, PushRejected, PushTarget
from jangteo.kernel.audit import SYSTEM


def push_to_all(market: Market, phones: Iterable[CustomerPush], message: Message) -> bool:
    """Whether one of them took it, which is enough. Those that are gone are forgotten."""
    sender, taken = push_senders.current(), False
    if sender is None:
        return False
    for phone in phones:
        try:
            outcome = sender.send(PushTarget(phone.endpoint, phone.p256dh, phone.auth), message)
        except PushRejected:
            continue
        if outcome is PushOutcome.GONE:
            forget_customer_push(market=market, actor=SYSTEM, user_id=phone.user_id, endpoint=phone.endpoint)
        taken = taken or outcome is PushOutcome.DELIVERED
    return taken
