"""Keep other terms of delivery, to look at them beside today's."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.whatif.errors import BadName, TooManyScenarios
from jangteo.domains.whatif.models import Scenario
from jangteo.domains.whatif.queries import as_plain
from jangteo.domains.whatif.rules import Wish
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_SCENARIOS = 3
MOST_NAME = 30


@action
def keep_scenario(*, market: Market, actor: Actor, name: str, wish: Wish) -> Scenario:
    """Under a name; the same name is written over. Raises BadName, TooManyScenarios."""
    called = " ".join(name.split())
    if not 0 < len(called) <= MOST_NAME:
        raise BadName(most=MOST_NAME)
    Market.objects.select_for_update().get(pk=market.pk)  # two at once cannot be one too many
    kept = Scenario.objects.filter(dropped_at=None)
    row = kept.filter(name=called).first()
    if row is None and kept.count() >= MOST_SCENARIOS:
        raise TooManyScenarios(most=MOST_SCENARIOS)
    row = row or Scenario(market=market, name=called)
    row.asked, row.made_at = as_plain(wish), clock.now()
    row.save()
    audit.record(actor, "scenario.kept", f"scenario:{row.pk}")
    return row
