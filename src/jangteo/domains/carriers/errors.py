from __future__ import annotations

from jangteo.kernel.errors import Refused


class CarriersRefused(Refused):
    code = "carriers.refused"


class NotForDelivery(CarriersRefused):
    """The customer fetches this order, or it is over without anything handed over."""

    code = "carriers.not_for_delivery"


class QuickNotSetUp(CarriersRefused):
    """Nobody is configured to be called, or people practise."""

    code = "carriers.quick_not_set_up"


class QuickUnderWay(CarriersRefused):
    """An errand for this order runs already."""

    code = "carriers.quick_under_way"


class TooLateToStop(CarriersRefused):
    """The courier has the goods, or the errand is over."""

    code = "carriers.too_late_to_stop"


class MarketNowhere(CarriersRefused):
    """The market has no place on the map, so no courier can be sent there."""

    code = "carriers.market_nowhere"


class PointUnreadable(CarriersRefused):
    """Not two numbers of a map in Korea."""

    code = "carriers.point_unreadable"


class PointSwapped(CarriersRefused):
    """The longitude came first."""

    code = "carriers.point_swapped"


class PointFar(CarriersRefused):
    """Too far from the market for a quick courier."""

    code = "carriers.point_far"


class CarrierUnknown(CarriersRefused):
    """No such carrier."""

    code = "carriers.carrier_unknown"


class NumberNotDigits(CarriersRefused):
    """Something besides digits, spaces and hyphens is in it, or nothing."""

    code = "carriers.number_not_digits"


class NumberLength(CarriersRefused):
    """Facts: carrier (its name), lengths ("10, 12"), digits (how many there are)."""

    code = "carriers.number_length"


class NumberDoubtful(CarriersRefused):
    """The last digit is not what it usually is. Said once; who is sure says so. Facts: carrier."""

    code = "carriers.number_doubtful"


class NumberTaken(CarriersRefused):
    """The same number is with another order. Facts: order (its number)."""

    code = "carriers.number_taken"


class TextTooLong(CarriersRefused):
    """Facts: most."""

    code = "carriers.text_too_long"
