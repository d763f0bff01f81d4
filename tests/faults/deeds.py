"""What the mortal process is asked to do: the product's own actions and its worker's loop, with plain arguments."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.ordering.wanted import WantedLine, WantedOrder
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.actions.receive_webhook import receive_webhook
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.outbox.deliver import deliver_due
from jangteo.project import wiring
from tests.world import GUEST

Facts = Mapping[str, str | int]


def _market(facts: Facts) -> Market:
    return Market.objects.get(pk=facts["market_id"])


def place(facts: Facts) -> None:
    wanted = json.loads(str(facts["wanted"]))
    lines = tuple(WantedLine(**line) for line in wanted.pop("lines"))
    moment = datetime.fromisoformat(wanted.pop("wanted_at"))
    order = WantedOrder(lines=lines, wanted_at=moment, **wanted)
    place_order(market=_market(facts), actor=GUEST, wanted=order, key=str(facts["key"]))


def authorise(facts: Facts) -> None:
    note_authorisation(
        market=_market(facts),
        actor=GUEST,
        order_ref=str(facts["order_ref"]),
        payment_key=str(facts["payment_key"]),
        amount_won=int(facts["amount_won"]),
    )


def hear_webhook(facts: Facts) -> None:
    body = str(facts["body"]).encode()
    gateway = wiring.card_gateways()["toss"]
    hint = gateway.parse_webhook(body=body, headers={})
    receive_webhook(market=_market(facts), actor=SYSTEM, source="toss", hint=hint, body=body)
    work(facts)


def cancel(facts: Facts) -> None:
    cancel_order(market=_market(facts), actor=GUEST, order_id=int(facts["order_id"]))
    work(facts)


def refuse(facts: Facts) -> None:
    reason = StallPart.RefuseReason.SOLD_OUT
    refuse_part(market=_market(facts), actor=SYSTEM, part_id=int(facts["part_id"]), reason=reason)
    work(facts)


def hand_over(facts: Facts) -> None:
    hand_over_part(market=_market(facts), actor=SYSTEM, part_id=int(facts["part_id"]))
    work(facts)


def give_back(facts: Facts) -> None:
    wanted = WantedRefund({int(facts["line_id"]): None})
    refund_lines(
        market=_market(facts), actor=SYSTEM, order_id=int(facts["order_id"]), wanted=wanted, key=str(facts["key"])
    )
    work(facts)


def work(_: Facts) -> None:
    """One round of the worker over what is due."""
    deliver_due(wiring.handlers())


def sweep(_: Facts) -> None:
    """The worker's periodic look at payments that should have ended."""
    next(job for job in wiring.jobs() if job.name == "payments.sweep").run()


DEEDS: dict[str, Callable[[Facts], None]] = {
    deed.__name__: deed for deed in (place, authorise, hear_webhook, cancel, refuse, hand_over, give_back, work, sweep)
}
