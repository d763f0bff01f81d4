"""Nobody asked for a cash receipt, and the law wants one."""

from __future__ import annotations

from jangteo.domains.counter.actions.write_receipt import write_receipt
from jangteo.domains.counter.models import CashReceipt
from jangteo.domains.counter.queries import cash_basis, cash_receipt_about
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.receipts_port import SELF_ISSUE_NUMBER, Identifier, IdentifierKind, ReceiptUse
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def issue_unasked(*, market: Market, actor: Actor, about: str) -> CashReceipt | None:
    """Queue it on the tax office's own number. None where one was asked for meanwhile, or the money went back."""
    basis = cash_basis(market, about)
    if basis is None or cash_receipt_about(about) is not None:
        return None
    identifier = Identifier(IdentifierKind.PHONE, SELF_ISSUE_NUMBER)
    receipt = write_receipt(market=market, basis=basis, use=ReceiptUse.PERSONAL, identifier=identifier, unasked=True)
    audit.record(actor, "cash_receipt.unasked", f"receipt:{receipt.pk}", amount_won=receipt.amount_won)
    return receipt
