from __future__ import annotations

from jangteo.kernel.errors import Refused


class RebatesRefused(Refused):
    code = "rebates.refused"


class BadRebate(RebatesRefused):
    """A part of an event's setting cannot be. Facts: field."""

    code = "rebates.bad_event"


class EventClash(RebatesRefused):
    """Another event of this market runs on one of the days. Facts: name."""

    code = "rebates.event_clash"


class DeskClosed(RebatesRefused):
    """It is not the day or the hour, or the association stopped it. Facts: name."""

    code = "rebates.desk_closed"


class AllGone(RebatesRefused):
    """No money or no paper is left, so the queue takes nobody any more."""

    code = "rebates.all_gone"


class ToldTooOften(RebatesRefused):
    """The number's turn was told as often as it may be."""

    code = "rebates.told_too_often"


class PotEmpty(RebatesRefused):
    """The money for this kind does not reach any more. Facts: field (the kind), left_won."""

    code = "rebates.pot_empty"


class PaperShort(RebatesRefused):
    """More vouchers than lie in the drawer. Facts: needed, left."""

    code = "rebates.paper_short"


class BadAmount(RebatesRefused):
    """An amount of nothing, too large, or more of a kind than the whole receipt. Facts: most_won."""

    code = "rebates.bad_amount"


class ReceiptTooOld(RebatesRefused):
    """Bought on another day than counts. Facts: day."""

    code = "rebates.receipt_too_old"


class ReceiptElsewhere(RebatesRefused):
    """Not a receipt of this market, or of none that is paid."""

    code = "rebates.receipt_elsewhere"


class ReceiptUsed(RebatesRefused):
    """It was counted before. Facts: day, time."""

    code = "rebates.receipt_used"


class ReceiptThere(RebatesRefused):
    """It is in this very list already."""

    code = "rebates.receipt_there"


class ReceiptUnknown(RebatesRefused):
    """The stall or the time of a paper receipt is missing or cannot be."""

    code = "rebates.receipt_unknown"


class NobodyNamed(RebatesRefused):
    """Nobody has said whose receipts these are."""

    code = "rebates.nobody_named"


class SumChanged(RebatesRefused):
    """Since the screen was made something changed what there is to pay. Facts: vouchers."""

    code = "rebates.sum_changed"


class NothingDue(RebatesRefused):
    code = "rebates.nothing_due"


class VisitOver(RebatesRefused):
    """This number has been served, or was given up."""

    code = "rebates.visit_over"


class NobodyWaits(RebatesRefused):
    code = "rebates.nobody_waits"


class UndoneBefore(RebatesRefused):
    code = "rebates.undone_before"


class BadCount(RebatesRefused):
    """Facts: most."""

    code = "rebates.bad_count"
