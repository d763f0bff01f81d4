"""A sheet of labels for boxes and bags: eight to a page of A4."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.adapters.paper.press import as_pdf, as_png
from jangteo.domains.carriers.ports import Label
from jangteo.kernel.clock import KST

_TEMPLATE = "labels"


def labels_pdf(labels: Sequence[Label]) -> bytes:
    """Raises ValueError for none."""
    return as_pdf(_TEMPLATE, _values(labels))


def labels_png(labels: Sequence[Label], *, ppi: int = 100) -> list[bytes]:
    """The same pages as pictures."""
    return as_png(_TEMPLATE, _values(labels), ppi=ppi)


def _values(labels: Sequence[Label]) -> list[dict[str, str]]:
    if not labels:
        raise ValueError("no labels to print")
    return [
        {
            "market": one.market,
            "number": str(one.number),
            "name": one.name,
            "phone": _grouped(one.phone),
            "address": one.address,
            "careful": one.careful,
            "wanted": f"{one.wanted_at.astimezone(KST):%m.%d %H:%M}",
        }
        for one in labels
    ]


def _grouped(phone: str) -> str:
    """01012345678 as 010-1234-5678; anything else as it is."""
    return f"{phone[:3]}-{phone[3:-4]}-{phone[-4:]}" if phone.isdigit() and len(phone) in (10, 11) else phone
