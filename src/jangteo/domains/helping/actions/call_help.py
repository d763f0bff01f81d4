"""Somebody is stuck and calls."""

from __future__ import annotations

from jangteo.domains.helping.calls import NewCall
from jangteo.domains.helping.errors import BadCall, NoCarrying
from jangteo.domains.helping.models import HelpCall
from jangteo.domains.helping.queries import carrying_to, same_call
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, ids, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

LONGEST = {"place": 60, "who": 40, "phone": 20, "key": 100}


@action
def call_help(*, market: Market, actor: Actor, call: NewCall) -> HelpCall:
    """Put the call into the helpers' queue and ring their phones.

    The same key, and the same place about the same thing while it still waits, is the same call.
    Raises BadCall, NoCarrying.
    """
    place = " ".join(call.place.split())
    if not place or call.face not in HelpCall.Face.values or call.what not in HelpCall.What.values:
        raise BadCall
    if not call.key or any(len(getattr(call, name)) > most for name, most in LONGEST.items()):
        raise BadCall
    if (call.what == HelpCall.What.CARRY) != bool(call.to):
        raise BadCall
    if call.to and call.to not in carrying_to(market, clock.now()):
        raise NoCarrying
    Market.objects.select_for_update().only("pk").get(pk=market.pk)  # two taps at once are one call
    earlier = same_call(call, place)
    if earlier is not None:
        return earlier
    row = HelpCall.objects.create(
        market=market,
        stall_id=call.stall_id,
        face=call.face,
        place=place,
        who=call.who,
        what=call.what,
        to=call.to,
        phone=call.phone,
        token=ids.new_token(),
        key=call.key,
        called_at=clock.now(),
    )
    audit.record(actor, "help.called", f"call:{row.pk}", face=row.face, what=row.what)
    live.publish([live.News(f"helpers:{market.pk}", "help_called", {"call": row.pk})])
    return row
