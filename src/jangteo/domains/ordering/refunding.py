"""What giving money of an order back would do, shown before anybody decides it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jangteo.domains.ordering.errors import NothingToGiveBack
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.states import PartState
from jangteo.domains.payments.paid_orders import paid_order
from jangteo.domains.payments.rules.refunds import Precedence, Quote, Terms
from jangteo.kernel import clock
from jangteo.kernel.tenancy import whole_market


@dataclass(frozen=True, slots=True)
class WantedRefund:
    """Won by line id, None for all that is left of the line; `first` says which money goes back before the rest."""

    wons: Mapping[int, int | None] = field(default_factory=dict)
    first: Precedence = Precedence.PRO_RATA


def refund_quote(order: Order, wanted: WantedRefund) -> Quote:
    """What the refund would do today. Raises NothingToGiveBack, RefundOverLeft."""
    paid = paid_order(order.ref)
    asked = {str(line): won for line, won in wanted.wons.items()}
    quote = None if paid is None else paid.quote(asked, Terms(clock.today(), wanted.first))
    if quote is None:
        raise NothingToGiveBack
    return quote


def left_of_lines(order: Order) -> dict[int, int]:
    """Won that can still be given back, by line id; nothing for an order whose money this program knows nothing of."""
    paid = paid_order(order.ref)
    return {} if paid is None else {int(line): paid.left_won(line) for line in paid.paid.left.lines}


def cancel_quote(order: Order) -> Quote | None:
    """What cancelling the whole order would give back, None where nothing was paid."""
    paid = paid_order(order.ref)
    if paid is None:
        return None
    return paid.quote(dict.fromkeys(paid.paid.left.lines), Terms(clock.today()))


def refundable_lines(order: Order) -> list[Line]:
    """Lines that were handed over, the only ones whose money is given back by a person's decision."""
    with whole_market():
        handed_over = Line.objects.filter(part__order=order, part__state=PartState.HANDED_OVER)
        return list(handed_over.select_related("stall"))
