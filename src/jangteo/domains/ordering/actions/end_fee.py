"""A delivered order is over: its fee is earned, or goes back with the goods."""

from __future__ import annotations

from collections import defaultdict

from jangteo.domains.delivery.models import Seat
from jangteo.domains.delivery.queries import seat_of
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.markets.actions.open_house_stall import open_house_stall
from jangteo.domains.ordering.actions.give_back_lines import give_back_lines
from jangteo.domains.ordering.actions.give_part import give_part
from jangteo.domains.ordering.actions.move import move_parts
from jangteo.domains.ordering.delivering import stall_shares
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.queries import facts_of, lines_given
from jangteo.domains.ordering.states import PartState
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

# The town brings its share like what it bears of a coupon: it owes it from then on.
TOWN_OWES = "receivable:municipality:delivery"


@step
def end_fee(*, order: Order, sold: bool, actor: Actor) -> None:
    """What the customer, the stalls and the town bear becomes the association's; without a sale nobody bears any.

    Stalls that refused bear nothing: the others share what was agreed, by what they handed over.
    """
    part = StallPart.with_fees.filter(order=order, is_fee=True).first()
    if part is not None:
        part.order = order
        _end_part(part, actor, sold=sold)
    seat = seat_of(order.pk)
    if sold and seat is not None and seat.freed_at is None:
        _share(order, seat, actor)


def _end_part(part: StallPart, actor: Actor, *, sold: bool) -> None:
    if sold:
        give_part(part=part, taken=None, actor=actor)
        return
    move_parts(parts=[part], to=PartState.CANCELLED, actor=actor)
    wons: dict[int, int | None] = dict.fromkeys(Line.objects.filter(part=part).values_list("pk", flat=True))
    give_back_lines(order=part.order, wons=wons, reason=f"part_{part.pk}_fee", actor=actor)


def _share(order: Order, seat: Seat, actor: Actor) -> None:
    if not seat.stalls_won and not seat.municipality_won:
        return
    house = open_house_stall(market=order.market, actor=actor)
    shares = stall_shares(seat.stalls_won, _goods_won(order)) if seat.stalls_won else {}
    lines = {f"stall:{stall}:payable": won for stall, won in shares.items()}
    lines[TOWN_OWES] = seat.municipality_won
    lines[f"stall:{house.pk}:payable"] = -seat.stalls_won - seat.municipality_won
    entry = NewEntry(key=f"order:{order.ref}:fee", kind="fee_share", cause=f"order:{order.ref}", lines=lines)
    post_entry(market_id=order.market_id, actor=actor, entry=entry)


def _goods_won(order: Order) -> dict[int, int]:
    """Won that each stall handed over."""
    won: dict[int, int] = defaultdict(int)
    for line in lines_given(order):
        won[line.stall_id] += facts_of(line).due_won
    return dict(won)
