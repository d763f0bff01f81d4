"""Which codes the product writes, read from its source: audit rows, news for screens, effects."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.models import CashReceipt
from jangteo.domains.counter.states import TRANSITIONS as SALE_TRANSITIONS
from jangteo.domains.events.models import Event, SignUp
from jangteo.domains.inquiries.states import TRANSITIONS as INQUIRY_TRANSITIONS
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.models import Shortfall
from jangteo.domains.ordering.states import ORDER_TRANSITIONS, PART_TRANSITIONS
from jangteo.domains.payments.models import Refund
from jangteo.domains.rebates.models import RebateVisit
from jangteo.domains.rounds.states import STOP_TRANSITIONS
from tests.architecture.sources import functions, modules

# What the changing end of a code that is put together can be, by the text before it.
ENDINGS: dict[str, set[str]] = {
    "order_": set().union(*ORDER_TRANSITIONS.values()),
    "part_": set().union(*PART_TRANSITIONS.values()),
    "sale_": set().union(*SALE_TRANSITIONS.values()),
    "cash_receipt.": {CashReceipt.State.ISSUED, CashReceipt.State.CANCELLED, CashReceipt.State.REJECTED},
    "event.": set(Event.State.values),
    "event.sign_up_": {SignUp.State.IN, SignUp.State.WAITING},
    "good.": set(Good.State.values),
    "hub.outcome_": {"refund", "swap"},
    "stop.": set().union(*STOP_TRANSITIONS.values()),
    "rebate.visit_": set(RebateVisit.State.values),
    "inquiry_": set().union(*INQUIRY_TRANSITIONS.values()),
    "screen.": {"changed", "reload", "retired"},
    "stall.": set(Stall.Door.values),
    "shortfall.": set(Shortfall.State.values) - {Shortfall.State.OPEN},
    "refund.": set(Refund.State.values) - {Refund.State.QUEUED},
}


@dataclass(frozen=True, slots=True)
class Written:
    """One place that writes `code`; `about` is the word before the colon of its channel or subject."""

    code: str
    about: str
    facts: frozenset[str]


def audit_codes() -> set[Written]:
    """Audit rows with the names of their facts."""
    return set(_written("audit.record", code_at=1, about_at=2))


def news() -> set[Written]:
    """News for screens by channel."""
    return set(_written("live.News", code_at=1, about_at=0))


def topics() -> set[str]:
    """Topics of the effects that are queued."""
    return {written.code for written in _written("emit", code_at=0, about_at=None)}


def _written(called: str, *, code_at: int, about_at: int | None) -> Iterator[Written]:
    for function, call in _calls(lambda call: ast.unparse(call.func) == called):
        about = "" if about_at is None else _before_colon(call.args[about_at], function)
        for code in _texts(call.args[code_at], function):
            yield Written(code, about, frozenset(keyword.arg or "**" for keyword in call.keywords))


def _calls(is_wanted: Callable[[ast.Call], bool]) -> Iterator[tuple[ast.AST, ast.Call]]:
    for tree in modules().values():
        for function in functions(tree):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and is_wanted(node):
                    yield function, node


def _texts(node: ast.expr, function: ast.AST) -> set[str]:
    """What an expression can be: a text, a beginning with an ending, one of two, or a name given one of these above."""
    match node:
        case ast.Constant():
            return {str(node.value)}
        case ast.JoinedStr(values=[ast.Constant(value=str(head)), ast.FormattedValue()]):
            return {f"{head}{ending}" for ending in ENDINGS[head]}
        case ast.IfExp():
            return _texts(node.body, function) | _texts(node.orelse, function)
        case ast.Name():
            return set().union(*(_texts(value, function) for value in _given(node.id, function)))
    raise AssertionError(f"cannot read a code from {ast.unparse(node)}")


def _before_colon(node: ast.expr, function: ast.AST) -> str:
    if isinstance(node, ast.Name):
        (node,) = _given(node.id, function)
    return ast.unparse(node).removeprefix("f").strip("'\"").partition(":")[0]


def _given(name: str, function: ast.AST) -> list[ast.expr]:
    assigned = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
    return [node.value for node in assigned if any(ast.unparse(target) == name for target in node.targets)]
