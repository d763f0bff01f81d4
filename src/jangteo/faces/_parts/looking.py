"""Notes that somebody's data came onto a screen: the pages that show it call this."""

from __future__ import annotations

from django.http import HttpRequest

from jangteo.domains.regulars.actions.note_look import Seen, note_look
from jangteo.faces._parts.devices import AtOffice, AtStall


def seen(request: HttpRequest, at: AtOffice | AtStall, what: Seen) -> None:
    """Raises ReasonMissing where one is asked. Nobody's data is in a market that people practise in."""
    if at.market.is_practice:
        return
    note_look(market=at.market, actor=at.actor, seen=what, from_address=request.META.get("REMOTE_ADDR", ""))
