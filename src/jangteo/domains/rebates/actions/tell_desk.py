"""Desks, boards and waiting customers hear that something moved."""

from __future__ import annotations

from jangteo.domains.rebates.models import RebateEvent
from jangteo.kernel import live
from jangteo.kernel.action import step


@step
def tell_desk(*, event: RebateEvent, board: bool = False) -> None:
    """One piece of news for whoever looks at the event's desk or queue; `board` where the numbers on boards change."""
    facts: dict[str, int | str] = {"rebate": event.pk}
    news = [live.News(f"rebate:{event.pk}", "rebate", facts)]
    if board:
        news.append(live.News(f"market:{event.market_id}", "rebate", facts))
    live.publish(news)
