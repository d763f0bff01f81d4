"""Desks, boards and waiting customers hear that something moved; whose turn comes is told."""

from __future__ import annotations

from jangteo.domains.rebates.actions.pass_on_calls import pass_on_calls
from jangteo.domains.rebates.models import RebateEvent
from jangteo.kernel import live
from jangteo.kernel.action import step


@step
def tell_desk(*, event: RebateEvent, board: bool = False) -> None:
    """One piece of news for whoever looks at the event's desk or queue; `board` where the numbers on boards change.

    The event is locked.
    """
    facts: dict[str, int | str] = {"rebate": event.pk}
    news = [live.News(f"rebate:{event.pk}", "rebate", facts)]
    if board:
        news.append(live.News(f"market:{event.market_id}", "rebate", facts))
        pass_on_calls(event=event)
    live.publish(news)
