"""What stands in for gateways and text messages where people practise. It talks to nobody."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.payments.ports import (
    BankAccount,
    BrowserCheckout,
    Cancel,
    CannotAsk,
    GatewayRejected,
    GatewayState,
    Hint,
    Returned,
    Snapshot,
)
from jangteo.domains.practice.actions.keep_text import keep_text
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_practice, scope_market_id

NAME = "practice"
METHOD = "연습 카드"


class PlayGateway:
    """A `WindowGateway` of play money. Its memory is our own book of the copy in scope.

    Its window is a page of the copy; `client_key` only names the path of that page below the copy's.
    """

    name = NAME
    takes_by_itself = False

    def browser_checkout(
        self, *, order_ref: str, order_name: str, amount_won: int, tax_free_won: int, success_url: str, fail_url: str
    ) -> BrowserCheckout:
        """No script is loaded: our own opens our own page."""
        return BrowserCheckout(
            sdk_url="",
            client_key="practice/window/",
            order_ref=order_ref,
            order_name=order_name,
            amount_won=amount_won,
            tax_free_won=tax_free_won,
            success_url=success_url,
            fail_url=fail_url,
        )

    def came_back(self, query: Mapping[str, str]) -> Returned:
        """What our window put into the address."""
        amount, key = query.get("amount", ""), query.get("paymentKey", "")
        is_number = amount.isascii() and amount.isdigit() and len(amount) < 10
        won = int(amount) if is_number else 0
        return Returned(query.get("orderId", ""), key, key, won, query.get("code", ""))

    def confirm(self, *, payment_key: str, order_ref: str, amount_won: int, key: str) -> Snapshot:
        """Always works: a lesson about cards that fail is the button beside it in the window."""
        return self._seen(self._payment(order_ref), payment_key, amount_won)

    def read(self, *, payment_key: str) -> Snapshot | None:
        payment = Payment.objects.filter(payment_key=payment_key).first()
        return None if payment is None else self._known(payment)

    def read_order(self, *, order_ref: str) -> Snapshot | None:
        payment = Payment.objects.filter(order_ref=order_ref).first()
        return None if payment is None else self._known(payment)

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
        """Give back what is left at most. The same key gives back once."""
        payment = Payment.objects.filter(payment_key=payment_key).first()
        if payment is None:
            raise GatewayRejected("NOT_FOUND", "no such payment")
        if tax_free_won is None:
            raise CannotAsk("TAX_FREE_NOT_SAID", "the part without VAT is missing")
        cancels = self._cancels(payment, but=key)
        if amount_won > payment.captured_won - sum(one.amount_won for one in cancels):
            raise GatewayRejected("NOT_CANCELABLE_AMOUNT", "more than is left")
        return self._seen(payment, payment_key, payment.captured_won, (*cancels, Cancel(key, amount_won, tax_free_won)))

    def parse_webhook(self, *, body: bytes, headers: Mapping[str, str]) -> Hint:
        """Nobody writes to us."""
        raise ValueError("the play gateway sends no messages")

    def _payment(self, order_ref: str) -> Payment:
        payment = Payment.objects.filter(order_ref=order_ref).first()
        if payment is None or not in_practice():
            raise GatewayRejected("NOT_FOUND", "no such payment")
        return payment

    def _known(self, payment: Payment) -> Snapshot | None:
        if payment.payment_key is None or not payment.captured_won:
            return None
        return self._seen(payment, payment.payment_key, payment.captured_won, self._cancels(payment, but=""))

    def _cancels(self, payment: Payment, *, but: str) -> tuple[Cancel, ...]:
        done = Refund.objects.filter(payment=payment, state=Refund.State.DONE).exclude(key=but).order_by("pk")
        return tuple(Cancel(one.key, one.amount_won, one.tax_free_won) for one in done)

    def _seen(self, payment: Payment, key: str, total_won: int, cancels: tuple[Cancel, ...] = ()) -> Snapshot:
        left_won = total_won - sum(one.amount_won for one in cancels)
        state = GatewayState.DONE if not cancels else GatewayState.PART_CANCELLED
        return Snapshot(
            payment_key=key,
            order_ref=payment.order_ref,
            state=state if left_won else GatewayState.CANCELLED,
            total_won=total_won,
            balance_won=left_won,
            method=METHOD,
            approved_at=clock.now(),
            receipt_url="",
            cancels=cancels,
        )


class ScreenTexts:
    """A `TextSender` whose messages are read on the screen."""

    def send(self, *, to: str, text: str, key: str) -> None:
        """Keep the text in the copy in scope."""
        keep_text(market=Market.objects.get(pk=scope_market_id() or 0), actor=SYSTEM, text=text)
