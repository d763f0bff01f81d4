"""Which error types of the PortOne V2 REST API are a final no.

Source: the error responses of each operation in developers.portone.io/api/rest-v2. PortOne answers a final no with 409
as often as with 400, so only the type decides. A type that is not listed here leaves the outcome unknown.
"""

from __future__ import annotations

PAYMENT_NOT_FOUND = "PAYMENT_NOT_FOUND"
RECEIPT_NOT_FOUND = "CASH_RECEIPT_NOT_FOUND"
RECEIPT_ALREADY_ISSUED = "CASH_RECEIPT_ALREADY_ISSUED"
RECEIPT_NOT_ISSUED = "CASH_RECEIPT_NOT_ISSUED"
TRANSFER_NOT_FOUND = "PLATFORM_TRANSFER_NOT_FOUND"

# Ours, not PortOne's: what a confirmation finds when the browser did not bring a paid payment of this order.
ANOTHER_ORDER = "PAYMENT_OF_ANOTHER_ORDER"
NOT_PAID = "PAYMENT_NOT_PAID"
FAILED = "PAYMENT_FAILED"

# Left out on purpose: PG_PROVIDER says that the company behind PortOne did not do it, which is as often "try later" as
# "never"; IDEMPOTENCY_OUTSTANDING_REQUEST is a repeat that came too early; CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN means
# that somebody else cancelled meanwhile, so the balance has to be read again before anybody can tell.
FINAL = frozenset(
    {
        "ALREADY_PAID",
        "CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT",
        "CANCEL_TAX_AMOUNT_EXCEEDS_CANCELLABLE_TAX_AMOUNT",
        "CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT",
        "CHANNEL_NOT_FOUND",
        "FORBIDDEN",
        "INVALID_REQUEST",
        "NEGATIVE_PROMOTION_ADJUSTED_CANCEL_AMOUNT",
        "PAYMENT_ALREADY_CANCELLED",
        "PROMOTION_DISCOUNT_RETAIN_OPTION_SHOULD_NOT_BE_CHANGED",
        "SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT",
        "SUM_OF_PARTS_EXCEEDS_TOTAL_AMOUNT",
        "UNAUTHORIZED",
        NOT_PAID,
        PAYMENT_NOT_FOUND,
        RECEIPT_ALREADY_ISSUED,
        RECEIPT_NOT_FOUND,
        RECEIPT_NOT_ISSUED,
    }
)
