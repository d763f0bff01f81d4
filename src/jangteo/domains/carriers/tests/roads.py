"""An order that is brought, and carriers who only exist here, over real HTTP."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from jangteo.adapters.kakaot.client import KakaoTAccount, KakaoTCourier
from jangteo.adapters.kakaot.simulator import KakaoTSimulator
from jangteo.adapters.paper.printer import TypstPress
from jangteo.adapters.trackerdelivery.client import DeliveryTracker
from jangteo.adapters.trackerdelivery.simulator import TrackerSimulator
from jangteo.domains.carriers import outside
from jangteo.domains.carriers.actions.call_quick import WantedQuick, call_quick
from jangteo.domains.carriers.effects import CarrierEffects
from jangteo.domains.carriers.models import QuickCall
from jangteo.domains.carriers.outside import Outside
from jangteo.domains.carriers.rules import Point
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.models import Order
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.outbox.deliver import Handler
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World, wants

DOOR = Point(37_570_000, 126_990_000)
HERE = ("37.56650000", "126.97800000")


def to_be_brought(world: World) -> Order:
    """Placed by a guest; the market stands on the map."""
    Market.objects.filter(pk=world.market.pk).update(latitude=HERE[0], longitude=HERE[1])
    world.market.refresh_from_db()
    wanted = wants((world.cabbage, 1), (world.tofu, 1), fulfil="deliver")
    placed = place_order(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()))
    with in_market(world.market.pk):
        return Order.objects.get(pk=placed.order_id)


@dataclass(frozen=True, slots=True)
class Roads:
    """Both simulators and the effects over them."""

    kakaot: KakaoTSimulator
    tracker: TrackerSimulator
    effects: CarrierEffects

    @property
    def handlers(self) -> dict[str, Handler]:
        return {"quick.call": self.effects.call, "quick.stop": self.effects.stop, "quick.hint": self.effects.read_hint}


@contextmanager
def roads(callback_url: str = "", timeout_s: float = 2.0) -> Iterator[Roads]:
    """Set up for the block, nothing afterwards."""
    with KakaoTSimulator(callback_url=callback_url) as kakaot, TrackerSimulator() as parcels:
        account = KakaoTAccount(kakaot.url, kakaot.vendor.vendor, kakaot.vendor.api_key)
        quick = KakaoTCourier(account=account, timeout_s=timeout_s)
        key = parcels.key
        tracker = DeliveryTracker(
            base_url=parcels.url, client_id=key.client_id, client_secret=key.client_secret, timeout_s=timeout_s
        )
        outside.use(Outside(quick, tracker, TypstPress()))
        try:
            yield Roads(kakaot, parcels, CarrierEffects(quick, tracker))
        finally:
            outside.use(Outside(press=TypstPress()))
            quick.close()
            tracker.close()


def called(world: World, order: Order, key: str = "first-press") -> QuickCall:
    """A courier was called by the association."""
    wanted = WantedQuick(DOOR, "3층", "찬 것이 있어요", 5_000)
    return call_quick(market=world.market, actor=SYSTEM, order_id=order.pk, wanted=wanted, key=key)


def nobody_calls() -> KakaoTCourier:
    """Set up, at an address where nobody answers."""
    return KakaoTCourier(account=KakaoTAccount("http://127.0.0.1:9", "vendor", "key"))
