"""Ways to die half-way: before a statement, or after the gateway did its part and before that is written down."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.simulator import PracticeShop
from jangteo.domains.payments.ports import BankAccount, Snapshot
from jangteo.project.wiring import refuse_inside_transaction


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


class FragileGateway(TossGateway):
    """A card gateway over which an accident can happen.

    With `forgetful` every try carries a key of its own: the control, under which money must get lost.
    """

    def __init__(self, base_url: str, shop: PracticeShop, accident: Accident, forgetful: random.Random | None) -> None:
        super().__init__(
            base_url=base_url,
            secret_key=shop.secret_key,
            client_key=shop.client_key,
            sdk_url=f"{base_url}/sdk",
            before_call=refuse_inside_transaction,
        )
        self._accident = accident
        self._forgetful = forgetful

    def confirm(self, *, payment_key: str, order_ref: str, amount_won: int, key: str) -> Snapshot:
        taken = super().confirm(payment_key=payment_key, order_ref=order_ref, amount_won=amount_won, key=self._own(key))
        self._accident.called()
        return taken

    def read_order(self, *, order_ref: str) -> Snapshot | None:
        found = super().read_order(order_ref=order_ref)
        self._accident.called()
        return found

    def cancel(
        self,
        *,
        payment_key: str,
        reason: str,
        amount_won: int,
        tax_free_won: int | None,
        key: str,
        refund_to: BankAccount | None = None,
    ) -> Snapshot:
        given = super().cancel(
            payment_key=payment_key,
            reason=reason,
            amount_won=amount_won,
            tax_free_won=tax_free_won,
            key=self._own(key),
            refund_to=refund_to,
        )
        self._accident.called()
        return given

    def _own(self, key: str) -> str:
        return key if self._forgetful is None else f"{key}:{self._forgetful.getrandbits(32)}"
