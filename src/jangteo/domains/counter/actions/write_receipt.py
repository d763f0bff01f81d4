"""A cash receipt is written down, and its issue queued."""

from __future__ import annotations

from jangteo.domains.counter.errors import AlreadyAsked
from jangteo.domains.counter.models import CashReceipt
from jangteo.domains.counter.queries import CashBasis
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.receipts_port import Identifier, ReceiptUse
from jangteo.domains.payments.rules.vat import vat_in
from jangteo.kernel import clock, ids
from jangteo.kernel.action import step
from jangteo.kernel.outbox import emit

SHOWN_DIGITS = 4


@step
def write_receipt(
    *, market: Market, basis: CashBasis, use: ReceiptUse, identifier: Identifier, unasked: bool
) -> CashReceipt:
    """Exactly what was paid with cash and the like, with the VAT in its taxed part. Raises AlreadyAsked."""
    moment = clock.now()
    living = (CashReceipt.State.ASKED, CashReceipt.State.ISSUED)
    if CashReceipt.objects.filter(about=basis.about, state__in=living).exists():
        raise AlreadyAsked
    receipt = CashReceipt.objects.create(
        market=market,
        about=basis.about,
        ref=f"receipt-{ids.new_token()}",
        use=use.value,
        kind=identifier.kind.value,
        digits=identifier.digits,
        shown=identifier.digits[-SHOWN_DIGITS:],
        unasked=unasked,
        name=basis.name,
        amount_won=basis.won,
        tax_free_won=basis.tax_free_won,
        vat_won=vat_in(basis.won - basis.tax_free_won),
        paid_at=basis.paid_at,
        asked_at=moment,
        changed_at=moment,
    )
    emit("receipt.issue", key=f"{receipt.ref}:issue", receipt_id=receipt.pk)
    return receipt
