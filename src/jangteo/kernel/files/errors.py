"""Why a file from outside was not read. Line numbers are those a person sees, from 1."""

from __future__ import annotations

from jangteo.kernel.errors import Refused


class FileRefused(Refused):
    """The file as a whole; nothing of it was taken in."""

    code = "file.refused"


class FileEmpty(FileRefused):
    """Facts: file."""

    code = "file.empty"


class FileTooLarge(FileRefused):
    """Facts: file, most (megabytes)."""

    code = "file.too_large"


class FileNotTable(FileRefused):
    """Neither text in columns nor XLSX. Facts: file, looks ("xls", "html", "pdf", "locked", "binary")."""

    code = "file.not_table"


class FileEncodingUnknown(FileRefused):
    """Text in neither UTF-8 nor CP949. Facts: file."""

    code = "file.encoding_unknown"


class FileBroken(FileRefused):
    """Cut off or damaged. Facts: file, line (0 when the file as a whole cannot be opened)."""

    code = "file.broken"
