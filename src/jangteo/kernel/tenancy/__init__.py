"""Which market (and stall) the running code may see. Outside a scope every scoped query raises: it fails closed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar, cast

from django.db import models

M = TypeVar("M", bound=models.Model)


class OutOfScope(RuntimeError):
    """A scoped model was queried where no market is known."""


@dataclass(frozen=True, slots=True)
class Scope:
    """`market_id` None means every market (see `unscoped`); `stall_id` None means every stall of the market.

    Every market means every real one, or with `practice` every copy that people practise in: never both.
    """

    market_id: int | None
    stall_id: int | None = None
    practice: bool = False


_scope: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current() -> Scope:
    """The scope in force. Raises OutOfScope where there is none."""
    scope = _scope.get()
    if scope is None:
        raise OutOfScope("no market is in scope")
    return scope


def is_practice(market_id: int) -> bool:
    """Whether this is a market to practise in. Their numbers lie below zero, so that no code needs to look it up."""
    return market_id < 0


def in_practice() -> bool:
    """Whether the scope in force is a market to practise in; False outside a scope."""
    scope = _scope.get()
    return scope is not None and (is_practice(scope.market_id) if scope.market_id is not None else scope.practice)


def scope_market_id() -> int | None:
    """The market in force, or None outside a scope and in an unscoped block."""
    scope = _scope.get()
    return scope.market_id if scope else None


@contextmanager
def _use(scope: Scope) -> Iterator[None]:
    token = _scope.set(scope)
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def in_market(market_id: int) -> Iterator[None]:
    """See one market. A stall scope of the same market stays in force. Raises OutOfScope for another market."""
    outer = _scope.get()
    if outer is not None and outer.market_id not in (None, market_id):
        raise OutOfScope(f"market {market_id} asked for inside market {outer.market_id}")
    stall_id = outer.stall_id if outer is not None else None
    with _use(Scope(market_id, stall_id)):
        yield


@contextmanager
def in_stall(market_id: int, stall_id: int) -> Iterator[None]:
    """See one stall of one market."""
    with _use(Scope(market_id, stall_id)):
        yield


@contextmanager
def whole_market() -> Iterator[None]:
    """See every stall of the market in force, for what concerns an order as a whole. Raises OutOfScope outside one."""
    with _use(Scope(current().market_id)):
        yield


@contextmanager
def unscoped() -> Iterator[None]:
    """See every real market. Its users are listed in the architecture tests."""
    with _use(Scope(None)):
        yield


@contextmanager
def unscoped_practice() -> Iterator[None]:
    """See every market that people practise in, and no real one."""
    with _use(Scope(None, practice=True)):
        yield


# The rows of each model in the scope that was asked for last. Filtering takes ten times as long as copying a filter.
_filtered: dict[tuple[type[models.Manager[models.Model]], type[models.Model], str | None], tuple[Scope, object]] = {}


class MarketManager(models.Manager[M]):
    """Default manager of everything that belongs to a market (column `market`)."""

    def get_queryset(self) -> models.QuerySet[M]:
        scope = current()
        key = (type(self), self.model, self._db)
        before = _filtered.get(key)
        if before is None or before[0] != scope:
            before = _filtered[key] = scope, self._of(scope)
        return cast(models.QuerySet[M], before[1]).all()

    def _of(self, scope: Scope) -> models.QuerySet[M]:
        rows = super().get_queryset()
        if scope.market_id is not None:
            return rows.filter(market_id=scope.market_id)
        return rows.filter(market_id__lt=0) if scope.practice else rows.filter(market_id__gt=0)


class StallManager(MarketManager[M]):
    """The same for what belongs to a stall (columns `market` and `stall`)."""

    def _of(self, scope: Scope) -> models.QuerySet[M]:
        rows = super()._of(scope)
        return rows if scope.stall_id is None else rows.filter(stall_id=scope.stall_id)
