"""What can happen next, and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jangteo.project.simulate import balances, deposits, giving, homeward, settling, tills, trade, windows
from jangteo.project.simulate.stage import Stage


@dataclass(frozen=True, slots=True)
class Step:
    """`often` against the other steps. `do` answers False when there was nothing to do it to."""

    often: int
    do: Callable[[Stage], bool | None]


STEPS: dict[str, Step] = {
    "order_at_stall": Step(3, trade.order_at_stall),
    "order_by_card": Step(8, trade.order_by_card),
    "order_by_account": Step(4, trade.order_by_account),
    "order_by_wallet": Step(4, trade.order_by_wallet),
    "order_with_vouchers": Step(6, trade.order_with_vouchers),
    "order_with_points": Step(8, trade.order_with_points),
    "order_with_coupon": Step(4, trade.order_with_coupon),
    "order_home": Step(8, homeward.order_home),
    "change_fee": Step(3, homeward.change_fee),
    "sell_at_counter": Step(5, tills.sell_at_counter),
    "ring_up": Step(3, tills.ring_up),
    "use_coupon_at_counter": Step(3, tills.use_coupon_at_counter),
    "answer_at_counter": Step(6, tills.answer_at_counter),
    "refund_at_counter": Step(4, tills.refund_at_counter),
    "authorise": Step(12, windows.authorise),
    "work": Step(14, windows.work),
    "work_with_faults": Step(6, windows.work_with_faults),
    "change_gateway": Step(1, windows.change_gateway),
    "sweep": Step(4, windows.sweep),
    "post": Step(5, windows.post),
    "wait": Step(8, windows.wait),
    "serve": Step(20, trade.serve),
    "undo": Step(1, trade.undo),
    "refuse": Step(4, trade.refuse),
    "cancel": Step(3, trade.cancel),
    "refund": Step(6, trade.refund),
    "hand_back": Step(8, trade.hand_back),
    "close_short": Step(8, trade.close_short),
    "count": Step(4, trade.count),
    "deposit": Step(12, deposits.deposit),
    "take_back": Step(3, deposits.take_back),
    "say_where_to": Step(8, deposits.say_where_to),
    "fund": Step(1, balances.fund),
    "grant": Step(3, balances.grant),
    "give_points": Step(4, giving.give_points),
    "end_coupon": Step(1, giving.end_coupon),
    "hold": Step(4, balances.hold),
    "end_hold": Step(8, balances.end_hold),
    "close_day": Step(2, settling.close_day),
    "settle": Step(10, settling.settle),
}
