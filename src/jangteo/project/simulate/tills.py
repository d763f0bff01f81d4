"""Customers who pay a stall an amount: by its sticker, by the code on its phone, or into its hand."""

from __future__ import annotations

import uuid
from datetime import timedelta

from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.actions.answer_claim import answer_claim
from jangteo.domains.counter.actions.choose_way import choose_way
from jangteo.domains.counter.actions.open_sale import LASTS, WantedSale, open_sale
from jangteo.domains.counter.actions.record_till_sale import record_till_sale
from jangteo.domains.counter.actions.refund_sale import WantedBack, refund_sale
from jangteo.domains.counter.actions.sell_with_coupon import CouponSale, sell_with_coupon
from jangteo.domains.counter.coupons import ByCoupon
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.queries import ways_of
from jangteo.domains.counter.rules import TILL_WAYS
from jangteo.domains.counter.states import SaleState
from jangteo.domains.counter.told import ToldLine, ToldSale
from jangteo.domains.markets.models import Stall
from jangteo.domains.promotions.actions.grant_coupon import grant_coupon
from jangteo.domains.promotions.models import Coupon
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.project.simulate.gateways import CUSTOMER
from jangteo.project.simulate.stage import Stage
from jangteo.project.simulate.windows import any_of, authorise


def sell_at_counter(stage: Stage) -> None:
    """The amount is said, and mostly how it is paid; a card goes on to the gateway's window."""
    stall = stage.chance.choice(list(Stall.objects.order_by("pk")))
    source = stage.chance.choice(list(LASTS))
    wanted = WantedSale(stall.pk, stage.chance.choice((100, 777, 12_000, 33_333)), source)
    key = f"simulated-{stage.number()}"
    for _ in range(stage.chance.choice((1, 1, 2))):
        sale = open_sale(market=stage.market, actor=CUSTOMER, wanted=wanted, key=key)
    if stage.chance.random() < 0.1:
        return
    way = stage.chance.choice((CounterSale.Way.CARD, stage.chance.choice(ways_of(stall))))
    choose_way(market=stage.market, actor=CUSTOMER, token=sale.token, way=way)
    if way == CounterSale.Way.CARD:
        authorise(stage)


def ring_up(stage: Stage) -> None:
    """The stall's own till tells of money in hand, of goods with a count and without, hours late, perhaps twice."""
    stall = stage.chance.choice(list(Stall.objects.order_by("pk")))
    sold = Good.objects.filter(stall=stall, price_grams=None).exclude(price_life=Good.PriceLife.ASKED)
    good, many = any_of(stage, list(sold.order_by("pk"))), stage.chance.choice((1, 2, 3))
    won = stage.chance.choice((100, 12_000))
    lines = [ToldLine(won, won)]
    if good is not None:
        lines.append(ToldLine(good.price_won * many, good.price_won, good_id=good.pk, quantity=many))
    sent = clock.now() + timedelta(minutes=stage.chance.choice((-10, 0, 10)))
    made = sent - timedelta(hours=stage.chance.choice((0, 1, 72)))
    told = ToldSale(stall.pk, stage.chance.choice(sorted(TILL_WAYS)), tuple(lines), made, sent, stage.number())
    key = str(uuid.UUID(int=stage.chance.getrandbits(128)))
    for _ in range(stage.chance.choice((1, 1, 2))):
        record_till_sale(market=stage.market, actor=SYSTEM, told=told, key=key)


def use_coupon_at_counter(stage: Stage) -> None:
    """Somebody has just been given a coupon and uses it: at the till, perhaps tapped twice, or on their own phone."""
    whose, coupon = stage.chance.choice(stage.customers), stage.chance.choice(stage.coupons)
    stall = stage.chance.choice(list(Stall.objects.order_by("pk")))
    if coupon.form != Coupon.Form.OPEN:
        key = f"gift-{stage.number()}"
        grant_coupon(market=stage.market, actor=SYSTEM, coupon_id=coupon.pk, user_id=whose, key=key)
    won, at_till = stage.chance.choice((777, 12_000, 33_333)), stage.chance.random() < 0.5
    if not at_till:
        _scan(stage, stall, won, ByCoupon(whose, str(coupon.pk)))
        return
    wanted = CouponSale(stall.pk, won, stage.chance.choice(sorted(TILL_WAYS)), whose, str(coupon.pk))
    key = str(uuid.UUID(int=stage.chance.getrandbits(128)))
    for _ in range(stage.chance.choice((1, 1, 2))):
        sell_with_coupon(market=stage.market, actor=SYSTEM, wanted=wanted, key=key)


def _scan(stage: Stage, stall: Stall, won: int, by_coupon: ByCoupon) -> None:
    wanted = WantedSale(stall.pk, won, stage.chance.choice(list(LASTS)))
    sale = open_sale(market=stage.market, actor=CUSTOMER, wanted=wanted, key=f"simulated-{stage.number()}")
    way = stage.chance.choice((CounterSale.Way.CARD, CounterSale.Way.CARD, CounterSale.Way.CASH))
    choose_way(market=stage.market, actor=CUSTOMER, token=sale.token, way=way, by_coupon=by_coupon)
    if way == CounterSale.Way.CARD:
        authorise(stage)


def answer_at_counter(stage: Stage) -> bool:
    """The stall says whether it has the money; perhaps twice."""
    claimed = CounterSale.objects.filter(state=SaleState.CLAIMED).order_by("pk")
    if (sale := any_of(stage, list(claimed))) is None:
        return False
    received = stage.chance.random() < 0.7
    for _ in range(stage.chance.choice((1, 1, 2))):
        answer_claim(market=stage.market, actor=SYSTEM, sale_id=sale.pk, received=received)
    return True


def refund_at_counter(stage: Stage) -> bool:
    """All of a sale or some; perhaps twice by mistake."""
    paid = CounterSale.objects.filter(state=SaleState.PAID).order_by("pk")
    if (sale := any_of(stage, list(paid))) is None:
        return False
    wanted, key = WantedBack(sale.pk, stage.chance.choice((None, 1, 99))), f"simulated-{stage.number()}"
    for _ in range(stage.chance.choice((1, 1, 2))):
        refund_sale(market=stage.market, actor=SYSTEM, wanted=wanted, key=key)
    return True
