"""Sales at the counter and pay links in every state they can stand in, made by the actions themselves.

Each method makes one anew and answers the address of its screen.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.choose_way import choose_way
from jangteo.domains.counter.actions.make_pay_link import make_pay_link
from jangteo.domains.counter.actions.open_sale import WantedSale, open_sale
from jangteo.domains.counter.actions.refund_sale import WantedBack, refund_sale
from jangteo.domains.counter.actions.settle_sale import settle_sale
from jangteo.domains.counter.models import CounterSale, PayLink, SaleRefund
from jangteo.domains.counter.states import SaleState
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.ports import GatewayState, Snapshot
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.scenes import Scenes
from tests.world import GUEST, World

LONG_AGO = timedelta(hours=3)


@dataclass(frozen=True)
class CounterScenes:
    scenes: Scenes

    def open(self) -> str:
        return self._page(self._opened())

    def paying(self) -> str:
        return self._page(self._begun("card"))

    def claimed(self) -> str:
        return self._page(self._begun("cash"))

    def received(self) -> str:
        return self._page(self._answered(received=True))

    def denied(self) -> str:
        return self._page(self._answered(received=False))

    def over(self) -> str:
        with clock.at(clock.now() - LONG_AGO):
            return self._page(self._opened())

    def code(self) -> str:
        return self._code(self._opened())

    def code_over(self) -> str:
        with clock.at(clock.now() - LONG_AGO):
            return self._code(self._opened())

    def came(self) -> str:
        """By card, just now."""
        sale = self._begun("card")
        won = sale.amount_won
        seen = Snapshot(f"key-{uuid.uuid4()}", sale.ref, GatewayState.DONE, won, won, "카드", None, "", ())
        return self._code(settle_sale(market=self.scenes.world.market, actor=SYSTEM, snapshot=seen))

    def giving_back(self) -> str:
        return f"{self._code(self._answered(received=True))}back/"

    def given_back(self) -> str:
        """The list of today, which says it and offers the way back."""
        return f"/stall/qr/?gave={self._given_back(self._answered(received=True)).pk}"

    def part_left(self) -> str:
        """The receipt of a sale of which a part was given back."""
        sale = self._answered(received=True)
        self._given_back(sale)
        return f"{self._page(sale)}receipt/"

    def asked(self) -> str:
        placed, _link = self._linked()
        return f"/jangteo/order/{placed.token}/ask/"

    def linked(self) -> str:
        _placed, link = self._linked()
        return f"/jangteo/paylink/{link.token}/"

    def link_paid(self) -> str:
        placed, link = self._linked()
        note_authorisation(
            market=self.scenes.world.market,
            actor=GUEST,
            order_ref=placed.ref,
            payment_key=f"key-{uuid.uuid4()}",
            amount_won=placed.pay_won,
        )
        return f"/jangteo/paylink/{link.token}/"

    def link_over(self) -> str:
        with clock.at(clock.now() - LONG_AGO):
            return self.linked()

    def _linked(self) -> tuple[PlacedOrder, PayLink]:
        placed = self.scenes.unpaid()
        return placed, make_pay_link(market=self.scenes.world.market, actor=GUEST, token=placed.token)

    def _opened(self) -> CounterSale:
        wanted = WantedSale(self.scenes.world.fish.pk, 12_000, CounterSale.Source.DYNAMIC)
        return open_sale(market=self.scenes.world.market, actor=SYSTEM, wanted=wanted, key=str(uuid.uuid4()))

    def _begun(self, way: str) -> CounterSale:
        return choose_way(market=self.scenes.world.market, actor=GUEST, token=self._opened().token, way=way)

    def _answered(self, *, received: bool) -> CounterSale:
        sale_id = self._begun("cash").pk
        return answer_claim(market=self.scenes.world.market, actor=SYSTEM, sale_id=sale_id, received=received)

    def _given_back(self, sale: CounterSale) -> SaleRefund:
        wanted = WantedBack(sale.pk, 3_000)
        return refund_sale(market=self.scenes.world.market, actor=SYSTEM, wanted=wanted, key=str(uuid.uuid4()))

    def _page(self, sale: CounterSale) -> str:
        return f"/jangteo/counter/{sale.token}/"

    def _code(self, sale: CounterSale) -> str:
        return f"/stall/qr/{sale.pk}/"


def answer_claims(world: World) -> None:
    """Say of every claim that is still open that nothing was received, so that no other screen shows it."""
    with in_market(world.market.pk):
        claims = list(CounterSale.objects.filter(state=SaleState.CLAIMED))
    for sale in claims:
        answer_claim(market=world.market, actor=SYSTEM, sale_id=sale.pk, received=False)
