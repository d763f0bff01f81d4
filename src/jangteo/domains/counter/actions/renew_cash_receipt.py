"""Part of the money went back: the cash receipt is taken back and issued anew over what is left."""

from __future__ import annotations

from jangteo.domains.counter.actions.take_back_receipt import take_back_receipt
from jangteo.domains.counter.actions.write_receipt import write_receipt
from jangteo.domains.counter.models import CashReceipt
from jangteo.domains.counter.queries import cash_basis, cash_receipt_about
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.receipts_port import Identifier, IdentifierKind, ReceiptUse
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def renew_cash_receipt(*, market: Market, actor: Actor, about: str) -> CashReceipt | None:
    """Bring the receipt up to what is left of its cash. None where nothing had to be issued anew.

    The digits are forgotten after a month; then it is taken back, and the customer has to ask again.
    """
    known, basis = cash_receipt_about(about), cash_basis(market, about)
    if known is None or (basis is not None and _fits(known, basis.won, basis.tax_free_won)):
        return None
    taken_back = take_back_receipt(about=about)
    if taken_back is None:
        return None
    audit.record(actor, "cash_receipt.taken_back", f"receipt:{known.pk}", amount_won=known.amount_won)
    if basis is None or not taken_back.digits:
        return None
    identifier = Identifier(IdentifierKind(taken_back.kind), taken_back.digits)
    use = ReceiptUse(taken_back.use)
    return write_receipt(market=market, basis=basis, use=use, identifier=identifier, unasked=taken_back.unasked)


def _fits(receipt: CashReceipt, won: int, tax_free_won: int) -> bool:
    return (receipt.amount_won, receipt.tax_free_won) == (won, tax_free_won)
