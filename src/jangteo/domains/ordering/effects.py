"""What happens at the gateway after commit. Runs in the worker, outside every transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.doubt_payment import doubt_payment
from jangteo.domains.ordering.actions.end_refund import end_refund
from jangteo.domains.ordering.actions.expire_order import expire_order
from jangteo.domains.ordering.actions.fail_payment import fail_payment
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.payments.actions.note_authorisation import confirm_key
from jangteo.domains.payments.actions.note_read import note_read
from jangteo.domains.payments.models import Payment, Refund, RefundAccount
from jangteo.domains.payments.owners import Owner, owner_of
from jangteo.domains.payments.ports import (
    BankAccount,
    CannotAsk,
    CardGateway,
    GatewayRejected,
    GatewayState,
    GatewayUnknown,
    PayBy,
    Snapshot,
    WindowGateway,
)
from jangteo.domains.payments.queries import accounts_that_wait, payment_for, refund_account, unfinished_payments
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import InboxRow, OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected, Unknown
from jangteo.kernel.tenancy import in_market, unscoped

log = structlog.get_logger(__name__)

# An expired payment is not confirmed any more: its goods are free, and nobody was charged.
TO_CONFIRM = frozenset({Payment.State.REQUESTED, Payment.State.UNKNOWN})
# Nothing is due of these, so asking is all that ever happens to them.
ASKED_NOW_AND_THEN = frozenset({Payment.State.WAITING_DEPOSIT, Payment.State.EXPIRED})
# Payments whose references name no other owner are orders'.
ORDERS = Owner(settle=settle_payment, fail=fail_payment, expire=expire_order)


@dataclass(frozen=True, slots=True)
class CardEffects:
    """The handlers of payment topics over the configured gateways, by gateway name."""

    gateways: Mapping[str, CardGateway]

    def confirm(self, row: OutboxRow) -> Ending:
        """Take an authorised payment. A repeat carries the same key, so it charges nothing twice."""
        market = Market.objects.get(pk=row.market_id)
        payment = payment_for(str(row.payload["order_ref"]))
        if payment is None or payment.payment_key is None or payment.state not in TO_CONFIRM:
            return Done()
        if row.key != confirm_key(payment.order_ref, payment.attempt or payment.payment_key):
            # Left over from a card that failed: the customer has come back with another, which has its own row.
            return Done()
        asked_at = clock.now()
        try:
            snapshot = self.gateways[payment.gateway].confirm(
                payment_key=payment.payment_key,
                order_ref=payment.order_ref,
                amount_won=payment.amount_won,
                key=row.key,
            )
        except GatewayRejected as no:
            _owner(payment).fail(market=market, actor=SYSTEM, order_ref=payment.order_ref, code=no.code)
            return Rejected(no.code)
        except GatewayUnknown as unclear:
            doubt_payment(market=market, actor=SYSTEM, order_ref=payment.order_ref)
            return Unknown(str(unclear))
        _settle(payment, snapshot, asked_at)
        return Done()

    def refund(self, row: OutboxRow) -> Ending:
        """Ask for a refund and book what the gateway says. A deposit waits until somebody has said where to."""
        market = Market.objects.get(pk=row.market_id)
        refund = Refund.objects.select_related("payment__market").get(pk=row.payload["refund_id"])
        if refund.state == Refund.State.DONE or refund.payment.payment_key is None:
            return Done()
        account = None
        if refund.payment.pay_by == PayBy.ACCOUNT:
            account = refund_account(refund.payment)
            if account is None:
                # `give_refund_account` queues it again.
                return Done()
        if not refund.payment.captured_won:
            return Unknown("the bank took the deposit back")
        asked_at = clock.now()
        try:
            snapshot = self._cancel(refund, account)
        except (GatewayRejected, CannotAsk) as no:
            end_refund(market=market, actor=SYSTEM, refund_id=refund.pk, state=Refund.State.REJECTED, note=no.code)
            return Rejected(no.code)
        except GatewayUnknown as unclear:
            end_refund(market=market, actor=SYSTEM, refund_id=refund.pk, state=Refund.State.UNKNOWN, note="")
            return Unknown(str(unclear))
        _settle(refund.payment, snapshot, asked_at)
        end_refund(market=market, actor=SYSTEM, refund_id=refund.pk, state=Refund.State.DONE, note="")
        return Done()

    def _cancel(self, refund: Refund, account: RefundAccount | None) -> Snapshot:
        """One key per account: a gateway answers a repeated key as before, also when it had said no."""
        return self.gateways[refund.payment.gateway].cancel(
            payment_key=str(refund.payment.payment_key),
            reason=refund.reason,
            amount_won=refund.amount_won,
            tax_free_won=refund.tax_free_won,
            key=f"{refund.key}:{account.tries}" if account and account.tries > 1 else refund.key,
            refund_to=BankAccount(account.bank, account.number, account.holder) if account else None,
        )

    def read_hint(self, row: OutboxRow) -> Ending:
        """A webhook claimed something: read that payment at the gateway and believe only the gateway."""
        message = InboxRow.objects.get(pk=row.payload["inbox_id"])
        payment = payment_for(str(row.payload["order_ref"]))
        if payment is None:
            return Rejected("not ours")
        asked_at = clock.now()
        try:
            snapshot = self.gateways[message.source].read_order(order_ref=payment.order_ref)
        except GatewayUnknown as unclear:
            return Unknown(str(unclear))
        if snapshot is not None and not snapshot.bears(str(row.payload.get("secret_mark", ""))):
            log.warning("hook_forged", gateway=message.source, inbox=message.pk)
            return Rejected("forged")
        _bring_up_to(payment, snapshot, asked_at)
        return Done()

    def sweep(self) -> None:
        """Ask about every payment that should have ended, and free the goods of those that never began."""
        taken_late = [name for name, one in self.gateways.items() if _takes_by_itself(one)]
        with unscoped():
            unfinished = list(unfinished_payments(taken_late).select_related("market"))
            idle = _accounts_of_cancelled_orders()
        for payment in unfinished:
            with in_market(payment.market_id):
                self._sweep_one(payment)
        for payment in idle:
            with in_market(payment.market_id):
                self._close_account(payment)

    def _sweep_one(self, payment: Payment) -> None:
        gateway = self.gateways.get(payment.gateway)
        if gateway is None:
            return
        asked_at = clock.now()
        if payment.state in ASKED_NOW_AND_THEN:
            note_read(market=payment.market, actor=SYSTEM, order_ref=payment.order_ref)
        try:
            snapshot = gateway.read_order(order_ref=payment.order_ref)
        except GatewayUnknown:
            return
        _bring_up_to(payment, snapshot, asked_at)
        nothing_begun = snapshot is None or payment.state in (Payment.State.CREATED, Payment.State.FAILED)
        if payment.expires_at >= clock.now():
            return
        if nothing_begun:
            _owner(payment).expire(market=payment.market, actor=SYSTEM, order_ref=payment.order_ref)
        elif snapshot is not None and snapshot.state is GatewayState.WAITING_DEPOSIT:
            self._close_account(payment)

    def _close_account(self, payment: Payment) -> None:
        """Let an account take no deposit any more that would only have to go back."""
        gateway = self.gateways.get(payment.gateway)
        if gateway is None or payment.payment_key is None:
            return
        asked_at = clock.now()
        try:
            snapshot = gateway.cancel(
                payment_key=payment.payment_key,
                reason="account_closed",
                amount_won=payment.amount_won,
                tax_free_won=payment.tax_free_won,
                key=f"close:{payment.order_ref}",
            )
        except (GatewayRejected, GatewayUnknown) as unclear:
            # The deposit may have come in this very moment; the next look tells.
            log.info("account_not_closed", gateway=payment.gateway, reason=type(unclear).__name__)
            return
        _settle(payment, snapshot, asked_at)


def _accounts_of_cancelled_orders() -> list[Payment]:
    open_accounts = list(accounts_that_wait().select_related("market"))
    refs = [payment.order_ref for payment in open_accounts]
    over = Order.objects.filter(ref__in=refs, state=OrderState.CANCELLED) if refs else Order.objects.none()
    cancelled = set(over.values_list("ref", flat=True))
    return [payment for payment in open_accounts if payment.order_ref in cancelled]


def _bring_up_to(payment: Payment, snapshot: Snapshot | None, asked_at: datetime) -> None:
    if snapshot is None or (payment.payment_key not in (None, snapshot.payment_key)):
        return
    _settle(payment, snapshot, asked_at)


def _settle(payment: Payment, snapshot: Snapshot, asked_at: datetime) -> None:
    seen = replace(snapshot, asked_at=asked_at)
    _owner(payment).settle(market=payment.market, actor=SYSTEM, snapshot=seen)


def _takes_by_itself(gateway: CardGateway) -> bool:
    return isinstance(gateway, WindowGateway) and gateway.takes_by_itself


def _owner(payment: Payment) -> Owner:
    return owner_of(payment.order_ref, otherwise=ORDERS)
