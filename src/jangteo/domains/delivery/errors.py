"""Why an order could not be promised a window, or a zone, window or fee could not be written down."""

from __future__ import annotations

from jangteo.kernel.errors import Refused


class DeliveryRefused(Refused):
    code = "delivery.refused"


class NoSuchWave(DeliveryRefused):
    """There is no such window on that day, or it does not run."""

    code = "delivery.no_such_wave"


class PastCutOff(DeliveryRefused):
    """Orders for the window were taken until a time that is over. Facts: until ("14:30")."""

    code = "delivery.past_cut_off"


class WaveFull(DeliveryRefused):
    """All seats of the window are taken."""

    code = "delivery.wave_full"


class OutsideZones(DeliveryRefused):
    """The address is in no zone. Facts: place, the address as it was understood."""

    code = "delivery.outside_zones"


class PlaceMissing(DeliveryRefused):
    """Neither a place was picked nor an address typed, or the place is not on the list any more."""

    code = "delivery.place_missing"


class DetailMissing(DeliveryRefused):
    """A 동 was picked, and nothing says which door."""

    code = "delivery.detail_missing"


class BadCoordinates(DeliveryRefused):
    """Facts: problem, "half", "swapped" or "outside"."""

    code = "delivery.bad_coordinates"


class NotReadyInTime(DeliveryRefused):
    """A stall of the order opens too late for the window. Facts: stall."""

    code = "delivery.not_ready_in_time"


class NoDelivery(DeliveryRefused):
    """The market does not deliver: no zone, no window or no fee has been set."""

    code = "delivery.none"


class NoWindow(DeliveryRefused):
    """Every window of the coming week is full, closed, or begins before a stall is ready."""

    code = "delivery.no_window"


class SeatTaken(DeliveryRefused):
    """The order has a seat in a wave already."""

    code = "delivery.seat_taken"


class BadZone(DeliveryRefused):
    """Facts: field."""

    code = "delivery.bad_zone"


class PlaceTwice(DeliveryRefused):
    """Facts: name, zone, the zone that has it already."""

    code = "delivery.place_twice"


class PlaceTooFar(DeliveryRefused):
    """A place lies outside the zone's radius. Facts: name, metres, radius_m."""

    code = "delivery.place_too_far"


class BadWindow(DeliveryRefused):
    """Facts: field."""

    code = "delivery.bad_window"


class BadPolicy(DeliveryRefused):
    """Facts: field."""

    code = "delivery.bad_policy"


class BadPromise(DeliveryRefused):
    """A revised time that lies in the past or ends before it begins."""

    code = "delivery.bad_promise"


class NothingPromised(DeliveryRefused):
    """The order was promised no window, or its seat was given back."""

    code = "delivery.nothing_promised"
