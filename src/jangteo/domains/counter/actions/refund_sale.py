"""The stall gives money of a sale back, all that is left of it or a part."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.counter.actions.book_sale import sale_lines
from jangteo.domains.counter.actions.fit_receipt import fit_receipt
from jangteo.domains.counter.actions.give_back_shared import give_back_shared
from jangteo.domains.counter.actions.move_sale import move_sale
from jangteo.domains.counter.actions.return_sold import return_sold
from jangteo.domains.counter.errors import BadAmount, SaleOver
from jangteo.domains.counter.models import CounterSale, SaleRefund
from jangteo.domains.counter.states import SaleState
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.request_refund import request_refund
from jangteo.domains.payments.errors import RefundTooLarge
from jangteo.domains.payments.models import Payment
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.idempotency import earlier_answer, keep_answer, request_digest


@dataclass(frozen=True, slots=True)
class WantedBack:
    """`amount_won` None is all that is left."""

    sale_id: int
    amount_won: int | None = None

    def as_json(self) -> dict[str, object]:
        return {"sale": self.sale_id, "back_won": self.amount_won}


@action
def refund_sale(*, market: Market, actor: Actor, wanted: WantedBack, key: str) -> SaleRefund:
    """By card it goes back to the card; offline the stall hands it over the counter. Its cash receipt follows.

    What a coupon paid of it goes back to who bears it; when all of that has, the coupon is the customer's again.

    The same key gives back once. Raises SaleOver, BadAmount, RefundTooLarge, CounterSale.DoesNotExist, and the
    idempotency refusals.
    """
    sale = CounterSale.objects.select_for_update().get(pk=wanted.sale_id)
    digest = request_digest(wanted.as_json())
    if (answer := earlier_answer(market_id=market.pk, key=key, digest=digest)) is not None:
        return SaleRefund.objects.get(pk=str(answer["refund"]))
    won = _allowed(sale, wanted)
    row = _written(sale, won, actor)
    fit_receipt(market=market, actor=actor, about=sale.ref)
    audit.record(actor, "sale.refunded", f"sale:{sale.pk}", amount_won=won)
    keep_answer(market_id=market.pk, key=key, digest=digest, answer={"refund": row.pk})
    return row


def _allowed(sale: CounterSale, wanted: WantedBack) -> int:
    if sale.state != SaleState.PAID:
        raise SaleOver(state=sale.state)
    won = sale.left_won if wanted.amount_won is None else wanted.amount_won
    if won < 1:
        raise BadAmount(least_won=1, most_won=sale.left_won)
    if won > sale.left_won:
        raise RefundTooLarge(left_won=sale.left_won)
    return won


def _written(sale: CounterSale, won: int, actor: Actor) -> SaleRefund:
    """The row with what is asked of the gateway, booked, and the sale with so much less."""
    row = SaleRefund.objects.create(
        market_id=sale.market_id, stall_id=sale.stall_id, sale=sale, amount_won=won, actor_ref=actor.ref, at=clock.now()
    )
    reason = f"sale_{row.pk}_decided"
    if sale.coupon_won:
        row.refund = give_back_shared(sale=sale, won=won, reason=reason, actor=actor)
        row.save(update_fields=["refund"])
        _take_off(sale, won, actor)
        return row
    if not sale.is_offline:
        payment = Payment.objects.select_for_update().get(order_ref=sale.ref)
        # By the difference, so that the parts of a mixed sale add up to its whole to the won.
        tax_free = sale.tax_free_of(sale.left_won) - sale.tax_free_of(sale.left_won - won)
        row.refund = request_refund(payment=payment, amount_won=won, tax_free_won=tax_free, reason=reason)
        row.save(update_fields=["refund"])
    entry = NewEntry(f"sale:{sale.pk}:back:{row.pk}", "refund", f"order:{sale.ref}", sale_lines(sale, -won))
    post_entry(market_id=sale.market_id, actor=actor, entry=entry)
    _take_off(sale, won, actor)
    return row


def _take_off(sale: CounterSale, won: int, actor: Actor) -> None:
    """So much less is left of it; while anything is, it stays paid."""
    sale.refunded_won += won
    if sale.left_won:
        sale.changed_at = clock.now()
        sale.save(update_fields=["refunded_won", "changed_at"])
        news: dict[str, int | str] = {"sale": sale.pk}
        live.publish(
            [
                live.News(f"stall:{sale.stall_id}", "sale_refunded", news),
                live.News(f"sale:{sale.pk}", "sale_refunded", news),
            ]
        )
    else:
        move_sale(sale=sale, to=SaleState.REFUNDED, actor=actor)
        return_sold(sale=sale)
