"""Two customers who want to be forgotten: one still has time to think, of the other only the proof is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.regulars.actions.ask_deletion import ask_deletion
from jangteo.domains.regulars.actions.set_heart import set_heart
from jangteo.domains.regulars.jobs import Forgetting
from jangteo.domains.regulars.parts import kept_here
from jangteo.domains.regulars.queries_privacy import person_of
from jangteo.domains.regulars.rules import REGRET
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market

# Numbers of nobody, as all of the demo are.
GONE, LEAVING = "01000000491", "01000000492"
ASKED_DAYS_AGO: Mapping[str, int] = {GONE: 9, LEAVING: 1}
HEARTS = 3


def ask_to_be_forgotten(market: Market) -> None:
    """In their order, so that the first is over before the second begins."""
    now = clock.now()
    for phone, days in ASKED_DAYS_AGO.items():
        asked_at = now - timedelta(days=days)
        with clock.at(asked_at):
            _ask(market, phone)
        if asked_at + REGRET < now:
            with clock.at(asked_at + REGRET + timedelta(minutes=10)):
                Forgetting().run()


def _ask(market: Market, phone: str) -> None:
    user = register_customer(market=market, actor=SYSTEM, phone=phone)
    with in_market(market.pk):
        liked = list(Good.objects.order_by("pk").values_list("stall_id", "pk")[:HEARTS])
    for stall_id, good_id in liked:
        set_heart(market=market, actor=SYSTEM, user_id=user.pk, stall_id=stall_id, good_id=good_id, wanted=True)
    with in_market(market.pk):
        told = {one.topic: len(one.rows) for one in kept_here(person_of(user)) if one.rows}
    ask_deletion(market=market, actor=SYSTEM, user_id=user.pk, told=told)
