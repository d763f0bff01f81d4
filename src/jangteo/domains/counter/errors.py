"""Why nothing was paid at the counter, by link, or receipted."""

from __future__ import annotations

from jangteo.kernel.errors import Refused


class CounterRefused(Refused):
    code = "counter.refused"


class BadAmount(CounterRefused):
    """Facts: least_won, most_won."""

    code = "counter.bad_amount"


class TextTooLong(CounterRefused):
    """Facts: most."""

    code = "counter.text_too_long"


class LinesWrong(CounterRefused):
    """Prices and measures of a sale do not make its amounts, or its goods are not this stall's."""

    code = "counter.lines_wrong"


class WayNotTaken(CounterRefused):
    """The stall, or this installation, does not take money this way."""

    code = "counter.way_not_taken"


class SaleUnknown(CounterRefused):
    code = "counter.sale_unknown"


class SaleOver(CounterRefused):
    """It was paid, refused or ran out meanwhile. Facts: state."""

    code = "counter.sale_over"


class TooLateToUndo(CounterRefused):
    """The money is on its way through a gateway, or it was given back too long ago."""

    code = "counter.too_late_to_undo"


class PayLinkDead(CounterRefused):
    """It ran out, or a newer one took its place."""

    code = "counter.pay_link_dead"


class PayLinkUsed(CounterRefused):
    """Somebody has paid already, or is paying now."""

    code = "counter.pay_link_used"


class NothingToPay(CounterRefused):
    """The order does not wait for a card any more."""

    code = "counter.nothing_to_pay"


class NoCashReceipts(CounterRefused):
    """Nobody issues cash receipts here."""

    code = "counter.no_cash_receipts"


class NothingToReceipt(CounterRefused):
    """Nothing of it was paid with cash or the like, or it is not final yet."""

    code = "counter.nothing_to_receipt"


class BadIdentifier(CounterRefused):
    """The number is no phone, card or business number."""

    code = "counter.bad_identifier"


class AlreadyAsked(CounterRefused):
    """There is a receipt for it, or one on its way."""

    code = "counter.already_asked"
