"""What comes round by itself: purchases of people who are known, and full cards."""

from __future__ import annotations

from jangteo.domains.stamps.actions.give_reward import give_reward
from jangteo.domains.stamps.actions.stamp_bought import stamp_bought
from jangteo.domains.stamps.bought import bought_lately, collecting_markets, due_cards, markets_with_due_cards
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market


def stamp_what_was_bought() -> None:
    """In every market that collects stamps."""
    for market in collecting_markets():
        with in_market(market.pk):
            found = bought_lately(clock.now())
        for bought in found:
            stamp_bought(market=market, actor=SYSTEM, bought=bought)


def give_due_rewards() -> None:
    """For every full card whose last stamp nobody can take back any more."""
    now = clock.now()
    for market in markets_with_due_cards(now):
        with in_market(market.pk):
            cards = due_cards(now)
        for card_id in cards:
            give_reward(market=market, actor=SYSTEM, card_id=card_id)
