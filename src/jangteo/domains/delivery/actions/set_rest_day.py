"""A day on which nothing is delivered."""

from __future__ import annotations

from datetime import date

from jangteo.domains.delivery.errors import BadWindow
from jangteo.domains.delivery.models import RestDay
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_WHY = 40


@action
def set_rest_day(*, market: Market, actor: Actor, day: date, why: str = "", rests: bool = True) -> None:
    """Rest on that day, or deliver on it after all. Orders that were promised it are not touched. Raises BadWindow."""
    if day < clock.calendar_day():
        raise BadWindow(field="day")
    if len(why.strip()) > MOST_WHY:
        raise BadWindow(field="why")
    before = RestDay.objects.filter(day=day)
    if rests:
        RestDay.objects.update_or_create(market=market, day=day, defaults={"why": why.strip()})
    elif not before.delete()[0]:
        return
    audit.record(actor, "rest_day.set" if rests else "rest_day.lifted", f"market:{market.pk}", day=day.isoformat())
