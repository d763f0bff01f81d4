"""Customers order, pay and change their minds; stalls sell; the gateway and its messages come in between.

A step answers False when there was nothing to do it to. A refusal of the product is an ordinary outcome.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from jangteo.adapters.toss.simulator import Order as Window
from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.actions.close_shortfall import close_shortfall
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
from jangteo.domains.ordering.splitting import MONEYS
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.ordering.wanted import WantedLine, WantedMoney, WantedOrder
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.actions.receive_webhook import receive_webhook
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import PayBy
from jangteo.domains.payments.rules.refunds import Precedence
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.payments.states import AUTHORISABLE
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.project.simulate.stage import CUSTOMER, Letter, Stage

T = TypeVar("T")


def _wanted(stage: Stage, tender: str, moneys: tuple[WantedMoney, ...], way: str) -> WantedOrder:
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


def order_with_vouchers(stage: Stage) -> None:
    """Some of it with money that only changes hands at the stall."""
    kinds = stage.chance.sample(MONEYS, stage.chance.randint(1, len(MONEYS)))
    moneys = tuple(WantedMoney(kind, won=stage.chance.choice((None, 5_000, 10_000, 12_345))) for kind in kinds)
    _place(stage, stage.chance.choice(("card", "card", "at_stall")), moneys)


def _place(stage: Stage, tender: str, moneys: tuple[WantedMoney, ...] = (), way: str = gateways.CARD) -> None:
    wanted, key = _wanted(stage, tender, moneys, way), f"simulated-{stage.number()}"
    for _ in range(stage.chance.choice((1, 1, 1, 2))):
        # A second tap is the same request.
        place_order(market=stage.market, actor=CUSTOMER, wanted=wanted, key=key)
    if tender == "card" and stage.chance.random() < 0.6:
        authorise(stage)


def authorise(stage: Stage) -> bool:
    """The customer agrees in the gateway's window and comes back, with what they should bring or something else."""
    unpaid = Payment.objects.filter(captured_won=0).order_by("pk")
    waiting = [one for one in unpaid if one.state in AUTHORISABLE or stage.chance.random() < 0.2]
    if (payment := any_of(stage, waiting)) is None:
        return False
    by_account = payment.pay_by == PayBy.ACCOUNT
    window = Window(
        payment.order_ref,
        "장보기",
        payment.amount_won,
        payment.tax_free_won,
        "http://shop/",
        "http://shop/",
        "VIRTUAL_ACCOUNT" if by_account else "CARD",
        gateways.deposit_hours(),
    )
    payment_key = stage.toss.authorise(window)
    if stage.chance.random() < 0.1:
        return True  # and closes the window
    brought = payment.amount_won - (stage.chance.random() < 0.1)
    note_authorisation(
        market=stage.market, actor=CUSTOMER, order_ref=payment.order_ref, payment_key=payment_key, amount_won=brought
    )
    return True


def work(stage: Stage) -> bool:
    return stage.work() > 0


def work_with_faults(stage: Stage) -> bool:
    """The next calls to the gateway go wrong, each in its own way."""
    if not OutboxRow.objects.filter(status="queued", run_at__lte=clock.now()).exists():
        return False
    lost = ("broken_after_commit", "server_error_after_commit", "garbage", "server_error", "in_flight")
    stage.toss.dial.next_up("confirm", stage.chance.choice((*lost, "decline", "decline")))
    stage.toss.dial.next_up("cancel", stage.chance.choice(lost))
    return stage.work() > 0


def sweep(stage: Stage) -> None:
    stage.sweep()


def post(stage: Stage) -> bool:
    """A webhook comes: true, forged, again, late, or overtaken by another."""
    payments = list(Payment.objects.order_by("pk"))
    if (payment := any_of(stage, payments)) is None:
        return False
    claims = ("DONE", "CANCELED", "PARTIAL_CANCELED", "EXPIRED", "ABORTED", "WAITING_FOR_DEPOSIT")
    key = payment.payment_key or f"forged-{stage.number()}"
    stage.letters.append(stage.write(payment.order_ref, key, stage.chance.choice(claims)))
    for _ in range(stage.chance.randint(0, 3)):
        _deliver(stage, stage.chance.choice(stage.letters))
    return True


def _deliver(stage: Stage, letter: Letter) -> None:
    headers = {"tosspayments-webhook-transmission-id": letter.number}
    hint = stage.gateway.parse_webhook(body=letter.body, headers=headers)
    receive_webhook(market=stage.market, actor=SYSTEM, source=stage.gateway.name, hint=hint, body=letter.body)


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
    reason = stage.chance.choice(list(StallPart.RefuseReason))
    refuse_part(market=stage.market, actor=SYSTEM, part_id=part.pk, reason=reason)
    return True


def cancel(stage: Stage) -> bool:
    open_orders = Order.objects.filter(state__in=(OrderState.PLACED, OrderState.AWAITING_PAYMENT)).order_by("pk")
    if (order := any_of(stage, list(open_orders))) is None:
        return False
    cancel_order(market=stage.market, actor=CUSTOMER, order_id=order.pk)
    return True


def refund(stage: Stage) -> bool:
    """Somebody decides that goods which were handed over are paid back, all or a part; perhaps twice by mistake."""
    sold = StallPart.objects.filter(state=PartState.HANDED_OVER).order_by("pk")
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
    """The stall counts again: more than before, or nothing left although somebody is paying."""
    good = stage.chance.choice([good for good in stage.goods if good.name in ("고등어", "배추김치")])
    count_stock(market=stage.market, actor=SYSTEM, good_id=good.pk, on_hand=stage.chance.choice((0, 1, 4, 30)))


def wait(stage: Stage) -> None:
    stage.present.moment += timedelta(seconds=stage.chance.choice((5, 40, 130, 400, 700, 2_000)))


def any_of(stage: Stage, rows: list[T]) -> T | None:
    """Mostly one of the newest: what is old has mostly been decided."""
    if not rows:
        return None
    return stage.chance.choice(rows[-4:] if stage.chance.random() < 0.8 else rows)
