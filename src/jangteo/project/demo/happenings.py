"""What goes on in the demo market: a class with people who wait, a market day, a flash sale, and a rebate at work."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from jangteo.domains.catalog.rules import closing_after
from jangteo.domains.events.actions.show_event import show_event
from jangteo.domains.events.actions.sign_up import sign_up
from jangteo.domains.events.actions.start_flash import start_flash
from jangteo.domains.events.actions.write_event import write_event
from jangteo.domains.events.models import Event
from jangteo.domains.events.queries import sellable_goods
from jangteo.domains.events.told import NewEvent, NewFlash, NewSignUp
from jangteo.domains.markets.models import Kind, Market, Stall
from jangteo.domains.rebates.actions.call_next import call_next
from jangteo.domains.rebates.actions.make_rebate import make_rebate
from jangteo.domains.rebates.actions.take_number import take_number
from jangteo.domains.rebates.rules import AGRI, FISH, USUAL_CAP_WON, USUAL_GOODS, USUAL_TIERS, USUAL_VOUCHER_WON, Tier
from jangteo.domains.rebates.told import NewPot, NewRebate
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market

PLACES, PEOPLE, NUMBERS, FLASHED = 8, 10, 4, 4
BODIES = {
    "class": "절임배추로 한 통씩 담가 가요. 앞치마를 가져오세요.",
    "market_day": "길놀이와 떡메치기, 마당 장터가 서요.",
}


def happenings(market: Market) -> None:
    """All of it begins today or in the next days, whenever the demo is made."""
    today = clock.calendar_day()
    lesson = _show(market, _told("class", "김장 교실", clock.korean(today + timedelta(days=3), time(14)), 2))
    for n in range(PEOPLE):
        told = NewSignUp(f"손님{n + 1}", f"010000030{n:02}")
        sign_up(market=market, actor=SYSTEM, event_id=lesson.pk, told=told, key=f"demo-sign-up-{n}")
    _show(market, _told("market_day", "주말 큰 장", _weekend(today), 8))
    _rebate(market)
    _flash(market)


def _told(kind: str, title: str, starts: datetime, hours: int) -> NewEvent:
    return NewEvent(
        kind=kind,
        title=title,
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours),
        body=BODIES[kind],
        place="고객지원센터 앞마당",
        places=PLACES if kind == "class" else None,
    )


def _show(market: Market, told: NewEvent) -> Event:
    event = write_event(market=market, actor=SYSTEM, told=told)
    return show_event(market=market, actor=SYSTEM, event_id=event.pk, state=Event.State.SHOWN)


def _weekend(today: date) -> datetime:
    """Ten in the morning of the next Saturday that is not today."""
    return clock.korean(today + timedelta(days=(4 - today.weekday()) % 7 + 1), time(10))


def _rebate(market: Market) -> None:
    """At all hours, so that a visitor finds the desk at work at night as well."""
    today = clock.business_day(clock.now())
    with in_market(market.pk):
        keys = set(Kind.objects.values_list("key", flat=True))
    goods = {kind: tuple(key for key in USUAL_GOODS[kind] if key in keys) for kind in (AGRI, FISH)}
    event = make_rebate(
        market=market,
        actor=SYSTEM,
        new=NewRebate(
            name="농축수산물 환급행사",
            place="고객지원센터 1층",
            starts_on=today,
            ends_on=today + timedelta(days=4),
            opens_at=time(4),
            closes_at=time(3, 59),
            tiers=tuple(Tier(*pair) for pair in USUAL_TIERS),
            pots=tuple(NewPot(kind, 15_000_000, USUAL_CAP_WON, goods[kind]) for kind in (AGRI, FISH)),
            voucher_won=USUAL_VOUCHER_WON,
            vouchers=1_500,
        ),
    )
    for n in range(NUMBERS):
        take_number(market=market, actor=SYSTEM, event_id=event.pk, key=f"demo-number-{n}")
    call_next(market=market, actor=SYSTEM, event_id=event.pk)


def _flash(market: Market) -> None:
    now = clock.now()
    closing = closing_after(now, market.closes_at)
    with in_market(market.pk):
        stall = Stall.objects.order_by("pk")[1]
        goods = sellable_goods(stall.pk)[:FLASHED]
    starts = max(now, closing - timedelta(hours=4))
    told = NewFlash(stall.pk, tuple(good.pk for good in goods), 30, starts, closing)
    start_flash(market=market, actor=SYSTEM, told=told)
