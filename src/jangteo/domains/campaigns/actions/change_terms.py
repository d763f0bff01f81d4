"""How often the market writes to people, and what it pays for it."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.domains.campaigns.models import Terms
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def change_terms(*, market: Market, actor: Actor, values: Mapping[str, str | int]) -> Terms:
    """Write these columns down. What was sent keeps its price."""
    terms, _ = Terms.objects.update_or_create(market=market, defaults=dict(values))
    audit.record(actor, "messages.terms", f"market:{market.pk}")
    return terms
