"""The courier pressed a button, now or hours ago without a network."""

from __future__ import annotations

from django.db.models import Q

from jangteo.domains.catalog import photo_files
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.give_order import give_order
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.states import PART_IS_OVER, OrderState, PartState
from jangteo.domains.rounds.actions.move_stop import move_stop
from jangteo.domains.rounds.errors import BadPress, CalledOff, NotGathered, StepsMissing, StopOver
from jangteo.domains.rounds.models import Earning, Lack, Stop
from jangteo.domains.rounds.pressed import Press
from jangteo.domains.rounds.queries import rate_on
from jangteo.domains.rounds.rules import FAIL_STEPS
from jangteo.domains.rounds.states import STOP_IS_OPEN, StopState
from jangteo.kernel import audit, clock, ids, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

FORWARD = {"loaded": StopState.LOADED, "here": StopState.HERE, "done": StopState.DONE, "failed": StopState.FAILED}


@action
def press_stop(*, market: Market, actor: Actor, courier_id: int, press: Press) -> Stop:
    """Take the courier's own stop forward; what was pressed before, or lies behind, changes nothing.

    Done hands all of the order over and writes the pay down.
    Raises Stop.DoesNotExist, BadPress, CalledOff, NotGathered, StepsMissing, StopOver.
    """
    order_id = Stop.objects.filter(pk=press.stop_id, round__courier_id=courier_id).values_list("order_id").get()[0]
    order = Order.objects.select_for_update().get(pk=order_id)
    stop = Stop.objects.select_for_update(of=("self",)).select_related("round").get(pk=press.stop_id)
    if stop.round.courier_id != courier_id:  # another plan gave it to somebody else meanwhile
        raise Stop.DoesNotExist
    if press.what == "lack":
        return _lack(stop, press, actor)
    if press.what not in FORWARD:
        raise BadPress
    to = FORWARD[press.what]
    if stop.state == to:
        return stop
    _check(stop, order, press)
    if press.photo is not None and not stop.photo:
        stop.photo = ids.new_token()
        photo_files.write(stop.photo, press.photo)
    stop.why = press.why if to == StopState.FAILED else ""
    if move_stop(stop=stop, to=to, at=press.at, actor=actor) and to == StopState.DONE:
        give_order(order=order, actor=actor)
        _pay(stop, courier_id)
    return stop


def _check(stop: Stop, order: Order, press: Press) -> None:
    if stop.state == StopState.CALLED_OFF or order.state != OrderState.PLACED:
        raise CalledOff(number=order.number)
    if stop.state not in STOP_IS_OPEN:
        raise StopOver(number=order.number)
    if press.what in ("loaded", "done") and not _gathered(order):
        raise NotGathered(number=order.number)
    if press.what == "failed":
        if press.why not in Stop.Why.values:
            raise BadPress
        if press.why == Stop.Why.NOBODY and not set(FAIL_STEPS) <= set(press.steps):
            raise StepsMissing


def _gathered(order: Order) -> bool:
    at_work = StallPart.objects.filter(order=order).exclude(state__in=PART_IS_OVER)
    return not at_work.filter(~Q(state=PartState.READY)).exists()


def _lack(stop: Stop, press: Press, actor: Actor) -> Stop:
    """Noted once for each good; the stop goes on."""
    line = Line.objects.filter(pk=press.line_id, part__order_id=stop.order_id, part__is_fee=False).first()
    if line is None:
        raise BadPress
    row, is_new = Lack.objects.get_or_create(
        stop=stop,
        line_id=line.pk,
        defaults={"market_id": stop.market_id, "good_name": line.name, "at": min(press.at, clock.now())},
    )
    if is_new:
        audit.record(actor, "stop.lack", f"stop:{stop.pk}", line=row.line_id)
        live.publish([live.News(f"market:{stop.market_id}", "wave")])
    return stop


def _pay(stop: Stop, courier_id: int) -> None:
    day = stop.changed_at.astimezone(clock.KST).date()
    won = rate_on(day)
    if won:
        Earning.objects.create(market_id=stop.market_id, courier_id=courier_id, stop=stop, day=day, won=won)
