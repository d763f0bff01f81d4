"""Who issues cash receipts, handed over by the project at start, and from how much on one is issued unasked."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.payments.receipts_port import CashReceipts
from jangteo.kernel.tenancy import in_practice


@dataclass(frozen=True, slots=True)
class Issuing:
    """`unasked_from_won` 0: never unasked."""

    issuer: CashReceipts
    unasked_from_won: int


_issuing: list[Issuing] = []


def use(issuing: Issuing | None) -> None:
    """Replace who issues."""
    _issuing[:] = [] if issuing is None else [issuing]


def receipts_are_issued() -> bool:
    """True where customers can ask for a cash receipt: never where people practise."""
    return bool(_issuing) and not in_practice()
