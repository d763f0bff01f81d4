"""Files that were ready for a day are gone."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.regulars.privacy_models import TakeOut
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def end_take_outs(*, market: Market, actor: Actor) -> int:
    """Empty them; how many."""
    old = TakeOut.objects.filter(state=TakeOut.State.READY, expires_at__lte=clock.now())
    return old.update(state=TakeOut.State.GONE, content=None)
