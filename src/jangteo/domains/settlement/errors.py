"""Why a file, a pay-out or a comparison was refused. Line numbers are those a person sees, from 1."""

from __future__ import annotations

from jangteo.kernel.errors import Refused


class SettlementRefused(Refused):
    code = "settlement.refused"


class FileEmpty(SettlementRefused):
    """Facts: file."""

    code = "settlement.file_empty"


class FileTooLarge(SettlementRefused):
    """Facts: file, most (megabytes)."""

    code = "settlement.file_too_large"


class FileNotTable(SettlementRefused):
    """Neither text in columns nor XLSX. Facts: file, looks ("xls", "html", "pdf", "locked", "binary")."""

    code = "settlement.file_not_table"


class FileEncodingUnknown(SettlementRefused):
    """Text in neither UTF-8 nor CP949. Facts: file."""

    code = "settlement.file_encoding_unknown"


class FileBroken(SettlementRefused):
    """Cut off or damaged. Facts: file, line (0 when the file as a whole cannot be opened)."""

    code = "settlement.file_broken"


class FileUnknown(SettlementRefused):
    """No kind of file has these columns.

    Facts: file, nearest (the kind it resembles most, or ""), missing (that kind's columns that are not there),
    found (the headings that are).
    """

    code = "settlement.file_unknown"


class RowBroken(SettlementRefused):
    """A cell is not what its column holds. Facts: file, line, column (the heading)."""

    code = "settlement.row_broken"


class RowsContradict(SettlementRefused):
    """The same key stands there twice with other values. Facts: file, line, key."""

    code = "settlement.rows_contradict"


class NothingToCompare(SettlementRefused):
    """The files were read but nothing stands against them. Facts: have, wanted (kinds of files)."""

    code = "settlement.nothing_to_compare"


class LayoutBroken(SettlementRefused):
    """A bank's column map contradicts itself. Facts: layout, what."""

    code = "settlement.layout_broken"


class NothingToPay(SettlementRefused):
    code = "settlement.nothing_to_pay"


class LineNotPayable(SettlementRefused):
    """Facts: line (from 1), field ("bank_code", "account", "holder", "amount_won")."""

    code = "settlement.line_not_payable"


class LineTwice(SettlementRefused):
    """The same account, amount and memo twice in one pay-out. Facts: line, first."""

    code = "settlement.line_twice"


class ResultForeign(SettlementRefused):
    """The bank's answer names a payment that is not in the pay-out. Facts: file, line."""

    code = "settlement.result_foreign"


class ResultAmbiguous(SettlementRefused):
    """The bank's answer cannot be told apart between two lines of the pay-out. Facts: file, line."""

    code = "settlement.result_ambiguous"


class ResultUnknown(SettlementRefused):
    """The bank's word for how it ended is not in the layout. Facts: file, line, word."""

    code = "settlement.result_unknown"
