"""The money of a sale is there: write it into the book."""

from __future__ import annotations

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.payments.rules.tenders import TenderKind, till_of
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def book_sale(*, sale: CounterSale, actor: Actor) -> None:
    """What a gateway or a coupon paid becomes the stall's; money in its own hand is only written down. Once."""
    through_us = sale.coupon_won if sale.is_offline else sale.amount_won
    kinds = {
        "allocate": {f"order:{sale.ref}": through_us, f"stall:{sale.stall_id}:payable": -through_us},
        "recorded": sale_lines(sale, sale.due_won) if sale.is_offline else {},
    }
    for kind, lines in kinds.items():
        entry = NewEntry(key=f"sale:{sale.pk}:{kind}", kind=kind, cause=f"order:{sale.ref}", lines=lines)
        post_entry(market_id=sale.market_id, actor=actor, entry=entry)


def sale_lines(sale: CounterSale, won: int) -> dict[str, int]:
    """Lines by which so many won of the sale become the stall's; below zero, by which they do no more.

    What a gateway took stands in the book already, since the gateway has answered.
    """
    stall = f"stall:{sale.stall_id}"
    if not sale.is_offline:
        return {f"order:{sale.ref}": won, f"{stall}:payable": -won}
    return {till_of(sale.stall_id, TenderKind(sale.way)): won, f"{stall}:sales": -won}
