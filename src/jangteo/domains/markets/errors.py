"""Why a file of markets was not taken in, a market not opened, or a stall, a street or a market not written down."""

from __future__ import annotations

from jangteo.kernel.errors import Refused


class MarketsRefused(Refused):
    code = "markets.refused"


class FileRefused(MarketsRefused):
    """The file as a whole cannot be read; nothing of it was taken in."""

    code = "markets.file_refused"


class FileEmpty(FileRefused):
    """No header, or a header without one row."""

    code = "markets.file_empty"


class FileTooLarge(FileRefused):
    """Facts: megabytes, most."""

    code = "markets.file_too_large"


class FileNotText(FileRefused):
    """It holds NUL bytes: a picture, an Excel workbook, an archive."""

    code = "markets.file_not_text"


class FileEncodingUnknown(FileRefused):
    """Neither UTF-8 nor CP949."""

    code = "markets.file_encoding_unknown"


class FileOtherKind(FileRefused):
    """Public data about markets, but not the list of markets. Facts: kind."""

    code = "markets.file_other_kind"


class ColumnsMissing(FileRefused):
    """Facts: missing and found, both as comma separated Korean headers."""

    code = "markets.columns_missing"


class DecisionUnusable(FileRefused):
    """A person's decision names a row or a market that cannot be used. Facts: row, code."""

    code = "markets.decision_unusable"


class MarketUnknown(MarketsRefused):
    """Facts: code."""

    code = "markets.market_unknown"


class MarketAlreadyOpen(MarketsRefused):
    """Facts: name, slug."""

    code = "markets.already_open"


class MarketClosed(MarketsRefused):
    """It was open here and has closed for good. Facts: name."""

    code = "markets.closed"


class SlugInvalid(MarketsRefused):
    """Facts: slug, most."""

    code = "markets.slug_invalid"


class SlugReserved(MarketsRefused):
    """The word is an address of the program itself. Facts: slug."""

    code = "markets.slug_reserved"


class SlugTaken(MarketsRefused):
    """Facts: slug, name of the market that has it."""

    code = "markets.slug_taken"


class ColourInvalid(MarketsRefused):
    """Facts: colour."""

    code = "markets.colour_invalid"


class BadMarket(MarketsRefused):
    """A field of a market cannot be as it is. Facts: field."""

    code = "markets.bad_market"


class BadStreet(MarketsRefused):
    """The name of a street is missing or too long. Facts: field."""

    code = "markets.bad_street"


class StreetNameTaken(MarketsRefused):
    """Another street of the market has this name. Facts: name."""

    code = "markets.street_name_taken"


class BadStall(MarketsRefused):
    """A field of a stall is missing, too long, or closes before it opens. Facts: field."""

    code = "markets.bad_stall"


class StallNameTaken(MarketsRefused):
    """Another stall of the market has this name. Facts: name."""

    code = "markets.stall_name_taken"


class StripeTooFaint(MarketsRefused):
    """Nobody would see the stripe. Facts: contrast (as text, "1.8"), least."""

    code = "markets.stripe_too_faint"
