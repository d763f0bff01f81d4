"""The Payment document as Toss Payments writes it (API version 2022-11-16)."""

from __future__ import annotations

from datetime import datetime

from jangteo.adapters.toss.simulator.book import PracticeCancel, PracticePayment
from jangteo.kernel.clock import KST

MERCHANT_ID = "tvivarepublica"
METHODS = {"CARD": "카드", "VIRTUAL_ACCOUNT": "가상계좌"}
BANK_OF_ACCOUNTS = "20"
RECEIVER = ("bankCode", "accountNumber", "holderName")


def payment_json(payment: PracticePayment, public_url: str, at: datetime) -> dict[str, object]:
    """One payment as it stands at a moment. Amounts are whole won, times carry the Korean offset."""
    order = payment.order
    supplied_won, vat_won = taxes(payment.balance_won - payment.tax_free_balance_won)
    approved = payment.approved_at is not None
    return {
        "mId": MERCHANT_ID,
        "version": "2022-11-16",
        "type": "NORMAL",
        "paymentKey": payment.payment_key,
        "lastTransactionKey": _last_transaction(payment),
        "orderId": order.order_id,
        "orderName": order.order_name,
        "currency": "KRW",
        "country": "KR",
        "method": METHODS[order.method] if payment.authenticated_at else None,
        "status": payment.status,
        "totalAmount": order.amount_won,
        "balanceAmount": payment.balance_won,
        "suppliedAmount": supplied_won,
        "vat": vat_won,
        "taxFreeAmount": payment.tax_free_balance_won,
        "taxExemptionAmount": 0,
        "requestedAt": written(payment.requested_at),
        "approvedAt": written(payment.approved_at),
        "useEscrow": False,
        "cultureExpense": False,
        "isPartialCancelable": True,
        "cancels": [_cancel_json(cancel) for cancel in payment.cancels] or None,
        "card": _card_json(order.amount_won) if approved and not payment.account_number else None,
        "virtualAccount": _account_json(payment, at) if payment.account_number else None,
        "transfer": None,
        "easyPay": None,
        "secret": payment.secret,
        "receipt": {"url": f"{public_url}/receipt/{payment.payment_key}"} if payment.was_confirmed else None,
        "checkout": {"url": f"{public_url}/window"},
        "failure": {"code": payment.failure, "message": ""} if payment.failure else None,
    }


def taxes(taxable_won: int) -> tuple[int, int]:
    """Supply and VAT of a taxable amount: VAT is what remains beside amount * 10 / 11, rounded half up."""
    supplied_won = (taxable_won * 20 + 11) // 22
    return supplied_won, taxable_won - supplied_won


def _cancel_json(cancel: PracticeCancel) -> dict[str, object]:
    return {
        "transactionKey": cancel.transaction_key,
        "cancelReason": cancel.reason,
        "cancelAmount": cancel.amount_won,
        "taxFreeAmount": cancel.tax_free_won,
        "taxExemptionAmount": 0,
        "refundableAmount": cancel.refundable_won,
        "easyPayDiscountAmount": 0,
        "cardDiscountAmount": 0,
        "transferDiscountAmount": 0,
        "canceledAt": written(cancel.at),
        "cancelStatus": "DONE",
        "cancelRequestId": None,
        "receiptKey": None,
    }


def _card_json(amount_won: int) -> dict[str, object]:
    return {
        "issuerCode": "71",
        "acquirerCode": "71",
        "number": "00000000****000*",
        "installmentPlanMonths": 0,
        "isInterestFree": False,
        "interestPayer": None,
        "approveNo": "00000000",
        "useCardPoint": False,
        "cardType": "신용",
        "ownerType": "개인",
        "acquireStatus": "READY",
        "amount": amount_won,
    }


def _account_json(payment: PracticePayment, at: datetime) -> dict[str, object]:
    receiver = payment.cancels[-1].refund_to if payment.cancels else None
    return {
        "accountType": "일반",
        "accountNumber": payment.account_number,
        "bankCode": BANK_OF_ACCOUNTS,
        "customerName": "연습 손님",
        "depositorName": "연습 손님" if payment.approved_at else None,
        "dueDate": written(payment.due_at),
        "refundStatus": "COMPLETED" if receiver else "NONE",
        "expired": payment.is_over_due(at),
        "settlementStatus": "INCOMPLETED",
        "refundReceiveAccount": dict(zip(RECEIVER, receiver, strict=True)) if receiver else None,
    }


def _last_transaction(payment: PracticePayment) -> str | None:
    return payment.movements[-1].key if payment.movements else None


def written(moment: datetime | None) -> str | None:
    """A time as Toss writes it."""
    return None if moment is None else moment.astimezone(KST).isoformat(timespec="seconds")
