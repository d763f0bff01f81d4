"""Which error codes of KakaoPay's approval are a final no.

An error is `{error_code, error_message, extras: {method_result_code, method_result_message}}`. The codes are those of
the published table of payment errors (version 1.7), as integrations repeat it; the names below are ours.

The HTTP status decides nothing, and neither do most codes: -702 (approved before), -783 and -785 (asked for twice)
and -780 (approval failed, which includes BANK_FIRM_UNKNOWN and USER_LOCKED) are all 400 and may stand for money that
has moved. The client therefore reads the order after every refusal and needs a code only where the order has not
moved. Left out on purpose besides: -401, -403, -429 and -730 to -733, which are faults of the set-up, not of the
payment. Of cancellations no code is final, because what can be known before is checked before.
"""

from __future__ import annotations

NO_SUCH_TID = "-721"

FINAL = frozenset(
    {
        "-703",  # wrong amount of points
        "-704",  # wrong amount
        "-705",  # means of payment that is not supported
        "-706",  # the order reference is another than at ready
        "-707",  # the customer's reference is another than at ready
        "-708",  # wrong token
        NO_SUCH_TID,
        "-722",  # wrong amounts
        "-723",  # the window's time is over
        "-724",  # wrong amount of a one-time payment
        "-725",  # wrong total
        "-726",  # wrong order
        "-797",  # over the limit of one payment
    }
)
"""Codes as text, because a refusal's code is text in the payments domain."""
