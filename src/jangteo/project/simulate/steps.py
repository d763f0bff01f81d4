"""What can happen next, and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jangteo.project.simulate import balances, deposits, settling, trade
from jangteo.project.simulate.stage import Stage


@dataclass(frozen=True, slots=True)
class Step:
    """`often` against the other steps. `do` answers False when there was nothing to do it to."""

    often: int
    do: Callable[[Stage], bool | None]


STEPS: dict[str, Step] = {
    "order_at_stall": Step(3, trade.order_at_stall),
    "order_by_card": Step(8, trade.order_by_card),
    "order_by_account": Step(5, trade.order_by_account),
    "order_with_vouchers": Step(5, trade.order_with_vouchers),
    "authorise": Step(12, trade.authorise),
    "work": Step(12, trade.work),
    "work_with_faults": Step(6, trade.work_with_faults),
    "sweep": Step(4, trade.sweep),
    "post": Step(5, trade.post),
    "serve": Step(18, trade.serve),
    "undo": Step(1, trade.undo),
    "refuse": Step(4, trade.refuse),
    "cancel": Step(3, trade.cancel),
    "refund": Step(4, trade.refund),
    "close_short": Step(2, trade.close_short),
    "count": Step(2, trade.count),
    "wait": Step(8, trade.wait),
    "deposit": Step(12, deposits.deposit),
    "take_back": Step(1, deposits.take_back),
    "say_where_to": Step(3, deposits.say_where_to),
    "fund": Step(1, balances.fund),
    "grant": Step(2, balances.grant),
    "hold": Step(3, balances.hold),
    "end_hold": Step(3, balances.end_hold),
    "close_day": Step(1, settling.close_day),
    "settle": Step(4, settling.settle),
}
