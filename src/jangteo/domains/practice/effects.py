"""Effects of copies: the same work with play money, and nothing for every topic that would leave the program."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.domains.ordering.cashback import grant_for_order
from jangteo.domains.ordering.effects import CardEffects
from jangteo.domains.practice.play_gateway import NAME, PlayGateway
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending, Handler
from jangteo.kernel.tenancy import is_practice


def practice_handlers() -> dict[str, Handler]:
    """What is done in copies. A topic that is not here is only kept, so that a new one never gets out."""
    card = CardEffects({NAME: PlayGateway()})
    return {"payment.confirm": card.confirm, "payment.refund": card.refund, "cashback.grant": grant_for_order}


def only_kept(row: OutboxRow) -> Ending:
    """The row itself is the record of what would have gone out."""
    return Done()


def kept_apart(handlers: Mapping[str, Handler]) -> dict[str, Handler]:
    """The same topics, of which those handlers get the rows of real markets only."""
    practised = practice_handlers()
    return {topic: _apart(real, practised.get(topic, only_kept)) for topic, real in handlers.items()}


def _apart(real: Handler, practised: Handler) -> Handler:
    def run(row: OutboxRow) -> Ending:
        return practised(row) if is_practice(row.market_id) else real(row)

    return run
