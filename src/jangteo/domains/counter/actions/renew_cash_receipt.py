"""Part of an order's money went back: its cash receipt is taken back and issued anew over what is left."""

from __future__ import annotations

from jangteo.domains.counter.actions.fit_receipt import fit_receipt
from jangteo.domains.counter.models import CashReceipt
from jangteo.domains.markets.models import Market
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def renew_cash_receipt(*, market: Market, actor: Actor, about: str) -> CashReceipt | None:
    """See `fit_receipt`."""
    return fit_receipt(market=market, actor=actor, about=about)
