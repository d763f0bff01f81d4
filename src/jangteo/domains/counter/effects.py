"""What happens after commit and by the clock: cash receipts at their issuer, sales whose time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from jangteo.domains.counter.actions.end_cash_receipt import Told, end_cash_receipt
from jangteo.domains.counter.actions.expire_sale import expire_sale
from jangteo.domains.counter.actions.issue_unasked import issue_unasked
from jangteo.domains.counter.actions.renew_cash_receipt import renew_cash_receipt
from jangteo.domains.counter.issuers import Issuing
from jangteo.domains.counter.models import CashReceipt
from jangteo.domains.counter.queries import receipts_to_renew, sales_running_out, unasked_cash
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown
from jangteo.domains.payments.receipts_port import (
    CashReceipt as Issued,
)
from jangteo.domains.payments.receipts_port import (
    CashReceipts,
    Identifier,
    IdentifierKind,
    NewCashReceipt,
    ReceiptState,
    ReceiptUse,
)
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected, Unknown

# The law gives five days; customers get the first one to ask in their own name.
ASKED_WITHIN = timedelta(days=1)
ISSUED_WITHIN = timedelta(days=5)
RENEWED_WITHIN = timedelta(days=2)
_STATES = {
    ReceiptState.ISSUED: CashReceipt.State.ISSUED,
    ReceiptState.CANCELLED: CashReceipt.State.CANCELLED,
    ReceiptState.FAILED: CashReceipt.State.REJECTED,
}


@dataclass(frozen=True, slots=True)
class ReceiptEffects:
    """The handlers of receipt topics over the configured issuer; without one they wait."""

    issuing: Issuing | None

    def issue(self, row: OutboxRow) -> Ending:
        """Issue what was asked for. A repeat carries the same reference, which has one receipt."""
        receipt = CashReceipt.objects.get(pk=row.payload["receipt_id"])
        if receipt.state != CashReceipt.State.ASKED:
            return Done()
        if self.issuing is None:
            return Unknown("nobody issues cash receipts")
        try:
            issued = self.issuing.issuer.issue(receipt=_new(receipt), key=row.key)
        except GatewayRejected as no:
            return _reject(receipt, no.code)
        except GatewayUnknown as unclear:
            return Unknown(str(unclear))
        if issued.state is not ReceiptState.ISSUED:
            return _reject(receipt, f"ended {issued.state.value}")
        _tell(receipt, issued)
        return Done()

    def cancel(self, row: OutboxRow) -> Ending:
        """Take it back. One that its issuer never issued is taken back by that alone."""
        receipt = CashReceipt.objects.get(pk=row.payload["receipt_id"])
        if receipt.state == CashReceipt.State.CANCELLED:
            return Done()
        if self.issuing is None:
            return Unknown("nobody issues cash receipts")
        try:
            _tell(receipt, _taken_back(self.issuing.issuer, receipt.ref, row.key))
        except GatewayRejected as no:
            return Rejected(no.code)
        except GatewayUnknown as unclear:
            return Unknown(str(unclear))
        return Done()

    def issue_unasked(self) -> None:
        """For enough cash that nobody wanted a receipt for, issue one on the tax office's number."""
        if self.issuing is None or not self.issuing.unasked_from_won:
            return
        now = clock.now()
        for market, about in unasked_cash(self.issuing.unasked_from_won, now - ASKED_WITHIN, now - ISSUED_WITHIN):
            issue_unasked(market=market, actor=SYSTEM, about=about)


def renew_receipts() -> None:
    """Bring receipts up to what orders have given back lately."""
    for market, about in receipts_to_renew(clock.now() - RENEWED_WITHIN):
        renew_cash_receipt(market=market, actor=SYSTEM, about=about)


def expire_sales() -> None:
    """End what nobody paid in time."""
    for sale in sales_running_out(clock.now()):
        expire_sale(market=sale.market, actor=SYSTEM, order_ref=sale.ref)


def _taken_back(issuer: CashReceipts, ref: str, key: str) -> Issued | None:
    return None if issuer.read(payment_ref=ref) is None else issuer.cancel(payment_ref=ref, key=key)


def _tell(receipt: CashReceipt, issued: Issued | None) -> None:
    told = (
        Told(CashReceipt.State.CANCELLED)
        if issued is None
        else Told(_STATES[issued.state], issued.issue_number, issued.url)
    )
    end_cash_receipt(market=_market(receipt), actor=SYSTEM, receipt_id=receipt.pk, told=told)


def _reject(receipt: CashReceipt, code: str) -> Rejected:
    told = Told(CashReceipt.State.REJECTED, code=code)
    end_cash_receipt(market=_market(receipt), actor=SYSTEM, receipt_id=receipt.pk, told=told)
    return Rejected(code)


def _market(receipt: CashReceipt) -> Market:
    return Market.objects.get(pk=receipt.market_id)


def _new(receipt: CashReceipt) -> NewCashReceipt:
    return NewCashReceipt(
        payment_ref=receipt.ref,
        order_name=receipt.name,
        use=ReceiptUse(receipt.use),
        identifier=Identifier(IdentifierKind(receipt.kind), receipt.digits),
        amount_won=receipt.amount_won,
        tax_free_won=receipt.tax_free_won,
        vat_won=receipt.vat_won,
        paid_at=receipt.paid_at,
    )
