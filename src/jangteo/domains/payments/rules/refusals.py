"""Why money cannot be arranged as asked."""

from __future__ import annotations

from jangteo.domains.payments.errors import PaymentRefused


class PoliciesOverlap(PaymentRefused):
    """Two rows of one scheme and area hold on the same day. Facts: scheme, area, first, second, day."""

    code = "payments.policies_overlap"


class PolicyUnsound(PaymentRefused):
    """A row that cannot be meant: it ends before it starts, a cap is negative. Facts: policy, field."""

    code = "payments.policy_unsound"


class PolicyTooLate(PaymentRefused):
    """The row would end before today, though orders were paid under it. Facts: policy, day."""

    code = "payments.policy_too_late"


class PolicyOver(PaymentRefused):
    """The row has ended, or ends no later than asked for. Facts: policy, day."""

    code = "payments.policy_over"


class PolicyFileUnknown(PaymentRefused):
    """The file has no row of headings that policies are read by. Facts: file, missing, found."""

    code = "payments.policy_file_unknown"


class PolicyRowBroken(PaymentRefused):
    """A cell cannot be meant. Facts: file, line, column (the heading)."""

    code = "payments.policy_row_broken"


class BudgetUsedUp(PaymentRefused):
    """The program that pays the cashback has less left. Facts: program, asked_won."""

    code = "payments.budget_used_up"


class TendersFallShort(PaymentRefused):
    """What the customer holds does not cover the basket, however combined. Facts: short_won."""

    code = "payments.tenders_fall_short"


class TendersDoNotCombine(PaymentRefused):
    """It is enough money, but what may be combined does not come out: exclusive schemes, least payments."""

    code = "payments.tenders_do_not_combine"


class SumsDiffer(PaymentRefused):
    """The tenders do not come to what the lines come to. Facts: lines_won, tenders_won."""

    code = "payments.sums_differ"


class TenderDoesNotFit(PaymentRefused):
    """A tender is more than the goods it may pay, beside the other tenders. Facts: tender, won, over_won."""

    code = "payments.tender_does_not_fit"


class TenderPaysWholeLines(PaymentRefused):
    """A tender that stands alone does not come to whole lines. Facts: tender, won."""

    code = "payments.tender_pays_whole_lines"


class NothingToRefund(PaymentRefused):
    """Facts: asked_won."""

    code = "payments.nothing_to_refund"


class RefundOverLeft(PaymentRefused):
    """More is asked back than is left of the line or order. Facts: asked_won, left_won."""

    code = "payments.refund_over_left"
