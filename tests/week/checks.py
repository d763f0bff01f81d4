"""What must be true when a week is over: one ending for every order, one place for every won."""

from __future__ import annotations

from collections import Counter

from django.db.models import F

from jangteo.domains.delivery.models import Promise, Seat, Wave
from jangteo.domains.hub.models import Pick
from jangteo.domains.ordering.models import Move, Order, StallPart
from jangteo.domains.ordering.states import PART_IS_OVER, OrderState
from jangteo.domains.rounds.models import Earning, Stop
from jangteo.domains.rounds.states import STOP_IS_OPEN, StopState
from jangteo.project.invariants import all_breaches
from jangteo.project.simulate import checks
from tests.week import stalls
from tests.week.stage import Stage
from tests.week.town import STOP_WON

# (rule, subject, expected, found)
Found = tuple[str, str, str, str]
ENDS = frozenset({OrderState.CLOSED, OrderState.CANCELLED, OrderState.EXPIRED})


def found_wrong(stage: Stage) -> list[Found]:
    """Everything that is not as it must be."""
    return [
        *_orders(),
        *_deliveries(),
        *_promises(),
        *_hub(),
        *((name, breach.subject, breach.expected, breach.found) for name, breach in all_breaches()),
        *checks.at_rest(),
        *checks.at_the_gateways(stage.practices),
    ]


def _orders() -> list[Found]:
    """Each ended once, in one way, with all of its parts."""
    wrong = [("end", f"order:{pk}", "ended", state) for pk, state in _states() if state not in ENDS]
    endings = Counter(Move.objects.filter(part=None, became__in=ENDS).values_list("order_id", flat=True))
    wrong += [("end", f"order:{pk}", "1 ending", f"{endings[pk]}") for pk, _state in _states() if endings[pk] != 1]
    parts = StallPart.with_fees.exclude(state__in=PART_IS_OVER).exclude(order__state=OrderState.EXPIRED)
    wrong += [("end", f"part:{part.pk}", "over", part.state) for part in parts.order_by("pk")]
    sold = set(StallPart.objects.filter(state="handed_over").values_list("order_id", flat=True))
    closed = {pk for pk, state in _states() if state == OrderState.CLOSED}
    return wrong + [("end", f"order:{pk}", "closed where something was sold", "not") for pk in sorted(sold ^ closed)]


def _states() -> list[tuple[int, str]]:
    return list(Order.objects.order_by("pk").values_list("pk", "state"))


def _deliveries() -> list[Found]:
    """Brought once and paid for once, only what was sold; nothing is still on its way."""
    done = Counter(Stop.objects.filter(state=StopState.DONE).values_list("order_id", flat=True))
    wrong = [("stop", f"order:{pk}", "brought once", f"{times}") for pk, times in done.items() if times != 1]
    closed = set(Order.objects.filter(state=OrderState.CLOSED).values_list("pk", flat=True))
    wrong += [("stop", f"order:{pk}", "closed", "brought") for pk in sorted(done.keys() - closed)]
    open_stops = Stop.objects.filter(state__in=STOP_IS_OPEN).order_by("pk")
    wrong += [("stop", f"stop:{stop.pk}", "over", stop.state) for stop in open_stops]
    won = sum(Earning.objects.values_list("won", flat=True))
    if won != STOP_WON * len(done):
        wrong.append(("pay", "couriers", f"{STOP_WON * len(done)}", f"{won}"))
    return wrong


def _promises() -> list[Found]:
    """No order in two waves, no seat over the capacity, none taken past the cut-off."""
    seats = Counter(Seat.objects.values_list("order_id", flat=True))
    wrong = [("seat", f"order:{pk}", "1 wave", f"{number}") for pk, number in seats.items() if number > 1]
    taken = Counter(Seat.objects.filter(freed_at=None).values_list("wave_id", flat=True))
    for wave in Wave.objects.order_by("pk"):
        if wave.taken != taken[wave.pk] or wave.taken > wave.capacity:
            wrong.append(("seat", f"wave:{wave.pk}", f"{taken[wave.pk]} of {wave.capacity}", f"{wave.taken}"))
    late = Seat.objects.filter(taken_at__gt=F("wave__cut_off_at")).order_by("pk")
    wrong += [("seat", f"order:{seat.order_id}", "before the cut-off", f"{seat.taken_at}") for seat in late]
    promised = set(Promise.objects.values_list("order_id", flat=True))
    return wrong + [("promise", f"order:{pk}", "one", "none") for pk in sorted(seats.keys() - promised)]


def _hub() -> list[Found]:
    """No part was fetched twice, nobody is left waiting for an answer."""
    fetched = Counter(Pick.objects.filter(state=Pick.State.GOT).values_list("part_id", flat=True))
    wrong = [("hub", f"part:{pk}", "fetched once", f"{times}") for pk, times in fetched.items() if times != 1]
    if stalls.undecided():
        wrong.append(("hub", "missing", "0 undecided", f"{stalls.undecided()}"))
    return wrong
