"""Customers order and change their minds; stalls sell and give back.

A step answers False when there was nothing to do it to. A refusal of the product is an ordinary outcome.
"""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.close_shortfall import close_shortfall
from jangteo.domains.ordering.actions.hand_back_money import hand_back_money
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.actions.undo_part import undo_part
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.models import Line, Order, Shortfall, StallPart
from jangteo.domains.ordering.refunding import WantedRefund
from jangteo.domains.ordering.rules import default_ceiling, line_amount
from jangteo.domains.ordering.splitting import MONEYS, purses_of
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.ordering.wanted import WantedLine, WantedMoney, WantedOrder
from jangteo.domains.payments import gateways
from jangteo.domains.payments.models import GivebackLeg, Payment
from jangteo.domains.payments.rules.refunds import Precedence
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.promotions.actions.grant_coupon import grant_coupon
from jangteo.domains.promotions.models import Coupon
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.project.simulate.gateways import CUSTOMER
from jangteo.project.simulate.stage import Stage
from jangteo.project.simulate.windows import any_of, authorise, write_late


def basket(stage: Stage, tender: str, moneys: tuple[WantedMoney, ...], way: str) -> WantedOrder:
    picked = stage.chance.sample(stage.goods, stage.chance.randint(1, 4))
    return WantedOrder(
        lines=tuple(_line(stage, good) for good in picked),
        name="모의",
        phone="010-0000-2000",
        fulfil="pickup",
        wanted_at=clock.now() + timedelta(hours=1),
        tender=tender,
        moneys=moneys,
        way=way,
    )


def _line(stage: Stage, good: Good) -> WantedLine:
    quantity = stage.chance.randint(1, 3)
    if good.price_grams is None or good.unit_grams is None:
        return WantedLine(good.pk, quantity)
    grams = good.unit_grams * quantity
    estimate = line_amount(price_won=good.price_won, price_grams=good.price_grams, quantity=quantity, grams=grams)
    return WantedLine(good.pk, quantity, default_ceiling(estimate))


def order_at_stall(stage: Stage) -> None:
    _place(stage, "at_stall")


def order_by_card(stage: Stage) -> None:
    _place(stage, "card")


def order_by_account(stage: Stage) -> None:
    _place(stage, "card", way=gateways.VIRTUAL_ACCOUNT)


def order_by_wallet(stage: Stage) -> None:
    """With the gateway's own wallet, whose window opens elsewhere."""
    _place(stage, "card", way="kakaopay")


def order_with_vouchers(stage: Stage) -> None:
    """Some of it with money that only changes hands at the stall; one kind earns something for who is signed in."""
    kinds = stage.chance.choice((MONEYS, (TenderKind.LOCAL_CURRENCY,), tuple(stage.chance.sample(MONEYS, 2))))
    moneys = tuple(WantedMoney(kind, won=stage.chance.choice((None, None, 5_000, 12_345))) for kind in kinds)
    _place(stage, stage.chance.choice(("card", "at_stall")), moneys, whose=somebody(stage))


def order_with_points(stage: Stage) -> bool:
    """Some of it with what a scheme gave the customer before."""
    user_id = stage.chance.choice(stage.customers)
    purses = purses_of(user_id)
    if not purses:
        return False
    moneys = (WantedMoney(TenderKind.POINTS, scheme=stage.chance.choice(sorted(purses))),)
    more = (WantedMoney(TenderKind.LOCAL_CURRENCY, won=5_000),) if stage.chance.random() < 0.5 else ()
    way = stage.chance.choice((gateways.CARD, gateways.CARD, "kakaopay"))
    _place(stage, "card", moneys + more, way, user_id)
    return True


def order_with_coupon(stage: Stage) -> None:
    """Less a coupon, with points and vouchers or without; some coupons have to be given first."""
    whose, coupon = stage.chance.choice(stage.customers), stage.chance.choice(stage.coupons)
    if coupon.form != Coupon.Form.OPEN and stage.chance.random() < 0.7:
        key = f"gift-{stage.number()}"
        for _ in range(stage.chance.choice((1, 2))):
            grant_coupon(market=stage.market, actor=SYSTEM, coupon_id=coupon.pk, user_id=whose, key=key)
    moneys: tuple[WantedMoney, ...] = (WantedMoney(TenderKind.COUPON, str(coupon.pk)),)
    purses = sorted(purses_of(whose))
    if purses and stage.chance.random() < 0.4:
        moneys += (WantedMoney(TenderKind.POINTS, scheme=stage.chance.choice(purses)),)
    if stage.chance.random() < 0.3:
        moneys += (WantedMoney(TenderKind.LOCAL_CURRENCY, won=5_000),)
    tender = stage.chance.choice(("card", "card", "card", "at_stall"))
    way = stage.chance.choice((gateways.CARD, gateways.CARD, gateways.VIRTUAL_ACCOUNT, "kakaopay"))
    _place(stage, tender, moneys, way, whose, authorised=0.8)


def somebody(stage: Stage) -> int | None:
    return stage.chance.choice((None, *stage.customers))


def _place(
    stage: Stage,
    tender: str,
    moneys: tuple[WantedMoney, ...] = (),
    way: str = gateways.CARD,
    whose: int | None = None,
    *,
    authorised: float = 0.6,
) -> None:
    wanted, key = basket(stage, tender, moneys, way), f"simulated-{stage.number()}"
    send(stage, wanted, key, whose)
    if tender == "card" and stage.chance.random() < authorised:
        authorise(stage)


def send(stage: Stage, wanted: WantedOrder, key: str, whose: int | None) -> None:
    """Place it. A second tap is the same request."""
    for _ in range(stage.chance.choice((1, 1, 1, 2))):
        place_order(market=stage.market, actor=CUSTOMER, wanted=wanted, key=key, user_id=whose)


def serve(stage: Stage) -> bool:
    """A stall presses the next button of a part, or weighs first."""
    busy = StallPart.objects.filter(state__in=(PartState.NEW, PartState.ACCEPTED, PartState.READY)).order_by("pk")
    if (part := any_of(stage, list(busy))) is None:
        return False
    if part.state == PartState.NEW:
        accept_part(market=stage.market, actor=SYSTEM, part_id=part.pk)
    for line in Line.objects.filter(part=part, price_grams__isnull=False).order_by("pk"):
        if part.state != PartState.READY:
            grams = (line.unit_grams or 0) * line.quantity * stage.chance.randint(40, 160) // 100
            weigh_line(market=stage.market, actor=SYSTEM, line_id=line.pk, grams=grams, cap=True)
    if part.state != PartState.READY:
        ready_part(market=stage.market, actor=SYSTEM, part_id=part.pk)
    else:
        taken = stage.chance.choice((None, None, None, TenderKind.CASH, TenderKind.ONNURI_PAPER))
        hand_over_part(market=stage.market, actor=SYSTEM, part_id=part.pk, taken=taken)
    return True


def hand_back(stage: Stage) -> bool:
    """A stall gives a customer back what it has in its hand; perhaps it taps twice."""
    owed = GivebackLeg.objects.filter(state=GivebackLeg.State.BY_HAND).order_by("pk")
    if (leg := any_of(stage, list(owed))) is None:
        return False
    for _ in range(stage.chance.choice((1, 2))):
        hand_back_money(market=stage.market, actor=SYSTEM, leg_id=leg.pk)
    return True


def undo(stage: Stage) -> bool:
    busy = StallPart.objects.filter(state__in=(PartState.ACCEPTED, PartState.READY)).order_by("pk")
    if (part := any_of(stage, list(busy))) is None:
        return False
    undo_part(market=stage.market, actor=SYSTEM, part_id=part.pk)
    return True


def refuse(stage: Stage) -> bool:
    busy = StallPart.objects.filter(state__in=(PartState.NEW, PartState.ACCEPTED)).order_by("pk")
    if (part := any_of(stage, list(busy))) is None:
        return False
    reason = stage.chance.choice(StallPart.STALL_SAYS)
    refuse_part(market=stage.market, actor=SYSTEM, part_id=part.pk, reason=reason)
    return True


def cancel(stage: Stage) -> bool:
    open_orders = Order.objects.filter(state__in=(OrderState.PLACED, OrderState.AWAITING_PAYMENT)).order_by("pk")
    if (order := any_of(stage, list(open_orders))) is None:
        return False
    cancel_order(market=stage.market, actor=CUSTOMER, order_id=order.pk)
    return True


def refund(stage: Stage) -> bool:
    """Somebody decides that goods or a fee that were handed over are paid back, all or a part; perhaps twice."""
    sold = StallPart.with_fees.filter(state=PartState.HANDED_OVER).order_by("pk")
    if (part := any_of(stage, list(sold))) is None:
        return False
    lines = list(Line.objects.filter(part=part).order_by("pk"))
    picked = stage.chance.sample(lines, stage.chance.randint(1, len(lines)))
    wons = {line.pk: stage.chance.choice((None, 1, 777, 3_000)) for line in picked}
    wanted = WantedRefund(wons, stage.chance.choice(list(Precedence)))
    key = f"simulated-{stage.number()}"
    for _ in range(stage.chance.choice((1, 1, 2))):
        refund_lines(market=stage.market, actor=SYSTEM, order_id=part.order_id, wanted=wanted, key=key)
    return True


def close_short(stage: Stage) -> bool:
    short = Shortfall.objects.filter(state=Shortfall.State.OPEN).order_by("pk")
    if (row := any_of(stage, list(short))) is None:
        return False
    found = stage.chance.random() < 0.4
    close_shortfall(market=stage.market, actor=SYSTEM, shortfall_id=row.pk, found=found)
    return True


def count(stage: Stage) -> None:
    """The stall counts again: more than before, or nothing left although somebody in a window still pays late."""
    counted = [good for good in stage.goods if good.name in ("고등어", "배추김치")]
    late = Line.objects.filter(part__order__state=OrderState.EXPIRED, good__in=counted).select_related("part__order")
    if (line := any_of(stage, list(late.order_by("pk")))) is not None and stage.chance.random() < 0.7:
        count_stock(market=stage.market, actor=SYSTEM, good_id=line.good_id, on_hand=0)
        payment = Payment.objects.filter(order_ref=line.part.order.ref, gateway="portone", captured_won=0).first()
        if payment is not None:
            stage.practices.portone.agree(stage.market, payment)
            write_late(stage, payment)
        return
    good = stage.chance.choice(counted)
    count_stock(market=stage.market, actor=SYSTEM, good_id=good.pk, on_hand=stage.chance.choice((0, 4, 30)))
