"""Why an order or a stall's part of it could not be changed."""

from __future__ import annotations

from jangteo.kernel.errors import Refused


class OrderingRefused(Refused):
    code = "ordering.refused"


class BasketEmpty(OrderingRefused):
    code = "ordering.basket_empty"


class TooManyLines(OrderingRefused):
    """Facts: most."""

    code = "ordering.too_many_lines"


class GoodGone(OrderingRefused):
    """The good is not sold any more, or was never this market's."""

    code = "ordering.good_gone"


class GoodSoldOut(OrderingRefused):
    """Facts: name, good_id."""

    code = "ordering.good_sold_out"


class PriceAsked(OrderingRefused):
    """The price is asked for at the stall (시가), so it cannot be agreed on ahead. Facts: name, good_id."""

    code = "ordering.price_asked"


class NotEnough(OrderingRefused):
    """Facts: name, good_id, left."""

    code = "ordering.not_enough"


class BadQuantity(OrderingRefused):
    """Facts: most."""

    code = "ordering.bad_quantity"


class BadCeiling(OrderingRefused):
    """A weighed good without a ceiling that covers its estimate. Facts: name, least_won."""

    code = "ordering.bad_ceiling"


class StallClosed(OrderingRefused):
    """Facts: stall."""

    code = "ordering.stall_closed"


class BadTime(OrderingRefused):
    """The wanted time is past or outside the market's hours."""

    code = "ordering.bad_time"


class BadPhone(OrderingRefused):
    code = "ordering.bad_phone"


class NameMissing(OrderingRefused):
    code = "ordering.name_missing"


class AddressMissing(OrderingRefused):
    code = "ordering.address_missing"


class TextTooLong(OrderingRefused):
    """Facts: field, most."""

    code = "ordering.text_too_long"


class MoveNotAllowed(OrderingRefused):
    """Facts: was, became."""

    code = "ordering.move_not_allowed"


class NotWeighed(OrderingRefused):
    """A weighed line has no grams yet. Facts: name."""

    code = "ordering.not_weighed"


class NotAWeighedLine(OrderingRefused):
    code = "ordering.not_a_weighed_line"


class BadGrams(OrderingRefused):
    """Facts: most."""

    code = "ordering.bad_grams"


class OverCeiling(OrderingRefused):
    """Facts: name, amount_won, ceiling_won, most_grams."""

    code = "ordering.over_ceiling"


class OrderUnknown(OrderingRefused):
    code = "ordering.order_unknown"


class NotPaidAhead(OrderingRefused):
    """What is paid at the stalls or at the door cannot be kept: nobody has paid it."""

    code = "ordering.not_paid_ahead"


class TooLateToCancel(OrderingRefused):
    code = "ordering.too_late_to_cancel"


class CardNotTaken(OrderingRefused):
    """Card payment is not set up here."""

    code = "ordering.card_not_taken"


class BadMoney(OrderingRefused):
    """Money that cannot pay an order here, or the same money twice."""

    code = "ordering.bad_money"


class NothingAhead(OrderingRefused):
    """What is paid at the stalls covers everything, so there is nothing to pay ahead."""

    code = "ordering.nothing_ahead"


class NothingToGiveBack(OrderingRefused):
    """Nothing of these lines was paid, handed over and not yet given back."""

    code = "ordering.nothing_to_give_back"


class BadCover(OrderingRefused):
    """Minutes that nobody is offered."""

    code = "ordering.bad_cover"


class KioskOrderBroken(OrderingRefused):
    """Not what a kiosk sends: an unknown tender, no ticket, an amount that cannot be."""

    code = "ordering.kiosk_order_broken"


class FeeChanged(OrderingRefused):
    """The delivery costs something else by now than the customer was shown. Facts: fee_won, what it costs now."""

    code = "ordering.fee_changed"


class BadSubstitute(OrderingRefused):
    """What to do where a good is missing is none of the three things that can be done."""

    code = "ordering.bad_substitute"


class NothingToBring(OrderingRefused):
    """A window of the delivery was chosen for an order that is fetched."""

    code = "ordering.nothing_to_bring"
