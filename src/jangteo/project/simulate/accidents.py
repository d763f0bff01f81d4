"""Ways to die half-way: before a statement, or after the gateway did its part and before that is written down."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar

from django.db import connection

from jangteo.domains.payments.ports import CardGateway

G = TypeVar("G", bound=CardGateway)

_CALLS = ("confirm", "read_order", "cancel")


class Crash(BaseException):
    """The process ends here. No handler of errors may see it."""


@dataclass(slots=True)
class Accident:
    """Armed with `arm`; strikes once, when so many statements have passed or after the next call to a gateway."""

    _left: int | None = None
    _after_call: bool = False
    struck: int = 0

    def arm(self, *, statements: int | None = None, after_call: bool = False) -> None:
        self._left, self._after_call = statements, after_call

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Count the statements inside; afterwards nothing strikes any more."""
        with connection.execute_wrapper(self._statement):
            try:
                yield
            finally:
                self.arm()

    def called(self) -> None:
        """A gateway has answered, and nobody has read it yet."""
        if self._after_call:
            self._strike()

    def _statement(self, execute: Callable[..., object], *rest: object) -> object:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                self._strike()
        return execute(*rest)

    def _strike(self) -> None:
        self.arm()
        self.struck += 1
        raise Crash


def fragile(gateway: G, accident: Accident, forgetful: random.Random | None) -> G:
    """The same gateway, over which an accident can happen after each call that moves money or asks about it.

    With `forgetful` every try carries a key of its own: the control, under which money must get lost.
    """
    for name in _CALLS:
        setattr(gateway, name, _watched(getattr(gateway, name), accident, forgetful))
    return gateway


def _watched(call: Callable[..., object], accident: Accident, forgetful: random.Random | None) -> Callable[..., object]:
    @wraps(call)
    def run(**said: object) -> object:
        if forgetful is not None and "key" in said:
            said["key"] = f"{said['key']}:{forgetful.getrandbits(32)}"
        answer = call(**said)
        accident.called()
        return answer

    return run
