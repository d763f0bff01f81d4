"""Receipts and order slips as bytes for a till printer that speaks ESC/POS with Korean characters (KS X 1001, CP949).

Columns are counted in bytes of CP949: such printers give two columns to every character of two bytes and one to every
other, the signs whose width Unicode leaves open (·, ×, ①) among them.
"""

from __future__ import annotations

from collections.abc import Iterator

from jangteo.adapters.paper import words
from jangteo.domains.counter.papers import Line, Paper, Receipt, Section
from jangteo.domains.counter.slip_papers import OrderSlip

ENCODING = "cp949"

_INIT = b"\x1b@"
_KOREAN = b"\x1c&"  # two-byte characters on
_LEFT, _CENTRE = b"\x1ba\x00", b"\x1ba\x01"
_PLAIN, _DOUBLE, _HUGE = b"\x1d!\x00", b"\x1d!\x11", b"\x1d!\x22"
_BOLD, _NOT_BOLD = b"\x1bE\x01", b"\x1bE\x00"
_FEED_AND_CUT = b"\x1bd\x03\x1dVB\x00"
_QR_MODEL_2, _QR_DOT_SIZE, _QR_LEVEL_M, _QR_PRINT = b"1A2\x00", b"1C\x06", b"1E1", b"1Q0"
_QR_STORE = b"1P0"
_CONTROLS = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0))}


def receipt_bytes(receipt: Receipt, paper: Paper) -> bytes:
    """Everything from waking the printer to cutting the paper. A character it does not have is printed as "?"."""
    return b"".join(_receipt(receipt, paper))


def slip_bytes(slip: OrderSlip, paper: Paper) -> bytes:
    """The same for an order's slip: its number as large as the printer can, for reading at arm's length."""
    return b"".join(_slip(slip, paper))


def _slip(slip: OrderSlip, columns: int) -> Iterator[bytes]:
    yield _INIT + _KOREAN + _CENTRE
    yield from _lines(f"{slip.market_name} {slip.stall_name} {words.SLIP}", columns)
    yield _HUGE
    yield from _lines(words.slip_number(slip.number), columns // 3)
    yield _DOUBLE
    yield from _lines(slip.how, columns // 2)
    yield _LEFT + _text("-" * (columns // 2))
    for line in slip.lines:
        yield from _row(line.what, line.won, columns // 2)
    yield _text("-" * (columns // 2))
    yield from _row(words.TOTAL, slip.total, columns // 2)
    yield _PLAIN
    for told in (slip.customer, slip.paid, slip.note):
        yield from _lines(told, columns)
    yield _CENTRE + _qr(slip.link)
    yield from _lines(words.answer(slip.number), columns)
    yield _FEED_AND_CUT


def _receipt(receipt: Receipt, columns: int) -> Iterator[bytes]:
    yield _INIT + _KOREAN + _CENTRE
    yield from _lines(receipt.market_name, columns)
    yield _DOUBLE
    yield from _lines(words.numbered(receipt), columns // 2)
    yield _PLAIN
    yield from _lines(receipt.printed_moment, columns)
    yield _LEFT
    for section in receipt.sections:
        yield from _section(section, columns)
    yield _text("=" * columns)
    yield _DOUBLE
    yield from _row(words.TOTAL, words.won(receipt.total_won), columns // 2)
    yield _PLAIN
    for tender in receipt.tenders:
        yield from _row(tender.name, words.won(tender.amount_won), columns)
    if receipt.facts:
        yield _text("-" * columns)
    for label, fact in receipt.facts:
        yield from _row(label, fact, columns)
    yield _text("-" * columns)
    if any(section.marks_exempt for section in receipt.sections):
        yield from _lines(words.EXEMPT_NOTE, columns)
    yield _CENTRE
    yield from _lines(words.again(receipt), columns)
    yield _qr(receipt.link)
    yield from _lines(words.THANKS, columns)
    yield _FEED_AND_CUT


def _section(section: Section, columns: int) -> Iterator[bytes]:
    yield _text("-" * columns)
    yield _BOLD
    yield from _lines(section.stall_name, columns)
    yield _NOT_BOLD
    yield from _lines(words.seller(section), columns)
    for line in section.lines:
        yield from _row(_name(section, line), words.number(line.amount_won), columns)
        for part in (*_wrapped(line.origin, columns - 2), *_wrapped(line.note, columns - 2)):
            yield _text(f"  {part}")
    for label, amount in words.tax_rows(section):
        yield from _row(f"  {label}", amount, columns)
    yield _BOLD
    yield from _row(words.STALL_TOTAL, words.number(section.total_won), columns)
    yield _NOT_BOLD


def _name(section: Section, line: Line) -> str:
    return f"{line.name} {words.EXEMPT_MARK}" if line.is_exempt and section.marks_exempt else line.name


def _row(label: str, value: str, columns: int) -> Iterator[bytes]:
    """The label on the left, wrapped if need be, and the value at the right end of its last line or else below it."""
    *above, last = _wrapped(label, columns) or [""]
    first, *below = _wrapped(value, columns) or [""]
    room = columns - _width(last) - _width(first)
    beside = [last + " " * room + first] if room >= 1 else [last, _at_the_right(first, columns)]
    return (_text(line) for line in [*above, *beside, *(_at_the_right(line, columns) for line in below)])


def _at_the_right(line: str, columns: int) -> str:
    return " " * (columns - _width(line)) + line


def _lines(text: str, columns: int) -> Iterator[bytes]:
    return (_text(line) for line in _wrapped(text, columns))


def _wrapped(text: str, columns: int) -> list[str]:
    """Broken between words; a word of more than a whole line is broken where the line ends. Leading spaces stay."""
    text = _printable(text)
    indent = " " * (len(text) - len(text.lstrip()))
    lines: list[str] = []
    current = indent
    for word in text.split():
        joined = f"{current} {word}" if current.strip() else current + word
        if _width(joined) <= columns:
            current = joined
            continue
        if current.strip():
            lines.append(current)
        *full, current = _pieces(indent + word, columns)
        lines += full
    return [*lines, current] if current.strip() else lines


def _pieces(word: str, columns: int) -> list[str]:
    pieces = [""]
    for character in word:
        if _width(pieces[-1] + character) > columns:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _printable(text: str) -> str:
    """Without control characters: a name must not be able to command the printer."""
    return text.translate(_CONTROLS).encode(ENCODING, errors="replace").decode(ENCODING)


def _width(text: str) -> int:
    return len(text.encode(ENCODING))


def _text(line: str) -> bytes:
    return line.encode(ENCODING) + b"\n"


def _qr(text: str) -> bytes:
    """Model 2, six dots a module, level M: the printer draws it."""
    functions = (_QR_MODEL_2, _QR_DOT_SIZE, _QR_LEVEL_M, _QR_STORE + text.encode(), _QR_PRINT)
    return b"".join(b"\x1d(k" + len(function).to_bytes(2, "little") + function for function in functions)
