"""Cash receipts through PortOne V2: https://developers.portone.io/api/rest-v2/payment.cashReceipt."""

from __future__ import annotations

from collections.abc import Callable

from jangteo.adapters._wire import BadShape, Record, is_web_address, nothing
from jangteo.adapters.portone import codes
from jangteo.adapters.portone.api import Api, PortOneAccount, error_type, refusal, segment, unclear
from jangteo.adapters.portone.client import LONGEST_ORDER_NAME, TIMEOUT_S
from jangteo.adapters.portone.mapper import LONGEST_ADDRESS, LONGEST_PAYMENT_ID
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown
from jangteo.domains.payments.receipts_port import (
    CashReceipt,
    IdentifierKind,
    NewCashReceipt,
    ReceiptState,
    ReceiptUse,
)

_STATES = {"ISSUED": ReceiptState.ISSUED, "CANCELLED": ReceiptState.CANCELLED, "FAILED": ReceiptState.FAILED}
_USES = {ReceiptUse.PERSONAL: "PERSONAL", ReceiptUse.CORPORATE: "CORPORATE"}
_IDENTIFIERS = {IdentifierKind.PHONE: "PHONE", IdentifierKind.CARD: "CARD", IdentifierKind.BUSINESS: "BUSINESS"}


class PortOneReceipts:
    """Cash receipts of one shop at PortOne. Safe to share between threads."""

    name = "portone"

    def __init__(
        self,
        *,
        base_url: str,
        account: PortOneAccount,
        timeout_s: float = TIMEOUT_S,
        before_call: Callable[[], None] = nothing,
    ) -> None:
        self._api = Api(base_url=base_url, account=account, timeout_s=timeout_s, before_call=before_call)
        self._account = account

    def issue(self, *, receipt: NewCashReceipt, key: str) -> CashReceipt:
        """Issue a receipt. Raises GatewayRejected, also for a receipt of other amounts on this payment."""
        answer = self._api.post("issue receipt", "/cash-receipts", self._document(receipt), key)
        if answer.status != 200 and error_type(answer) != codes.RECEIPT_ALREADY_ISSUED:
            raise refusal(answer)
        issued = self.read(payment_ref=receipt.payment_ref)
        if issued is None:
            raise GatewayUnknown("issued, yet not to be seen")
        if (issued.amount_won, issued.tax_free_won) != (receipt.amount_won, receipt.tax_free_won):
            raise GatewayRejected(codes.RECEIPT_ALREADY_ISSUED, "the payment has a receipt of another amount")
        return issued

    def _document(self, receipt: NewCashReceipt) -> dict[str, object]:
        customer = {
            "identityNumber": receipt.identifier.digits,
            "identityNumberType": _IDENTIFIERS[receipt.identifier.kind],
        }
        amount = {"total": receipt.amount_won, "taxFree": receipt.tax_free_won, "vat": receipt.vat_won}
        return {
            "storeId": self._account.store_id,
            "channelKey": self._account.channel_key,
            "paymentId": receipt.payment_ref,
            "type": _USES[receipt.use],
            "orderName": receipt.order_name[:LONGEST_ORDER_NAME],
            "currency": "KRW",
            "amount": amount,
            "customer": customer,
            "paidAt": receipt.paid_at.isoformat(timespec="seconds"),
        }

    def cancel(self, *, payment_ref: str, key: str) -> CashReceipt:
        """Take the whole receipt back; PortOne has no way to take back a part."""
        path = f"/payments/{segment(payment_ref)}/cash-receipt/cancel?storeId={segment(self._account.store_id)}"
        answer = self._api.post("cancel receipt", path, None, key)
        if answer.status != 200 and error_type(answer) != codes.RECEIPT_NOT_ISSUED:
            raise refusal(answer)
        found = self.read(payment_ref=payment_ref)
        if found is not None and found.state is ReceiptState.CANCELLED:
            return found
        if answer.status != 200:
            raise refusal(answer)
        raise GatewayUnknown("cancelled, yet not to be seen")

    def read(self, *, payment_ref: str) -> CashReceipt | None:
        """The receipt of a payment, or None. Raises GatewayUnknown for any other answer."""
        path = f"/payments/{segment(payment_ref)}/cash-receipt"
        answer = self._api.get("read receipt", path, {"storeId": self._account.store_id})
        if answer.status == 404 and error_type(answer) in (codes.RECEIPT_NOT_FOUND, codes.PAYMENT_NOT_FOUND):
            return None
        if answer.status != 200:
            raise unclear(answer)
        try:
            found = _receipt(Record(answer.body, "cash receipt"))
        except BadShape as wrong:
            raise GatewayUnknown(f"unreadable cash receipt: {wrong}") from None
        if found.payment_ref != payment_ref:
            raise GatewayUnknown("the answer is about another payment")
        return found

    def close(self) -> None:
        """Give the connections back."""
        self._api.close()


def _receipt(record: Record) -> CashReceipt:
    status = record.text("status", longest=20)
    if status not in _STATES:
        raise BadShape("status is not a documented one")
    state = _STATES[status]
    failed = state is ReceiptState.FAILED
    url = record.text_or_none("url", longest=LONGEST_ADDRESS) or ""
    return CashReceipt(
        payment_ref=record.text("paymentId", longest=LONGEST_PAYMENT_ID),
        state=state,
        # A receipt that could not be issued has neither a number nor amounts.
        issue_number="" if failed else record.text("issueNumber", longest=100),
        amount_won=0 if failed else record.won("amount"),
        tax_free_won=record.won("taxFreeAmount") if record.has("taxFreeAmount") else 0,
        url=url if is_web_address(url) else "",
        issued_at=record.moment_or_none("issuedAt"),
        cancelled_at=record.moment_or_none("cancelledAt"),
    )
