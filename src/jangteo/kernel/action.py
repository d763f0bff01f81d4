"""How a write happens: an action is one durable transaction inside one market."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar, cast

from django.db import connection, transaction

from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market, scope_market_id

P = ParamSpec("P")
R = TypeVar("R")


class _HasId(Protocol):
    id: int


class OutsideAction(RuntimeError):
    """A step was called without the transaction of an action around it."""


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run a keyword-only function with a `market` argument as one durable transaction scoped to that market.

    Durable: it refuses to run inside another transaction, so its commit is real when it returns.
    All of it happens at one moment: `clock.now` stands still inside.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        market = cast(_HasId, kwargs["market"])
        with clock.at(clock.now()), in_market(market.id), transaction.atomic(durable=True):
            return function(*args, **kwargs)

    return run


def step(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a write that only makes sense inside another domain's action. Raises OutsideAction elsewhere."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block or scope_market_id() is None:
            raise OutsideAction(function.__name__)
        return function(*args, **kwargs)

    return run
