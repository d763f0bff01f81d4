"""The invented shoppers and stallkeepers who bring the demo market to life. They only use the product's own actions."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from jangteo.domains.catalog.models import Good
from jangteo.domains.delivery.errors import DeliveryRefused
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.errors import GoodSoldOut, NotEnough, OrderingRefused
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.queries import pickup_times
from jangteo.domains.ordering.rules import default_ceiling, grams_within, line_amount
from jangteo.domains.ordering.wanted import PlacedOrder, WantedLine, WantedOrder
from jangteo.domains.payments.errors import PaymentRefused
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from jangteo.kernel.tenancy import in_market, in_stall
from jangteo.project.demo.delivery import HOME, next_offer
from jangteo.project.demo.purse import AT_STALL, Means, draw_means

SHOPPER = Actor(ActorKind.CUSTOMER, "demo")
WEIGHT_SPREAD_PERCENT = 7
REFUSES_ONE_IN = 60


@dataclass(frozen=True, slots=True)
class Shopper:
    """`kinds` are the keys of what they like to buy."""

    name: str
    phone: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wish:
    """A note to a stall; it fits a basket with goods of `kinds`, any basket without."""

    text: str
    kinds: frozenset[str]


class Crowd:
    """Draws shoppers, baskets and weights from one seeded source, so that a day can be played again."""

    def __init__(self, market: Market, shoppers: Sequence[Shopper], wishes: Sequence[Wish], seed: int) -> None:
        self.market = market
        self.chance = random.Random(seed)  # noqa: S311  # a day that can be replayed, nothing secret
        self.shoppers = list(shoppers)
        self.wishes = list(wishes)
        with in_market(market.pk):
            goods = Good.objects.filter(state=Good.State.ON_SALE, stall__door=Stall.Door.OPEN)
            self.goods = list(goods.select_related("stall", "kind").order_by("pk"))
        self.kind_of = {good.pk: good.kind.key for good in self.goods}

    def order(self, *, anyhow: bool = False) -> PlacedOrder | None:
        """Somebody fills a basket and orders. None when what they wanted was gone and they left.

        They pay at the stalls, or `anyhow`: by card and with vouchers as well.
        """
        shopper = self.chance.choice(self.shoppers)
        basket = self._basket(shopper)
        lines = tuple(self._line(good) for good in basket)
        means = draw_means(self.chance, [good.stall for good in basket]) if anyhow else AT_STALL
        for _ in range(3):
            try:
                return self._place(shopper, lines, means)
            except PaymentRefused:
                # This money does not go together with these goods.
                means = AT_STALL
            except (NotEnough, GoodSoldOut) as gone:
                good_id = int(gone.facts["good_id"])
                self.restock(good_id)
                lines = tuple(line for line in lines if line.good_id != good_id)
            except (OrderingRefused, DeliveryRefused):
                return None
            if not lines:
                return None
        return None

    def restock(self, good_id: int) -> None:
        """The stall brings more of what ran out."""
        count_stock(market=self.market, actor=SYSTEM, good_id=good_id, on_hand=self.chance.randrange(12, 40))

    def _basket(self, shopper: Shopper) -> list[Good]:
        liked = [good for good in self.goods if good.kind.key in shopper.kinds]
        wanted = self.chance.choices((1, 2, 3, 4, 5, 6), (8, 20, 28, 22, 14, 8))[0]
        pool = liked * 3 + self.goods
        picked = {good.pk: good for good in self.chance.choices(pool, k=wanted)}
        return list(picked.values())

    def _line(self, good: Good) -> WantedLine:
        quantity = self.chance.choices((1, 2, 3), (80, 15, 5))[0]
        if good.price_grams is None or good.unit_grams is None:
            return WantedLine(good.pk, quantity)
        grams = good.unit_grams * quantity
        estimate = line_amount(price_won=good.price_won, price_grams=good.price_grams, quantity=quantity, grams=grams)
        return WantedLine(good.pk, quantity, default_ceiling(estimate))

    def _place(self, shopper: Shopper, lines: tuple[WantedLine, ...], means: Means) -> PlacedOrder:
        delivered = self.chance.random() < 0.2
        with in_market(self.market.pk):
            times = pickup_times(self.market, clock.now())[:6]
            wave = next_offer(self.market, lines) if delivered else None
        wanted = WantedOrder(
            lines=lines,
            name=shopper.name,
            phone=shopper.phone,
            fulfil="deliver" if delivered else "pickup",
            wanted_at=self.chance.choice(times) if times else clock.now() + timedelta(hours=1),
            tender=means.tender,
            moneys=means.moneys,
            address=HOME if delivered else "",
            note=self._wish(lines),
            wave_id=None if wave is None else wave.wave_id,
            fee_won=None if wave is None else wave.fee.customer_won,
        )
        key = str(uuid.UUID(int=self.chance.getrandbits(128), version=4))
        return place_order(market=self.market, actor=SHOPPER, wanted=wanted, key=key)

    def _wish(self, lines: tuple[WantedLine, ...]) -> str:
        if self.chance.random() >= 0.25:
            return ""
        kinds = {self.kind_of[line.good_id] for line in lines}
        return self.chance.choice([wish.text for wish in self.wishes if not wish.kinds or wish.kinds & kinds])

    def serve(self, part_id: int, stall_id: int, *, taken: TenderKind | None = None) -> None:
        """One stall does its part, weighing what is weighed; now and then it cannot. `taken` as the stall taps it."""
        market, actor = self.market, Actor(ActorKind.STALL, f"stall:{stall_id}")
        with in_stall(market.pk, stall_id):
            if self.chance.randrange(REFUSES_ONE_IN) == 0:
                reason = self.chance.choice(StallPart.STALL_SAYS)
                refuse_part(market=market, actor=actor, part_id=part_id, reason=reason)
                return
            accept_part(market=market, actor=actor, part_id=part_id)
            for line in Line.objects.filter(part_id=part_id, price_grams__isnull=False):
                weigh_line(market=market, actor=actor, line_id=line.pk, grams=self._weight(line))
            ready_part(market=market, actor=actor, part_id=part_id)
            hand_over_part(market=market, actor=actor, part_id=part_id, taken=taken)

    def _weight(self, line: Line) -> int:
        """What the scale shows: around what was asked for, never above what the customer allowed."""
        grams = (line.unit_grams or 0) * line.quantity
        spread = self.chance.randrange(-WEIGHT_SPREAD_PERCENT, WEIGHT_SPREAD_PERCENT + 1)
        most = grams_within(
            price_won=line.price_won, price_grams=line.price_grams or 1, ceiling_won=line.ceiling_won or 0
        )
        return max(1, min(grams * (100 + spread) // 100, most))
