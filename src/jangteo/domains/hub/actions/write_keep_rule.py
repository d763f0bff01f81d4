"""The association says how long the shelf keeps what nobody fetches."""

from __future__ import annotations

from jangteo.domains.hub.errors import BadRule
from jangteo.domains.hub.models import KeepRule
from jangteo.domains.hub.told import NewRule
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_HOURS = 72
MOST_WORDS = 200


@action
def write_keep_rule(*, market: Market, actor: Actor, told: NewRule) -> KeepRule:
    """A new row; earlier ones stay. Raises BadRule."""
    if told.starts < clock.calendar_day():
        raise BadRule(field="starts")
    if not 1 <= told.hours <= MOST_HOURS:
        raise BadRule(field="hours")
    words = told.words.strip()
    if not words or len(words) > MOST_WORDS:
        raise BadRule(field="words")
    rule = KeepRule.objects.create(
        market=market, starts=told.starts, hours=told.hours, words=words, written_at=clock.now()
    )
    audit.record(actor, "hub.rule_written", f"market:{market.pk}", hours=rule.hours, day=f"{rule.starts}")
    return rule
