"""The stall's own till tells of money that it has in its hands."""

from __future__ import annotations

from jangteo.domains.counter import rules
from jangteo.domains.counter.actions.book_sale import book_sale
from jangteo.domains.counter.actions.move_sale import move_sale
from jangteo.domains.counter.actions.take_sold import take_sold
from jangteo.domains.counter.actions.write_lines import write_lines
from jangteo.domains.counter.actions.write_till_sale import RungUp, till_ref, write_till_sale
from jangteo.domains.counter.errors import BadAmount, LinesWrong, WayNotTaken
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.counter.told import ToldSale, check_lines, true_moment
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.actions.know_by_number import know_by_number
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.idempotency import earlier_answer, keep_answer, request_digest


@action
def record_till_sale(*, market: Market, actor: Actor, told: ToldSale, key: str) -> CounterSale:
    """Book what was sold, at the moment when it was and at the price that was asked. The same key, a UUID, books once.

    Money that the stall had taken before it stopped taking that kind is booked all the same.
    Raises BadAmount, LinesWrong, WayNotTaken for money that is no stall's to take by hand, Stall.DoesNotExist, and the
    idempotency refusals.
    """
    check_lines(told.lines)
    if not told.lines:
        raise LinesWrong
    if not rules.LEAST_TILL_WON <= told.amount_won <= rules.MOST_WON:
        raise BadAmount(least_won=rules.LEAST_TILL_WON, most_won=rules.MOST_WON)
    if told.way not in rules.TILL_WAYS:
        raise WayNotTaken
    ref, digest = till_ref(key), request_digest(told.as_json())
    if (answer := earlier_answer(market_id=market.pk, key=key, digest=digest)) is not None:
        return CounterSale.objects.get(pk=str(answer["sale"]))
    # Answers are forgotten after some weeks; a till that was away longer has its reference still.
    if (known := CounterSale.objects.filter(ref=ref, stall_id=told.stall_id).first()) is not None:
        return known
    made_at = true_moment(made_at=told.made_at, sent_at=told.sent_at, now=clock.now())
    rung_up = RungUp(ref, told.amount_won, told.way, made_at, told.number)
    sale = write_till_sale(market=market, stall=Stall.objects.get(pk=told.stall_id), rung_up=rung_up)
    if told.phone:
        sale.customer = know_by_number(phone=told.phone, actor=actor)
    write_lines(sale=sale, lines=told.lines)
    move_sale(sale=sale, to=SaleState.PAID, actor=actor)
    book_sale(sale=sale, actor=actor)
    take_sold(sale=sale)
    audit.record(actor, "sale.rung_up", f"sale:{sale.pk}", amount_won=sale.amount_won, way=sale.way)
    keep_answer(market_id=market.pk, key=key, digest=digest, answer={"sale": sale.pk})
    return sale
