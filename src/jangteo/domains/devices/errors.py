"""What can go wrong with a screen."""

from __future__ import annotations

from jangteo.kernel.errors import Refused


class DevicesRefused(Refused):
    code = "devices.refused"


class PairingUnknown(DevicesRefused):
    """No screen shows these digits, or it has shown them for too long."""

    code = "devices.pairing_unknown"


class PairingMistyped(DevicesRefused):
    """The digits cannot be a pairing number: one was misread."""

    code = "devices.pairing_mistyped"


class BadScreen(DevicesRefused):
    """A name or a place is empty or too long, or there is too much to keep. Facts: most_name, most_place."""

    code = "devices.bad_screen"
