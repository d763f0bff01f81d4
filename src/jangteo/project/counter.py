"""Joins the counter to its adapters: who acts on its payments, what it prints with, who issues its receipts."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.counter import issuers
from jangteo.domains.counter.actions.expire_sale import expire_sale
from jangteo.domains.counter.actions.fail_sale import fail_sale
from jangteo.domains.counter.actions.settle_sale import settle_sale
from jangteo.domains.counter.effects import ReceiptEffects, expire_sales, renew_receipts
from jangteo.domains.counter.references import SALE_REF
from jangteo.domains.payments import owners
from jangteo.domains.payments.owners import Owner
from jangteo.domains.payments.receipts_port import CashReceipts
from jangteo.kernel.outbox.deliver import Handler
from jangteo.kernel.periodic import Job
from jangteo.project import environment


def join(issuer: CashReceipts | None) -> None:
    """Let gateways' answers reach the counter, and customers ask for receipts where somebody issues them."""
    owners.use({SALE_REF: Owner(settle=settle_sale, fail=fail_sale, expire=expire_sale)})
    issuers.use(issuing(issuer))


def issuing(issuer: CashReceipts | None) -> issuers.Issuing | None:
    """The issuer with the amount from which on it issues unasked."""
    return None if issuer is None else issuers.Issuing(issuer, environment.number("JANGTEO_CASH_RECEIPT_FROM_WON"))


def handlers(issuer: CashReceipts | None) -> dict[str, Handler]:
    """Outbox topics of the counter."""
    effects = ReceiptEffects(issuing(issuer))
    return {"receipt.issue": effects.issue, "receipt.cancel": effects.cancel}


def jobs(issuer: CashReceipts | None) -> list[Job]:
    """What comes round at the counter."""
    effects = ReceiptEffects(issuing(issuer))
    return [
        Job("counter.expire", timedelta(seconds=30), expire_sales),
        Job("counter.renew", timedelta(minutes=5), renew_receipts),
        Job("counter.unasked", timedelta(hours=1), effects.issue_unasked),
    ]
