"""The cash receipt of an order or a sale follows the money that is left of it."""

from __future__ import annotations

from jangteo.domains.counter.actions.take_back_receipt import take_back_receipt
from jangteo.domains.counter.actions.write_receipt import write_receipt
from jangteo.domains.counter.models import CashReceipt
from jangteo.domains.counter.queries import LIVING, cash_basis, cash_receipt_about
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.receipts_port import Identifier, IdentifierKind, ReceiptUse
from jangteo.kernel import audit
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def fit_receipt(*, market: Market, actor: Actor, about: str) -> CashReceipt | None:
    """Take back a receipt over another amount, and issue one over what is left. None where nothing is issued anew.

    One that was taken back comes again with the money. The digits are forgotten after a month; then the customer has
    to ask again.
    """
    known = cash_receipt_about(about)
    if known is None or known.state == CashReceipt.State.REJECTED:
        return None
    basis, lives = cash_basis(market, about), known.state in LIVING
    if lives and basis is not None and (known.amount_won, known.tax_free_won) == (basis.won, basis.tax_free_won):
        return None
    if lives and take_back_receipt(about=about) is not None:
        audit.record(actor, "cash_receipt.taken_back", f"receipt:{known.pk}", amount_won=known.amount_won)
    if basis is None or not known.digits:
        return None
    return write_receipt(
        market=market,
        basis=basis,
        use=ReceiptUse(known.use),
        identifier=Identifier(IdentifierKind(known.kind), known.digits),
        unasked=known.unasked,
    )
