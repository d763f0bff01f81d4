"""The customer wants a cash receipt."""

from __future__ import annotations

from dataclasses import dataclass, field

from jangteo.domains.counter.actions.write_receipt import write_receipt
from jangteo.domains.counter.errors import AlreadyAsked, BadIdentifier, NoCashReceipts, NothingToReceipt
from jangteo.domains.counter.issuers import receipts_are_issued
from jangteo.domains.counter.models import CashReceipt
from jangteo.domains.counter.queries import LIVING, cash_basis, cash_receipt_about
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.receipts_port import Identifier, IdentifierKind, ReceiptUse
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class WantedReceipt:
    """`about` is the ref of a sale or an order; `digits` as typed, with or without hyphens."""

    about: str
    use: str
    kind: str
    digits: str = field(repr=False)


@action
def ask_cash_receipt(*, market: Market, actor: Actor, wanted: WantedReceipt) -> CashReceipt:
    """Queue its issue over what was paid with cash and the like. Asked again with the same digits, nothing changes.

    Raises NoCashReceipts, BadIdentifier, NothingToReceipt, AlreadyAsked.
    """
    if not receipts_are_issued():
        raise NoCashReceipts
    use, identifier = _read(wanted)
    basis = cash_basis(market, wanted.about)
    if basis is None:
        raise NothingToReceipt
    known = cash_receipt_about(wanted.about)
    if known is not None and known.state in LIVING:
        if known.digits == identifier.digits:
            return known
        raise AlreadyAsked
    receipt = write_receipt(market=market, basis=basis, use=use, identifier=identifier, unasked=False)
    audit.record(actor, "cash_receipt.asked", f"receipt:{receipt.pk}", amount_won=receipt.amount_won)
    return receipt


def _read(wanted: WantedReceipt) -> tuple[ReceiptUse, Identifier]:
    digits = wanted.digits.replace("-", "").replace(" ", "")
    try:
        use, identifier = ReceiptUse(wanted.use), Identifier(IdentifierKind(wanted.kind), digits)
    except ValueError:
        raise BadIdentifier from None
    if use is ReceiptUse.PERSONAL and identifier.kind is IdentifierKind.BUSINESS:
        raise BadIdentifier
    return use, identifier
