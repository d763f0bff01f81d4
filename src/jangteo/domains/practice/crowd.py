"""Invented customers and stallkeepers, who only use the product's own actions."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta

from jangteo.domains.catalog.models import Good
from jangteo.domains.helping.actions.call_help import call_help
from jangteo.domains.helping.calls import NewCall
from jangteo.domains.helping.models import HelpCall
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.errors import OrderingRefused
from jangteo.domains.ordering.queries import pickup_times
from jangteo.domains.ordering.rules import default_ceiling, line_amount
from jangteo.domains.ordering.wanted import PlacedOrder, WantedLine, WantedOrder
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.practice.errors import NobodyCame
from jangteo.kernel import clock
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.tenancy import in_market

CUSTOMER = Actor(ActorKind.CUSTOMER, "practice")
# Nobody's: numbers with four zeros in the middle are not given out.
NAMES = ("연습 손님 하늘", "연습 손님 바다", "연습 손님 나무", "연습 손님 구름", "연습 손님 보리")
PHONE = "010-0000-0000"
NOTES = ("", "", "", "봉지 하나로 부탁해요", "조금 늦을 수 있어요")
STALL, KIOSK, KIOSK_AT = HelpCall.Face.STALL, HelpCall.Face.KIOSK, "정문 키오스크"
STUCK_WITH = (HelpCall.What.GOODS, HelpCall.What.ORDERS, HelpCall.What.MONEY)
STUCK_AT = (HelpCall.What.PAYING, HelpCall.What.FINDING)
SOON = timedelta(hours=1)
PAYS_BY_CARD_ONE_IN = 3


class Crowd:
    """The customers of one copy. `chance` makes a lesson that can be played again."""

    def __init__(self, copy: Market, chance: random.Random) -> None:
        self.copy = copy
        self.chance = chance

    def order(self, stall_id: int | None = None, *, by_card: bool | None = None) -> PlacedOrder:
        """Somebody orders one or two things, of this stall or of any. Paid by card now and then.

        Raises NobodyCame where nothing is for sale.
        """
        with in_market(self.copy.pk):
            shelf = Good.objects.filter(state=Good.State.ON_SALE, stall__door=Stall.Door.OPEN).select_related("stall")
            goods = list(shelf.filter(stall_id=stall_id).order_by("pk") if stall_id else shelf.order_by("?")[:20])
        if not goods:
            raise NobodyCame
        chosen = self.chance.sample(goods, k=min(len(goods), self.chance.choice((1, 2))))
        card = self.chance.randrange(PAYS_BY_CARD_ONE_IN) == 0 if by_card is None else by_card
        return self._place(chosen, by_card=card and all(good.stall.takes_card for good in chosen))

    def call_helper(self) -> HelpCall:
        """Somebody is stuck, at a stall or in front of the kiosk."""
        with in_market(self.copy.pk):
            stalls = list(Stall.objects.order_by("pk"))
        stall = self.chance.choice([*stalls, None])
        what = self.chance.choice(STUCK_AT if stall is None else STUCK_WITH)
        face, place, stall_id = (KIOSK, KIOSK_AT, None) if stall is None else (STALL, stall.name, stall.pk)
        call = NewCall(face=face, place=place, what=what, key=self._key(), stall_id=stall_id)
        return call_help(market=self.copy, actor=CUSTOMER, call=call)

    def _place(self, goods: list[Good], *, by_card: bool) -> PlacedOrder:
        try:
            placed = place_order(
                market=self.copy, actor=CUSTOMER, wanted=self._wanted(goods, by_card=by_card), key=self._key()
            )
        except OrderingRefused as no:
            raise NobodyCame from no
        if by_card:
            note_authorisation(
                market=self.copy,
                actor=CUSTOMER,
                order_ref=placed.ref,
                payment_key=f"play-{placed.ref}",
                amount_won=placed.pay_won,
            )
        return placed

    def _wanted(self, goods: list[Good], *, by_card: bool) -> WantedOrder:
        with in_market(self.copy.pk):
            times = pickup_times(self.copy, clock.now())[:3]
        return WantedOrder(
            lines=tuple(_line(good) for good in goods),
            name=self.chance.choice(NAMES),
            phone=PHONE,
            fulfil="pickup",
            wanted_at=times[0] if times else clock.now() + SOON,
            tender="card" if by_card else "at_stall",
            note=self.chance.choice(NOTES),
        )

    def _key(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))


def _line(good: Good) -> WantedLine:
    if good.price_grams is None or good.unit_grams is None:
        return WantedLine(good.pk, 1)
    estimate = line_amount(price_won=good.price_won, price_grams=good.price_grams, quantity=1, grams=good.unit_grams)
    return WantedLine(good.pk, 1, default_ceiling(estimate))
