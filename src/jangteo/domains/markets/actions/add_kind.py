"""One more kind of goods on the market's list."""

from __future__ import annotations

from jangteo.domains.markets.models import Kind, Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def add_kind(*, market: Market, actor: Actor, key: str, name: str, name_en: str, tint: str) -> Kind:
    """Add the kind at the end of the list. Raises IntegrityError when the key is taken."""
    position = Kind.objects.count()
    kind = Kind.objects.create(market=market, key=key, name=name, name_en=name_en, tint=tint, position=position)
    audit.record(actor, "kind.added", f"kind:{kind.pk}", key=key)
    return kind
