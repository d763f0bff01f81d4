"""What happens at the gateway after commit. Runs in the worker, outside every transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.doubt_payment import doubt_payment
from jangteo.domains.ordering.actions.end_refund import end_refund
from jangteo.domains.ordering.actions.expire_order import expire_order
from jangteo.domains.ordering.actions.fail_payment import fail_payment
from jangteo.domains.ordering.actions.settle_payment import settle_payment
from jangteo.domains.payments.actions.note_authorisation import confirm_key
from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.payments.ports import CardGateway, GatewayRejected, GatewayUnknown, Snapshot
from jangteo.domains.payments.queries import payment_for, unfinished_payments
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import InboxRow, OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected, Unknown
from jangteo.kernel.tenancy import in_market, unscoped

# An expired payment is not confirmed any more: its goods are free, and nobody was charged.
TO_CONFIRM = frozenset({Payment.State.REQUESTED, Payment.State.UNKNOWN})


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
        if row.key != confirm_key(payment.order_ref, payment.payment_key):
            # Left over from a card that failed: the customer has come back with another, which has its own row.
            return Done()
        gateway = self.gateways[payment.gateway]
        try:
            snapshot = gateway.confirm(
                payment_key=payment.payment_key,
                order_ref=payment.order_ref,
                amount_won=payment.amount_won,
                key=row.key,
            )
        except GatewayRejected as no:
            fail_payment(market=market, actor=SYSTEM, order_ref=payment.order_ref, code=no.code)
            return Rejected(no.code)
        except GatewayUnknown as unclear:
            doubt_payment(market=market, actor=SYSTEM, order_ref=payment.order_ref)
            return Unknown(str(unclear))
        settle_payment(market=market, actor=SYSTEM, snapshot=snapshot)
        return Done()

    def refund(self, row: OutboxRow) -> Ending:
        """Ask for a refund and book what the gateway says."""
        market = Market.objects.get(pk=row.market_id)
        refund = Refund.objects.select_related("payment").get(pk=row.payload["refund_id"])
        if refund.state == Refund.State.DONE or refund.payment.payment_key is None:
            return Done()
        try:
            snapshot = self.gateways[refund.payment.gateway].cancel(
                payment_key=refund.payment.payment_key,
                reason=refund.reason,
                amount_won=refund.amount_won,
                tax_free_won=refund.tax_free_won,
                key=refund.key,
            )
        except GatewayRejected as no:
            end_refund(market=market, actor=SYSTEM, refund_id=refund.pk, state=Refund.State.REJECTED, note=no.code)
            return Rejected(no.code)
        except GatewayUnknown as unclear:
            end_refund(market=market, actor=SYSTEM, refund_id=refund.pk, state=Refund.State.UNKNOWN, note="")
            return Unknown(str(unclear))
        settle_payment(market=market, actor=SYSTEM, snapshot=snapshot)
        end_refund(market=market, actor=SYSTEM, refund_id=refund.pk, state=Refund.State.DONE, note="")
        return Done()

    def read_hint(self, row: OutboxRow) -> Ending:
        """A webhook claimed something: read that payment at the gateway and believe only the gateway."""
        message = InboxRow.objects.get(pk=row.payload["inbox_id"])
        payment = payment_for(str(row.payload["order_ref"]))
        if payment is None:
            return Rejected("not ours")
        gateway = self.gateways[message.source]
        try:
            self._bring_up_to(payment, gateway.read_order(order_ref=payment.order_ref))
        except GatewayUnknown as unclear:
            return Unknown(str(unclear))
        return Done()

    def sweep(self) -> None:
        """Ask about every payment that should have ended, and free the goods of those that never began."""
        with unscoped():
            waiting = list(unfinished_payments().select_related("market"))
        for payment in waiting:
            with in_market(payment.market_id):
                self._sweep_one(payment)

    def _sweep_one(self, payment: Payment) -> None:
        gateway = self.gateways.get(payment.gateway)
        if gateway is None:
            return
        try:
            snapshot = gateway.read_order(order_ref=payment.order_ref)
        except GatewayUnknown:
            return
        self._bring_up_to(payment, snapshot)
        nothing_begun = snapshot is None or payment.state in (Payment.State.CREATED, Payment.State.FAILED)
        if nothing_begun and payment.expires_at < clock.now():
            expire_order(market=payment.market, actor=SYSTEM, order_ref=payment.order_ref)

    def _bring_up_to(self, payment: Payment, snapshot: Snapshot | None) -> None:
        if snapshot is None or (payment.payment_key not in (None, snapshot.payment_key)):
            return
        settle_payment(market=payment.market, actor=SYSTEM, snapshot=snapshot)
