"""The documents that PortOne V2 writes, as far as card payments and cash receipts need them."""

from __future__ import annotations

from datetime import datetime

from jangteo.adapters.portone.simulator.book import Movement, PracticeCancel, PracticePayment
from jangteo.adapters.portone.simulator.receipts import PracticeReceipt, round_vat

MERCHANT_ID = "merchant-00000000-practice"
_PAID = frozenset({"PAID", "PARTIAL_CANCELLED", "CANCELLED"})


def payment_json(payment: PracticePayment, store_id: str, channel_key: str, public_url: str) -> dict[str, object]:
    """One payment. Amounts are whole won, times are UTC; what a status does not have is left out, not null."""
    order = payment.order
    document: dict[str, object] = {
        "status": payment.status,
        "id": order.payment_id,
        "transactionId": payment.transaction_id,
        "merchantId": MERCHANT_ID,
        "storeId": store_id,
        "channel": channel_json(payment.channel_type, channel_key),
        "version": "V2",
        "requestedAt": written(payment.requested_at),
        "updatedAt": written(payment.changed_at),
        "statusChangedAt": written(payment.changed_at),
        "orderName": order.order_name,
        "amount": _amount_json(payment),
        "currency": "KRW",
        "customer": {},
        "origin": {"platformType": "PC"},
    }
    if payment.status in _PAID:
        document |= _paid_json(payment, public_url)
    if payment.status == "FAILED":
        failure = {"reason": payment.failure, "pgCode": payment.failure, "pgMessage": "한도초과 혹은 잔액부족"}
        document |= {"failedAt": written(payment.changed_at), "failure": failure}
    if payment.cancels:
        document["cancellations"] = [cancel_json(cancel) for cancel in payment.cancels]
    return document


def channel_json(channel_type: str, channel_key: str) -> dict[str, object]:
    """The channel a payment went through."""
    return {"type": channel_type, "key": channel_key, "pgProvider": "TOSSPAYMENTS", "pgMerchantId": "practice"}


def cancel_json(cancel: PracticeCancel) -> dict[str, object]:
    """One cancellation that was done."""
    return {
        "status": "SUCCEEDED",
        "id": cancel.id,
        "totalAmount": cancel.amount_won,
        "taxFreeAmount": cancel.tax_free_won,
        "vatAmount": round_vat(cancel.amount_won - cancel.tax_free_won),
        "reason": cancel.reason,
        "requestedAt": written(cancel.at),
        "cancelledAt": written(cancel.at),
        "trigger": "API",
    }


def event_json(movement: Movement, store_id: str, channel_key: str) -> dict[str, object]:
    """One movement of money."""
    payment = movement.payment
    document: dict[str, object] = {
        "type": movement.kind,
        "id": movement.id,
        "paymentId": payment.order.payment_id,
        "transactionId": payment.transaction_id,
        "merchantId": MERCHANT_ID,
        "storeId": store_id,
        "channel": channel_json(payment.channel_type, channel_key),
        "version": "V2",
        "requestedAt": written(payment.requested_at),
        "createdAt": written(movement.at),
        "orderName": payment.order.order_name,
        "totalAmount": _amount_json(payment),
        "currency": "KRW",
        "eventAmount": movement.amount_won,
        "method": {"type": "PaymentMethodCard"},
    }
    return document | ({"cancellation": cancel_json(movement.cancel)} if movement.cancel else {})


def receipt_json(receipt: PracticeReceipt, store_id: str, channel_key: str, public_url: str) -> dict[str, object]:
    """One cash receipt."""
    document: dict[str, object] = {
        "status": "CANCELLED" if receipt.cancelled_at else "ISSUED",
        "merchantId": MERCHANT_ID,
        "storeId": store_id,
        "paymentId": receipt.payment_id,
        "channel": channel_json("LIVE", channel_key),
        "amount": receipt.amount_won,
        "taxFreeAmount": receipt.tax_free_won,
        "vatAmount": receipt.vat_won,
        "currency": "KRW",
        "orderName": receipt.order_name,
        "type": receipt.use,
        "isManual": True,
        "issueNumber": receipt.issue_number,
        "url": f"{public_url}/cash-receipt/{receipt.issue_number}",
        "issuedAt": written(receipt.issued_at),
    }
    if receipt.cancelled_at:
        document["cancelledAt"] = written(receipt.cancelled_at)
    return document


def written(moment: datetime | None) -> str | None:
    """A time in the way PortOne writes it."""
    return None if moment is None else moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _paid_json(payment: PracticePayment, public_url: str) -> dict[str, object]:
    return {
        "paidAt": written(payment.paid_at),
        "method": {"type": "PaymentMethodCard", "approvalNumber": "00000000", "pointUsed": False},
        "disputes": [],
        "pgTxId": payment.transaction_id,
        "receiptUrl": f"{public_url}/receipt/{payment.order.payment_id}",
    }


def _amount_json(payment: PracticePayment) -> dict[str, int]:
    total_won, tax_free_won = payment.order.amount_won, payment.order.tax_free_won
    vat_won = round_vat(total_won - tax_free_won)
    paid = payment.status in _PAID
    return {
        "total": total_won,
        "taxFree": tax_free_won,
        "vat": vat_won,
        "supply": total_won - tax_free_won - vat_won,
        "discount": 0,
        "paid": total_won if paid else 0,
        "cancelled": total_won - payment.balance_won,
        "cancelledTaxFree": tax_free_won - payment.tax_free_balance_won,
    }
