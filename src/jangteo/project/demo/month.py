"""A month of past trade for the demo market, made by the same actions at earlier times."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.choose_way import choose_way
from jangteo.domains.counter.actions.open_sale import WantedSale, open_sale
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.queries import ways_of
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.errors import NothingToGiveBack
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.ordering.states import PartState
from jangteo.kernel import clock
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.housekeeping import forget_old_rows
from jangteo.kernel.tenancy import in_market
from jangteo.project.demo.association import Office, morning_after
from jangteo.project.demo.card import CardDesk
from jangteo.project.demo.people import SHOPPER, Crowd
from jangteo.project.demo.purse import ACROSS_THE_COUNTER

DAYS = 30
ORDERS_A_DAY = 16
COUNTER_SALES_A_DAY = 2
REFUND_EVERY_DAYS = 4
# Orders per hour of the trading day, as a shape: a morning peak and one before supper.
HOURS = {8: 2, 9: 4, 10: 6, 11: 6, 12: 3, 13: 2, 14: 3, 15: 4, 16: 7, 17: 6, 18: 3}
LUNCH, EVENING, NIGHT = time(12, 30), time(20, 30), time(1, 30)


@dataclass(frozen=True, slots=True)
class Past:
    """Who makes the month: shoppers and stalls, the gateway, and the association."""

    crowd: Crowd
    desk: CardDesk
    office: Office


def play_month(past: Past, progress: Callable[[int, int], None], days: int = DAYS) -> int:
    """Trade through so many days before today. How many orders were placed."""
    placed, today = 0, clock.today()
    for ago in range(days, 0, -1):
        day = today - timedelta(days=ago)
        for moment in _moments(past.crowd, day):
            placed += _order_and_serve(past, moment)
        with past.desk.hands.at(clock.korean(day, EVENING)):
            _sell_at_counters(past.crowd)
            if ago % REFUND_EVERY_DAYS == 0:
                _give_something_back(past)
            past.desk.work()
        with past.desk.hands.at(clock.korean(day + timedelta(days=1), NIGHT)):
            morning_after(past.office, past.desk, day, ago)
        progress(days - ago + 1, days)
    forget_old_rows()
    return placed


def _moments(crowd: Crowd, day: date) -> list[datetime]:
    # Saturdays are busy, Mondays are slow.
    busy = {0: 70, 5: 140, 6: 120}.get(day.weekday(), 100)
    hours = crowd.chance.choices(list(HOURS), list(HOURS.values()), k=ORDERS_A_DAY * busy // 100)
    return sorted(clock.korean(day, time(hour, crowd.chance.randrange(60))) for hour in hours)


def _order_and_serve(past: Past, moment: datetime) -> int:
    crowd = past.crowd
    with past.desk.hands.at(moment):
        order = crowd.order(anyhow=True)
        if order is None:
            return 0
        if order.pay_won:
            past.desk.pay(order.ref)
    with in_market(crowd.market.pk):
        parts = list(StallPart.objects.filter(order_id=order.order_id).values_list("pk", "stall_id"))
    with past.desk.hands.at(moment + timedelta(minutes=crowd.chance.randrange(5, 40))):
        for part_id, stall_id in parts:
            crowd.serve(part_id, stall_id, taken=None if order.moneys else crowd.chance.choice(ACROSS_THE_COUNTER))
    return 1


def _sell_at_counters(crowd: Crowd) -> None:
    """Somebody pays an amount by the sticker on a stall, and the stall says that it has the money."""
    stalls = sorted({good.stall_id: good.stall for good in crowd.goods}.items())
    for _, stall in crowd.chance.sample(stalls, COUNTER_SALES_A_DAY):
        won = crowd.chance.randrange(30, 400) * 100
        wanted = WantedSale(stall.pk, won, CounterSale.Source.STICKER)
        key = str(UUID(int=crowd.chance.getrandbits(128), version=4))
        sale = open_sale(market=crowd.market, actor=SHOPPER, wanted=wanted, key=key)
        way = crowd.chance.choice([way for way in ways_of(stall) if way != CounterSale.Way.CARD])
        choose_way(market=crowd.market, actor=SHOPPER, token=sale.token, way=way)
        keeper = Actor(ActorKind.STALL, f"stall:{stall.pk}")
        answer_claim(market=crowd.market, actor=keeper, sale_id=sale.pk, received=True)


def _give_something_back(past: Past) -> None:
    """A customer comes back with one thing of today, and the association pays it back."""
    with in_market(past.crowd.market.pk):
        handed_over = Line.objects.filter(part__state=PartState.HANDED_OVER, part__changed_at__date=clock.today())
        lines = list(handed_over.order_by("pk").values_list("pk", "part__order_id"))
    line_id, order_id = past.crowd.chance.choice(lines)
    with suppress(NothingToGiveBack):
        refund_lines(
            market=past.crowd.market,
            actor=past.office.chair,
            order_id=order_id,
            wanted=WantedRefund({line_id: None}),
            key=f"demo-{line_id}",
        )
