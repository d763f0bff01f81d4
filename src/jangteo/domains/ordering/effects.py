"""What happens at the gateway after commit. Runs in the worker, outside every transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from jangteo.domains.payments.actions.apply_snapshot import NOTHING_THERE
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
from jangteo.domains.payments.queries import (
    accounts_that_wait,
    is_last_look,
    payment_for,
    refund_account,
    unfinished_payments,
)
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
GONE = "the bank took the deposit back"
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
        if refund.state == Refund.State.REJECTED:
            return Rejected("refused before")
        account = None
        if refund.payment.pay_by == PayBy.ACCOUNT:
            account = refund_account(refund.payment)
            if account is None:
                # `give_refund_account` queues it again.
                return Done()
        if not refund.payment.captured_won:
            return Unknown(GONE)
        asked_at = clock.now()
        try:
            snapshot = self._cancel(refund, account)
        except (GatewayRejected, CannotAsk) as no:
            return _refused(refund, no.code)
        except GatewayUnknown as unclear:
            end_refund(market=market, actor=SYSTEM, refund_id=refund.pk, state=Refund.State.UNKNOWN, note="")
            return Unknown(str(unclear))
        _settle(refund.payment, snapshot, asked_at)
        refund.refresh_from_db(fields=["state"])
        if refund.state == Refund.State.REJECTED:
            return Rejected(NOTHING_THERE)
        end_refund(market=market, actor=SYSTEM, refund_id=refund.pk, state=Refund.State.DONE, note="")
        return Done()

    def _cancel(self, refund: Refund, account: RefundAccount | None) -> Snapshot:
        """A gateway answers a repeated key as before, also when it said no because the bank had the deposit back then.

        So whatever is refused while the money is there is asked for under the next key, always in the same sequence.
        """
        *before, last = _keys(refund, account)
        for key in before:
            try:
                return self._cancel_under(key, refund, account)
            except GatewayRejected:
                if not self._is_there(refund.payment):
                    raise
        return self._cancel_under(last, refund, account)

    def _cancel_under(self, key: str, refund: Refund, account: RefundAccount | None) -> Snapshot:
        return self.gateways[refund.payment.gateway].cancel(
            payment_key=str(refund.payment.payment_key),
            reason=refund.reason,
            amount_won=refund.amount_won,
            tax_free_won=refund.tax_free_won,
            key=key,
            refund_to=BankAccount(account.bank, account.number, account.holder) if account else None,
        )

    def _is_there(self, payment: Payment) -> bool:
        """Ask the gateway whether it has the money, and book what it says. Raises GatewayUnknown."""
        asked_at = clock.now()
        _bring_up_to(payment, self.gateways[payment.gateway].read_order(order_ref=payment.order_ref), asked_at)
        payment.refresh_from_db()
        return payment.captured_won > 0

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
        _each((self._sweep_one, unfinished), (self._close_account, idle))

    def _sweep_one(self, payment: Payment) -> None:
        gateway = self.gateways.get(payment.gateway)
        if gateway is None:
            return
        asked_at, is_last = clock.now(), is_last_look(payment)
        if payment.state in ASKED_NOW_AND_THEN and not is_last:
            note_read(market=payment.market, actor=SYSTEM, order_ref=payment.order_ref)
        try:
            snapshot = gateway.read_order(order_ref=payment.order_ref)
        except GatewayUnknown:
            return
        _bring_up_to(payment, snapshot, asked_at)
        if is_last:
            note_read(market=payment.market, actor=SYSTEM, order_ref=payment.order_ref)
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


def _keys(refund: Refund, account: RefundAccount | None) -> list[str]:
    """What a refund is asked for under: by card one key; a deposit has a row of them for each account to send it to,
    one more than it came.
    """
    if account is None:
        return [refund.key]
    first = f"{refund.key}:{account.tries}" if account.tries > 1 else refund.key
    return [first, *(f"{first}:again:{number}" for number in range(1, refund.payment.captures + 1))]


def _refused(refund: Refund, code: str) -> Ending:
    """A no is the end, unless the bank has the deposit back: then the refund waits for it to come again."""
    refund.refresh_from_db(fields=["state"])
    if refund.state == Refund.State.REJECTED:
        return Rejected(NOTHING_THERE)
    if not refund.payment.captured_won:
        return Unknown(GONE)
    market = refund.payment.market
    end_refund(market=market, actor=SYSTEM, refund_id=refund.pk, state=Refund.State.REJECTED, note=code)
    return Rejected(code)


def _each(*deeds: tuple[Callable[[Payment], None], list[Payment]]) -> None:
    """Do it to all of them. One that fails keeps none of the others waiting; the first such failure is raised then."""
    failures = []
    for deed, payments in deeds:
        for payment in payments:
            try:
                with in_market(payment.market_id):
                    deed(payment)
            except Exception as failure:
                log.exception("payment_not_swept", order_ref=payment.order_ref)
                failures.append(failure)
    if failures:
        raise failures[0]


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
