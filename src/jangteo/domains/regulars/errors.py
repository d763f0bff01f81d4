from __future__ import annotations

from jangteo.kernel.errors import Refused


class RegularsRefused(Refused):
    code = "regulars.refused"


class AlreadyAsked(RegularsRefused):
    """The person has asked to be forgotten and it is not over."""

    code = "regulars.already_asked"


class NothingToWithdraw(RegularsRefused):
    """There is no deletion that could still be called off."""

    code = "regulars.nothing_to_withdraw"


class ReasonMissing(RegularsRefused):
    """What is masked is shown, and much is taken out, only for a reason."""

    code = "regulars.reason_missing"


class TakeOutGone(RegularsRefused):
    """The file is older than a day."""

    code = "regulars.take_out_gone"


class MonthNotOver(RegularsRefused):
    """The looks of a month are gone through when it is over."""

    code = "regulars.month_not_over"
