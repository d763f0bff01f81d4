"""The press of the program: typst for PDF, ESC/POS for till printers."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.adapters.paper import escpos, labels, sticker, ticket
from jangteo.domains.carriers.ports import Label
from jangteo.domains.counter.papers import Paper, Receipt, Sticker
from jangteo.domains.counter.slip_papers import OrderSlip


class TypstPress:
    """Safe to share between threads: nothing is kept from one paper to the next."""

    def stickers_pdf(self, stickers: Sequence[Sticker]) -> bytes:
        """A6, a page for each. Raises ValueError for none."""
        return sticker.stickers_pdf(stickers)

    def labels_pdf(self, labels_: Sequence[Label]) -> bytes:
        """A4, eight to a page. Raises ValueError for none."""
        return labels.labels_pdf(labels_)

    def receipt_pdf(self, receipt: Receipt) -> bytes:
        """One page, 80 mm wide and as long as it has to be."""
        return ticket.receipt_pdf(receipt)

    def receipt_bytes(self, receipt: Receipt, paper: Paper) -> bytes:
        """ESC/POS in CP949, for a till printer."""
        return escpos.receipt_bytes(receipt, paper)

    def slip_bytes(self, slip: OrderSlip, paper: Paper) -> bytes:
        """ESC/POS in CP949, for a till printer."""
        return escpos.slip_bytes(slip, paper)
