"""Stalls that nobody practises at answer by themselves, one step at a time, so that a customer can watch them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from jangteo.domains.counter.actions.choose_way import choose_way
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.helping.actions.make_consent_code import make_consent_code
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.domains.practice.crowd import CUSTOMER
from jangteo.kernel import clock
from jangteo.kernel.audit import Actor, ActorKind

STEP_TAKES = timedelta(seconds=10)
AT_ONCE = timedelta(0)
SCANS_AFTER = timedelta(seconds=6)
MOST_AT_ONCE = 20
BUSY = (PartState.NEW, PartState.ACCEPTED, PartState.READY)


def serve(copy: Market, seated: Collection[int], takes: timedelta = STEP_TAKES) -> int:
    """Take every part that waits long enough one step on, but at stalls where a person sits. In the copy's scope.

    How many steps were taken.
    """
    waiting = StallPart.objects.filter(state__in=BUSY, changed_at__lte=clock.now() - takes)
    parts = list(waiting.exclude(stall_id__in=seated).order_by("pk")[:MOST_AT_ONCE])
    for part in parts:
        _step(copy, part)
    return len(parts)


def _step(copy: Market, part: StallPart) -> None:
    actor = Actor(ActorKind.STALL, f"stall:{part.stall_id}")
    match part.state:
        case PartState.NEW:
            accept_part(market=copy, actor=actor, part_id=part.pk)
        case PartState.ACCEPTED:
            for line in Line.objects.filter(part=part, price_grams__isnull=False, final_grams=None).order_by("pk"):
                grams = (line.unit_grams or 1) * line.quantity
                weigh_line(market=copy, actor=actor, line_id=line.pk, grams=grams)
            ready_part(market=copy, actor=actor, part_id=part.pk)
        case PartState.READY:
            hand_over_part(market=copy, actor=actor, part_id=part.pk)


def read_out_code(copy: Market, stall_id: int, helper_id: int) -> str:
    """The six digits by which the stall's invented owner lets this helper act for the stall."""
    actor = Actor(ActorKind.STALL, f"stall:{stall_id}")
    return make_consent_code(market=copy, actor=actor, stall_id=stall_id, device_id=helper_id)


def pay_at_counter(copy: Market) -> int:
    """Somebody scans the code that a person's phone shows, and pays in cash. In the copy's scope. How many did."""
    shown = CounterSale.objects.filter(
        state=SaleState.OPEN,
        source=CounterSale.Source.DYNAMIC,
        created_at__lte=clock.now() - SCANS_AFTER,
        expires_at__gt=clock.now(),
    )
    tokens = list(shown.order_by("pk").values_list("token", flat=True)[:MOST_AT_ONCE])
    for token in tokens:
        choose_way(market=copy, actor=CUSTOMER, token=token, way=CounterSale.Way.CASH)
    return len(tokens)
