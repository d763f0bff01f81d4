from __future__ import annotations

from jangteo.kernel.errors import Refused


class PracticeRefused(Refused):
    code = "practice.refused"


class PracticeEnded(PracticeRefused):
    """The device still believes that it practises, and its copy is gone. Nothing may be done for real instead.

    Facts: face.
    """

    code = "practice.ended"


class NobodyCame(PracticeRefused):
    """There is nothing that an invented customer could order."""

    code = "practice.nobody_came"


class OtherMarket(PracticeRefused):
    """What was kept while offline belongs to another market than the one the device is in now; it is sent later."""

    code = "practice.other_market"
