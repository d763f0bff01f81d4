from __future__ import annotations

from jangteo.kernel.errors import Refused


class PaymentRefused(Refused):
    code = "payments.refused"


class PaymentNotFound(PaymentRefused):
    """No payment under this reference in this market."""

    code = "payments.not_found"


class AmountMismatch(PaymentRefused):
    """The browser came back with another amount than the order's. Facts: asked_won, came_won."""

    code = "payments.amount_mismatch"


class PaymentOver(PaymentRefused):
    """The payment was taken, refunded or expired before. Facts: state."""

    code = "payments.over"


class RefundTooLarge(PaymentRefused):
    """Facts: left_won."""

    code = "payments.refund_too_large"


class BadAccount(PaymentRefused):
    """What was given is no bank account. Facts: field (bank, number, holder)."""

    code = "payments.bad_account"


class AccountNotAsked(PaymentRefused):
    """No refund waits for an account, or money is on its way to the one that was given."""

    code = "payments.account_not_asked"
