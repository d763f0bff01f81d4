"""News that a stall of the demo market sent its customers three weeks ago, so that a newcomer sees what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from jangteo.domains.campaigns import outside
from jangteo.domains.campaigns.actions.plan_campaign import Wanted, plan_campaign
from jangteo.domains.campaigns.actions.say_consent import Word, say_consent
from jangteo.domains.campaigns.effects import CampaignEffects
from jangteo.domains.campaigns.kinds import Channel, Move, Purpose
from jangteo.domains.campaigns.ports import Answer, Left, Outgoing, Report, Senders
from jangteo.domains.counter.actions.record_till_sale import record_till_sale
from jangteo.domains.counter.told import ToldLine, ToldSale
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import in_market

SENT_AGO = timedelta(days=20)
CUSTOMERS, CAME_BACK = 14, 5
SALE_WON = 12_000
BODY = "오늘 갈치가 좋아요."


class _Carrier:
    """Takes every text and brings it nowhere: these numbers are nobody's."""

    name = "nowhere"

    def send_many(self, letters: Sequence[Outgoing]) -> list[Answer]:
        return [Answer(one.key, Left.LEFT) for one in letters]

    def find(self, *, to: str, key: str) -> Left | None:
        return None

    def reports(self, *, since: datetime) -> list[Report]:
        return []

    def told(self, *, body: bytes, headers: Mapping[str, str]) -> list[str]:
        return []


def send_news(market: Market) -> None:
    """Customers who are known by their numbers agree, get one message, and some of them come again."""
    with in_market(market.pk):
        stall = Stall.objects.order_by("pk").first()
    if stall is None:
        return
    before, noon = outside.current(), clock.korean(clock.calendar_day(), clock.now().time().replace(hour=12))
    outside.use(Senders(letters=_Carrier(), address=before.address))
    with clock.at(noon - SENT_AGO - timedelta(days=2)):
        users = [_sold(market, stall, place, 0) for place in range(CUSTOMERS)]
        for user_id in users:
            word = Word(Move.GIVEN, [(Channel.SMS, Purpose.AD)], "shop")
            say_consent(market=market, actor=Actor(ActorKind.CUSTOMER, f"user:{user_id}"), user_id=user_id, word=word)
    with clock.at(noon - SENT_AGO):
        keeper = Actor(ActorKind.STALL, f"stall:{stall.pk}")
        wanted = Wanted("demo-news-1", "all", BODY, stall.pk)
        plan_campaign(market=market, actor=keeper, wanted=wanted)
        _deliver(market)
    with clock.at(noon - SENT_AGO + timedelta(days=4)):
        for place in range(CAME_BACK):
            _sold(market, stall, place, 1)
    outside.use(before)


def _deliver(market: Market) -> None:
    """What the worker would do; it finds nothing left to do."""
    effects = CampaignEffects(outside.current())
    with in_market(market.pk):
        for topic, handle in (("campaign.send", effects.send), ("campaign.tell", effects.tell)):
            for row in OutboxRow.objects.filter(market_id=market.pk, topic=topic).order_by("pk"):
                handle(row)


def _sold(market: Market, stall: Stall, place: int, visit: int) -> int:
    at = clock.now()
    lines = (ToldLine(amount_won=SALE_WON, price_won=SALE_WON),)
    told = ToldSale(stall.pk, "cash", lines, at, at, phone=f"0100000{7_000 + place}")
    key = str(UUID(int=0xD301 << 32 | visit << 16 | place, version=4))
    sale = record_till_sale(market=market, actor=SYSTEM, told=told, key=key)
    return sale.customer_id or 0
