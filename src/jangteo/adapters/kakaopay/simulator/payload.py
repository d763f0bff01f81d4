"""The documents as KakaoPay writes them. Times are Korean and carry no offset."""

from __future__ import annotations

import hashlib
from datetime import datetime

from jangteo.adapters.kakaopay.simulator.book import Amount, Deed, PracticePayment
from jangteo.kernel.clock import KST

METHOD = "MONEY"


def ready_json(payment: PracticePayment, public_url: str) -> dict[str, object]:
    """The answer of /ready."""
    scheme = f"kakaotalk://kakaopay/pg?url={public_url}/window/mobile/{payment.window}"
    return {
        "tid": payment.tid,
        "tms_result": False,
        "next_redirect_app_url": f"{public_url}/window/app/{payment.window}",
        "next_redirect_mobile_url": f"{public_url}/window/mobile/{payment.window}",
        "next_redirect_pc_url": f"{public_url}/window/pc/{payment.window}",
        "android_app_scheme": scheme,
        "ios_app_scheme": scheme,
        "created_at": _written(payment.created_at),
    }


def approval_json(payment: PracticePayment, cid: str) -> dict[str, object]:
    """The answer of /approve; it has no status."""
    approval = payment.approval
    return _common(payment, cid) | {
        "aid": approval.aid if approval else None,
        "payload": approval.payload if approval else None,
    }


def order_json(payment: PracticePayment, cid: str) -> dict[str, object]:
    """The answer of /order."""
    return _common(payment, cid) | {
        "status": payment.status,
        "canceled_amount": _amount(payment.cancelled),
        "cancel_available_amount": _amount(payment.left),
        "canceled_at": _written(payment.cancels[-1].at) if payment.cancels else None,
        "payment_action_details": [_deed(deed) for deed in payment.deeds],
    }


def cancel_json(payment: PracticePayment, cid: str) -> dict[str, object]:
    """The answer of /cancel."""
    last = payment.cancels[-1]
    return _common(payment, cid) | {
        "aid": last.aid,
        "status": payment.status,
        "approved_cancel_amount": _amount(last.amount),
        "canceled_amount": _amount(payment.cancelled),
        "cancel_available_amount": _amount(payment.left),
        "canceled_at": _written(last.at),
        "payload": last.payload,
    }


def receipt_digest(payment: PracticePayment, cid: str) -> str:
    """What the address of a receipt ends in, so that nobody guesses one."""
    return hashlib.sha256(
        f"{cid}{payment.tid}{payment.order.order_id}{payment.order.user_id}".encode(), usedforsecurity=False
    ).hexdigest()


def _common(payment: PracticePayment, cid: str) -> dict[str, object]:
    approval = payment.approval
    return {
        "tid": payment.tid,
        "cid": cid,
        "partner_order_id": payment.order.order_id,
        "partner_user_id": payment.order.user_id,
        "payment_method_type": METHOD if payment.token else None,
        "item_name": payment.order.item_name,
        "quantity": 1,
        "amount": _amount(payment.order.amount),
        "created_at": _written(payment.created_at),
        "approved_at": _written(approval.at) if approval else None,
    }


def _deed(deed: Deed) -> dict[str, object]:
    return {
        "aid": deed.aid,
        "approved_at": _written(deed.at),
        "amount": deed.amount.total_won,
        "point_amount": 0,
        "discount_amount": 0,
        "green_deposit": 0,
        "payment_action_type": deed.kind,
        "payload": deed.payload,
    }


def _amount(amount: Amount) -> dict[str, int]:
    return {
        "total": amount.total_won,
        "tax_free": amount.tax_free_won,
        "vat": amount.vat_won,
        "point": 0,
        "discount": 0,
        "green_deposit": 0,
    }


def _written(moment: datetime) -> str:
    return moment.astimezone(KST).replace(tzinfo=None).isoformat(timespec="seconds")
