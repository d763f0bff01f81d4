"""The money of a sale is there: write it into the book."""

from __future__ import annotations

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def book_sale(*, sale: CounterSale, actor: Actor) -> None:
    """What a gateway took becomes the stall's; money in the stall's own hand is only written down. Once."""
    kind, lines = sale_entry(sale)
    entry = NewEntry(key=f"sale:{sale.pk}:{kind}", kind=kind, cause=f"order:{sale.ref}", lines=lines)
    post_entry(market_id=sale.market_id, actor=actor, entry=entry)


def sale_entry(sale: CounterSale) -> tuple[str, dict[str, int]]:
    """Its kind and lines. What a gateway took stands in the book already, since the gateway has answered."""
    stall, won = f"stall:{sale.stall_id}", sale.amount_won
    if not sale.is_offline:
        return "allocate", {f"order:{sale.ref}": won, f"{stall}:payable": -won}
    drawer = "till" if sale.way == CounterSale.Way.CASH else sale.way
    return "recorded", {f"{stall}:{drawer}": won, f"{stall}:sales": -won}
