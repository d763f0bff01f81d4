"""The receipt as a PDF in the shape of the market's order ticket."""

from __future__ import annotations

from jangteo.adapters.paper import words
from jangteo.adapters.paper.press import as_pdf, as_png
from jangteo.domains.counter.papers import Line, Receipt, Section
from jangteo.kernel.qr import qr_svg

_TEMPLATE = "receipt"


def receipt_pdf(receipt: Receipt) -> bytes:
    """One page, 80 mm wide and as long as it has to be."""
    return as_pdf(_TEMPLATE, _values(receipt))


def receipt_png(receipt: Receipt, *, ppi: int = 200) -> bytes:
    """The same as a picture."""
    (page,) = as_png(_TEMPLATE, _values(receipt), ppi=ppi)
    return page


def _values(receipt: Receipt) -> dict[str, object]:
    return {
        "market": receipt.market_name,
        "stripe_a": receipt.stripe_a,
        "stripe_b": receipt.stripe_b,
        "title": words.title(receipt),
        "numbered": words.numbered(receipt),
        "order": [] if receipt.is_of_counter else [words.ORDER, receipt.order_number],
        "moment": receipt.printed_moment,
        "sections": [_section(section) for section in receipt.sections],
        "exempt_note": words.EXEMPT_NOTE if any(section.marks_exempt for section in receipt.sections) else "",
        "total": [words.TOTAL, words.won(receipt.total_won)],
        "rows": [[tender.name, words.won(tender.amount_won)] for tender in receipt.tenders],
        "facts": receipt.facts,
        "link": receipt.link,
        "qr": qr_svg(receipt.link),
        "again": words.again(receipt),
        "thanks": words.THANKS,
    }


def _section(section: Section) -> dict[str, object]:
    return {
        "stall": section.stall_name,
        "seller": words.seller(section),
        "lines": [_line(section, line) for line in section.lines],
        "tax": words.tax_rows(section),
        "total": [words.STALL_TOTAL, words.number(section.total_won)],
    }


def _line(section: Section, line: Line) -> list[str]:
    mark = words.EXEMPT_MARK if line.is_exempt and section.marks_exempt else ""
    return [line.name, mark, line.origin, line.note, words.number(line.amount_won)]
