"""Who waits for help, who goes there, and who acts for whom, in the market in scope."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from jangteo.domains.helping.calls import NewCall
from jangteo.domains.helping.models import Acting, CarryPoint, ConsentCode, HelpCall, SetUpMark, Visit
from jangteo.domains.helping.rules import FINISHED_SHOWN, SAME_CALL
from jangteo.domains.markets.calendar import cycle_from_json, is_market_day
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market, unscoped

MOST_WAITING = 100
MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class History:
    """What helpers did for one stall, newest first."""

    calls: list[HelpCall]
    visits: list[Visit]
    actings: list[Acting]


def waiting_calls() -> list[HelpCall]:
    """Calls that nobody has taken, the longest waiting first."""
    rows = HelpCall.objects.select_related("stall").filter(state=HelpCall.State.NEW)
    return list(rows.order_by("called_at", "pk")[:MOST_WAITING])


def taken_calls() -> list[HelpCall]:
    """Calls that somebody is at, with who that is, the oldest first."""
    rows = HelpCall.objects.select_related("stall", "taken_by").filter(state=HelpCall.State.TAKEN)
    return list(rows.order_by("taken_at", "pk")[:MOST_WAITING])


def just_finished(helper_id: int) -> HelpCall | None:
    """What this helper finished last, as long as they may want it back."""
    since = clock.now() - FINISHED_SHOWN
    rows = HelpCall.objects.filter(taken_by_id=helper_id, state=HelpCall.State.DONE, done_at__gte=since)
    return rows.order_by("-done_at").first()


def same_call(call: NewCall, place: str) -> HelpCall | None:
    """The call that this one only repeats."""
    by_key = HelpCall.objects.filter(key=call.key).first()
    if by_key is not None:
        return by_key
    waits = HelpCall.objects.filter(state__in=[HelpCall.State.NEW, HelpCall.State.TAKEN])
    waits = waits.filter(called_at__gte=clock.now() - SAME_CALL, face=call.face, what=call.what)
    if call.stall_id is not None:
        return waits.filter(stall_id=call.stall_id).first()
    return waits.filter(stall_id__isnull=True, place=place, who=call.who, phone=call.phone).first()


def carry_points() -> list[CarryPoint]:
    """Where bags are carried to, as the association wrote it down."""
    return list(CarryPoint.objects.order_by("position"))


def carrying_to(market: Market, now: datetime) -> list[str]:
    """The same on a market day, nothing on any other. One statement, none on other days."""
    cycle = cycle_from_json(market.cycle)
    if cycle is None or not is_market_day(cycle, clock.business_day(now)):
        return []
    return [point.name for point in carry_points()]


def carried_by_day(since: datetime) -> list[tuple[date, int]]:
    """How often bags were carried on each day, the newest first. One statement."""
    rows = HelpCall.objects.filter(what=HelpCall.What.CARRY, state=HelpCall.State.DONE, done_at__gte=since)
    days = Counter(clock.business_day(at) for at in rows.values_list("done_at", flat=True) if at is not None)
    return sorted(days.items(), reverse=True)


def call_by_id(call_id: int) -> HelpCall:
    """Raises HelpCall.DoesNotExist."""
    return HelpCall.objects.select_related("stall", "taken_by").get(pk=call_id)


def call_by_token(token: str) -> HelpCall:
    """The call of a caller's page. Raises HelpCall.DoesNotExist."""
    return HelpCall.objects.select_related("taken_by").get(token=token)


def history_of(stall_id: int) -> History:
    """Everything that helpers did for a stall."""
    return History(
        list(HelpCall.objects.select_related("taken_by").filter(stall_id=stall_id).order_by("-pk")[:MOST_SHOWN]),
        list(Visit.objects.select_related("helper").filter(stall_id=stall_id).order_by("-at", "-pk")[:MOST_SHOWN]),
        list(Acting.objects.select_related("helper").filter(stall_id=stall_id).order_by("-pk")[:MOST_SHOWN]),
    )


def set_up_marks(stall_id: int) -> set[str]:
    """Steps of setting the stall up that somebody marked done."""
    return set(SetUpMark.objects.filter(stall_id=stall_id).values_list("step", flat=True))


def acting_for(stall_id: int) -> Acting | None:
    """Who acts for the stall at this moment."""
    rows = Acting.objects.select_related("helper", "stall").filter(ended_at__isnull=True, ends_at__gt=clock.now())
    return rows.filter(stall_id=stall_id).first()


def acting_of(helper_id: int, market_id: int) -> Acting | None:
    """For which stall this helper's phone acts at this moment. Asked before a scope is known."""
    with in_market(market_id):
        rows = Acting.objects.select_related("helper", "stall").filter(ended_at__isnull=True, ends_at__gt=clock.now())
        return rows.filter(helper_id=helper_id).first()


def last_acting(stall_id: int) -> Acting | None:
    """The one that goes on or was the last."""
    return Acting.objects.select_related("helper").filter(stall_id=stall_id).order_by("-pk").first()


def code_waits(stall_id: int) -> bool:
    """Whether the stall's phone shows a code that can still be used."""
    rows = ConsentCode.objects.filter(stall_id=stall_id, used_at__isnull=True, expires_at__gt=clock.now())
    return rows.exists()


def markets_with_due_actings() -> list[Market]:
    """Markets where somebody's time to act is over."""
    with unscoped():
        due = Acting.objects.filter(ended_at__isnull=True, ends_at__lte=clock.now()).values_list("market_id")
        return list(Market.objects.filter(pk__in=list({pk for (pk,) in due})))
