"""Somebody gives a stall or a good a heart, or takes it away."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.regulars.models import Favourite
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def set_heart(*, market: Market, actor: Actor, user_id: int, stall_id: int, good_id: int | None, wanted: bool) -> None:
    """Wanted or not, absolutely: a second press changes nothing. What somebody likes is written down nowhere else."""
    about = {"user_id": user_id, "stall_id": stall_id, "good_id": good_id}
    if wanted:
        facts = {"market": market, "at": clock.now()}
        Favourite.objects.get_or_create(**about, defaults=facts)
    else:
        Favourite.objects.filter(**about).delete()
