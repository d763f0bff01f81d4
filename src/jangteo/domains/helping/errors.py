from __future__ import annotations

from jangteo.kernel.errors import Refused


class HelpingRefused(Refused):
    code = "helping.refused"


class BadCall(HelpingRefused):
    """The place is missing, or a text is longer than its column."""

    code = "helping.bad_call"


class NoCarrying(HelpingRefused):
    """Bags are carried on market days only, and to the places that the market has chosen."""

    code = "helping.no_carrying"


class BadPoints(HelpingRefused):
    """Too many places, or a name that is too long. Facts: most, longest."""

    code = "helping.bad_points"


class CallTaken(HelpingRefused):
    """Somebody else goes there already. Facts: name."""

    code = "helping.call_taken"


class CallOver(HelpingRefused):
    """The call was answered, or taken back."""

    code = "helping.call_over"


class CodeWrong(HelpingRefused):
    """Not what the stall's phone shows, or it shows nothing any more."""

    code = "helping.code_wrong"


class StallHelped(HelpingRefused):
    """Somebody else acts for this stall now. Facts: name."""

    code = "helping.stall_helped"


class BadVisit(HelpingRefused):
    """Nothing was said to have been stuck, or something that is not in the list."""

    code = "helping.bad_visit"
