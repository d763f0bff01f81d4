"""A stall's part is in the picker's hands, or on the hub's table."""

from __future__ import annotations

from jangteo.domains.hub.actions.settle_parcel import settle_parcel
from jangteo.domains.hub.errors import AskFirst, NotGathered
from jangteo.domains.hub.models import Missing, Parcel, Pick
from jangteo.domains.hub.queries import gathers, plan_now
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.lock_part import lock_part
from jangteo.domains.ordering.actions.move import move_parts
from jangteo.domains.ordering.actions.ready_part import first_unweighed
from jangteo.domains.ordering.errors import NotWeighed
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.states import PART_IS_AT_WORK, PartState
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

State = Pick.State


@action
def receive_part(*, market: Market, actor: Actor, part_id: int) -> Pick:
    """받았어요, by whichever way it came. A stall that forgot to say so has accepted it and got it ready.

    Pressed twice, or by two people, it happens once. Raises NotGathered, NotWeighed, AskFirst, StallPart.DoesNotExist.
    """
    part = lock_part(part_id=part_id)
    pick = Pick.objects.filter(part=part).first()
    if pick is not None and pick.state == State.GOT:
        return pick
    plan = plan_now()
    if plan is None or part.state not in PART_IS_AT_WORK or not gathers(plan, part.order):
        raise NotGathered
    _make_ready(part, actor)
    if pick is None:
        pick = Pick(market=market, order=part.order, stall_id=part.stall_id, part=part)
    pick.state, pick.changed_at = State.GOT, clock.now()
    pick.save()
    Parcel.objects.get_or_create(order=part.order, defaults={"market": market})
    settle_parcel(order=part.order, actor=actor)
    audit.record(actor, "hub.part_got", f"part:{part.pk}", number=part.order.number)
    live.publish([live.News(f"helpers:{market.pk}", "hub"), live.News(f"order:{part.order_id}", "hub")])
    return pick


def _make_ready(part: StallPart, actor: Actor) -> None:
    open_one = Missing.objects.filter(line__part=part, outcome=None).first()
    if open_one is not None:
        raise AskFirst(name=open_one.good_name)
    if part.state == PartState.NEW:
        move_parts(parts=[part], to=PartState.ACCEPTED, actor=actor)
    if part.state == PartState.ACCEPTED:
        unweighed = first_unweighed(part)
        if unweighed is not None:
            raise NotWeighed(name=unweighed.name)
        move_parts(parts=[part], to=PartState.READY, actor=actor)
