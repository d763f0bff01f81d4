"""Waking phones after commit. Runs in the worker, outside every transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.domains.people.actions.forget_subscription import forget_subscription
from jangteo.domains.people.models import PushSubscription
from jangteo.domains.people.push_port import Message, PushOutcome, PushRejected, PushSender, PushTarget
from jangteo.domains.people.queries_push import live_subscription
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected, Unknown

# By then the family and the association have long been told: a pocket that rings for it would only frighten.
WORTH = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class RingEffects:
    """The handler of `push.ring` over the sender that is set up, if any."""

    sender: PushSender | None

    def ring(self, row: OutboxRow) -> Ending:
        """Wake one phone, if the order still waits. A repeat carries the same key, so the phone shows it once."""
        phone = live_subscription(int(row.payload["subscription_id"]))
        part = _waiting(int(row.payload["part_id"]), str(row.payload["since"]))
        if self.sender is None or phone is None or part is None:
            return Done()
        target = PushTarget(phone.endpoint, phone.p256dh, phone.auth)
        try:
            outcome = self.sender.send(target, _message(part, row.key))
        except PushRejected as no:
            return Rejected(no.code)
        match outcome:
            case PushOutcome.GONE:
                _give_up(phone)
            case PushOutcome.LATER:
                return Unknown("the push service did not take it")
        return Done()


def _waiting(part_id: int, since: str) -> StallPart | None:
    """The part, if it is the same new order still, and young enough."""
    part = StallPart.objects.select_related("order", "stall").filter(pk=part_id, state=PartState.NEW).first()
    if part is None or part.changed_at.isoformat() != since or clock.now() - part.changed_at > WORTH:
        return None
    return part


def _message(part: StallPart, key: str) -> Message:
    """What the phone's own worker makes a sentence of: nothing of the customer, and not what was ordered."""
    facts = {"part": part.pk, "number": part.order.number, "stall": part.stall.name, "key": key}
    left = WORTH - (clock.now() - part.changed_at)
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    return Message(text=text, key=f"part:{part.pk}", ttl_s=int(left.total_seconds()))


def _give_up(phone: PushSubscription) -> None:
    forget_subscription(market=phone.market, actor=SYSTEM, device_id=phone.device_id, endpoint=phone.endpoint)
