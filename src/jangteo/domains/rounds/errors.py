"""Why a round could not be planned, or a press at the door does not count."""

from __future__ import annotations

from jangteo.kernel.errors import Refused


class RoundsRefused(Refused):
    code = "rounds.refused"


class NoCouriers(RoundsRefused):
    """Nobody was chosen to bring the wave."""

    code = "rounds.no_couriers"


class NothingToBring(RoundsRefused):
    """The wave has no order that still has to go out."""

    code = "rounds.nothing_to_bring"


class WayUnknown(RoundsRefused):
    """Whoever knows how far it is did not answer."""

    code = "rounds.way_unknown"


class NotGathered(RoundsRefused):
    """A stall has not made its part ready. Facts: number."""

    code = "rounds.not_gathered"


class CalledOff(RoundsRefused):
    """The order was cancelled: it comes back to the market. Facts: number."""

    code = "rounds.called_off"


class StopOver(RoundsRefused):
    """The stop has ended in another way already. Facts: number."""

    code = "rounds.stop_over"


class StepsMissing(RoundsRefused):
    """Before an order goes back, the courier has called and waited."""

    code = "rounds.steps_missing"


class BadPress(RoundsRefused):
    """What the phone sent is no press of this page."""

    code = "rounds.bad_press"


class BadRate(RoundsRefused):
    """The pay for a stop is no amount, or its day has gone by."""

    code = "rounds.bad_rate"
