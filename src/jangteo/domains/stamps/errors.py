from __future__ import annotations

from jangteo.kernel.errors import Refused


class StampsRefused(Refused):
    code = "stamps.refused"


class BadProgramme(StampsRefused):
    """How many stamps, or per how many won, lies outside what a paper card would hold. Facts: least, most."""

    code = "stamps.bad_programme"


class NoRewardThere(StampsRefused):
    """The reward's coupon is another stall's, or is stopped."""

    code = "stamps.no_reward_there"


class ProgrammeRuns(StampsRefused):
    """The stall (or the market) collects stamps already; that is stopped first."""

    code = "stamps.programme_runs"


class NoProgramme(StampsRefused):
    """Nobody collects stamps here."""

    code = "stamps.no_programme"


class BadWho(StampsRefused):
    """Neither a mobile number nor six digits that a customer's page shows now."""

    code = "stamps.bad_who"


class CodeOver(StampsRefused):
    """The six digits, or the code that was scanned, are used up, too old, or were never made."""

    code = "stamps.code_over"


class AlreadyStamped(StampsRefused):
    """This purchase has its stamp."""

    code = "stamps.already_stamped"


class TooSoon(StampsRefused):
    """The same person was stamped here without a sale a moment ago. Facts: minutes until it may be done again."""

    code = "stamps.too_soon"


class EnoughToday(StampsRefused):
    """The person has had all stamps that one day gives. Facts: most."""

    code = "stamps.enough_today"


class TooSmall(StampsRefused):
    """The purchase is smaller than one stamp asks for. Facts: per_won."""

    code = "stamps.too_small"


class NoSuchPurchase(StampsRefused):
    """The sale is not this stall's, is not paid, or is too long ago."""

    code = "stamps.no_such_purchase"


class TooLate(StampsRefused):
    """What was stamped can be taken back for some seconds only."""

    code = "stamps.too_late"


class BadPaper(StampsRefused):
    """A paper card holds at least one stamp and fewer than a full one has. Facts: most."""

    code = "stamps.bad_paper"
