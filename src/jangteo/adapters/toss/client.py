"""Toss Payments, core API v1: https://docs.tosspayments.com/reference."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import quote

from jangteo.adapters._wire import is_web_address, nothing
from jangteo.adapters.toss import codes, mapper, webhooks
from jangteo.adapters.toss.access import TIMEOUT_S, Access
from jangteo.adapters.toss.banks import core_code
from jangteo.domains.payments.ports import (
    BankAccount,
    BrowserCheckout,
    CannotAsk,
    GatewayRejected,
    GatewayUnknown,
    Hint,
    PayBy,
    Returned,
    Snapshot,
)

LONGEST_ORDER_NAME = 100
LONGEST_REASON = 200
LONGEST_DUE_HOURS = 720
MINIMUM_WON = {PayBy.CARD: 100, PayBy.ACCOUNT: 200}

_ORDER_REF = re.compile(r"[A-Za-z0-9_-]{6,64}")
_AMOUNT = re.compile(r"[0-9]{1,12}")


class TossGateway:
    """One shop at Toss Payments. Safe to share between threads; keeps its connections open.

    `confirm` and `cancel` send their `key` as Idempotency-Key. Toss keeps it for 15 days per address and does not
    look at the body, so a key must belong to one payment or one refund for ever.
    """

    name = "toss"
    takes_by_itself = False

    def __init__(
        self,
        *,
        base_url: str,
        secret_key: str,
        client_key: str,
        sdk_url: str,
        timeout_s: float = TIMEOUT_S,
        before_call: Callable[[], None] = nothing,
    ) -> None:
        self._access = Access(base_url=base_url, secret_key=secret_key, timeout_s=timeout_s, before_call=before_call)
        self._client_key = client_key
        self._sdk_url = sdk_url

    def browser_checkout(
        self, *, order_ref: str, order_name: str, amount_won: int, tax_free_won: int, success_url: str, fail_url: str
    ) -> BrowserCheckout:
        """What the browser script needs for a card. Raises CannotAsk below the minimum, and ValueError for what its
        window would refuse.
        """
        if not _ORDER_REF.fullmatch(order_ref):
            raise ValueError("an order reference is 6 to 64 letters, digits, - and _")
        _check_amounts(amount_won, tax_free_won)
        _check_minimum(amount_won, PayBy.CARD)
        if not order_name:
            raise ValueError("an order needs a name")
        if not (is_web_address(success_url) and is_web_address(fail_url)):
            raise ValueError("the window returns to absolute addresses only")
        return BrowserCheckout(
            sdk_url=self._sdk_url,
            client_key=self._client_key,
            order_ref=order_ref,
            order_name=order_name[:LONGEST_ORDER_NAME],
            amount_won=amount_won,
            tax_free_won=tax_free_won,
            success_url=success_url,
            fail_url=fail_url,
        )

    def account_checkout(self, *, checkout: BrowserCheckout, due_hours: int) -> BrowserCheckout:
        """The same for an account that takes the deposit for `due_hours`, 30 days at most. Raises CannotAsk."""
        if not 0 < due_hours <= LONGEST_DUE_HOURS:
            raise ValueError(f"an account is open for 1 to {LONGEST_DUE_HOURS} hours")
        _check_minimum(checkout.amount_won, PayBy.ACCOUNT)
        return replace(checkout, pay_by=PayBy.ACCOUNT, due_hours=due_hours)

    def came_back(self, query: Mapping[str, str]) -> Returned:
        """What successUrl or failUrl was called with."""
        amount = query.get("amount", "")
        key = query.get("paymentKey", "")
        return Returned(
            order_ref=query.get("orderId", ""),
            payment_key=key,
            attempt=key,
            amount_won=int(amount) if _AMOUNT.fullmatch(amount) else 0,
            code=query.get("code", ""),
        )

    def confirm(self, *, payment_key: str, order_ref: str, amount_won: int, key: str) -> Snapshot:
        """Take the authorised money, or issue the account. A payment that was confirmed before is read and returned
        as it stands.

        Raises GatewayRejected when the money will not come and GatewayUnknown when nobody knows.
        """
        _path_segment(payment_key)
        body = {"paymentKey": payment_key, "orderId": order_ref, "amount": amount_won}
        answer = self._access.post("confirm", "/v1/payments/confirm", body, key)
        if answer.status == 200:
            return _about(mapper.snapshot(answer.body), payment_key, order_ref)
        if answer.status < 500 and mapper.error_code(answer) == codes.ALREADY_PROCESSED:
            return self._processed_before(payment_key, order_ref)
        raise mapper.refusal(answer)

    def _processed_before(self, payment_key: str, order_ref: str) -> Snapshot:
        found = self.read(payment_key=payment_key)
        if found is None:
            raise GatewayUnknown("processed before, yet not found")
        if found.order_ref != order_ref:
            # A customer can bring back somebody else's payment key; that money paid another order.
            raise GatewayRejected(codes.ALREADY_PROCESSED, "the payment belongs to another order")
        return found

    def read(self, *, payment_key: str) -> Snapshot | None:
        """The payment, or None when Toss does not know it. Raises GatewayUnknown, never GatewayRejected:
        a read that was refused says nothing about the payment.
        """
        try:
            segment = _path_segment(payment_key)
        except GatewayRejected:
            return None
        found = self._get("read", f"/v1/payments/{segment}")
        return _about(found, payment_key, None) if found else None

    def read_order(self, *, order_ref: str) -> Snapshot | None:
        """The same by our own reference. A reference of another shape than ours is nobody's."""
        if not _ORDER_REF.fullmatch(order_ref):
            return None
        found = self._get("read_order", f"/v1/payments/orders/{order_ref}")
        return _about(found, None, order_ref) if found else None

    def cancel(
        self,
        *,
        payment_key: str,
        reason: str,
        amount_won: int,
        tax_free_won: int | None,
        key: str,
        refund_to: BankAccount | None = None,
    ) -> Snapshot:
        """Give money back. Always says the tax-free part: left out, Toss cancels everything as taxable.

        Raises GatewayRejected, GatewayUnknown, CannotAsk when the tax-free part was not said, and ValueError for
        amounts that cannot be meant.
        """
        if tax_free_won is None:
            raise CannotAsk("TAX_FREE_NOT_SAID", "a cancellation says how much of the amount is tax-free, even if 0")
        _check_amounts(amount_won, tax_free_won)
        if not reason:
            raise ValueError("a cancellation needs a reason")
        body: dict[str, object] = {
            "cancelReason": reason[:LONGEST_REASON],
            "cancelAmount": amount_won,
            "taxFreeAmount": tax_free_won,
        }
        if refund_to:
            body["refundReceiveAccount"] = _receiver(refund_to)
        answer = self._access.post("cancel", f"/v1/payments/{_path_segment(payment_key)}/cancel", body, key)
        if answer.status == 200:
            return _about(mapper.snapshot(answer.body), payment_key, None)
        raise mapper.refusal(answer)

    def parse_webhook(self, *, body: bytes, headers: Mapping[str, str]) -> Hint:
        """What a webhook claims. Raises ValueError when the body is none that Toss documents."""
        return webhooks.hint(body, headers)

    def close(self) -> None:
        """Give the connections back."""
        self._access.close()

    def _get(self, label: str, path: str) -> Snapshot | None:
        answer = self._access.get(label, path)
        if answer.status == 200:
            return mapper.snapshot(answer.body)
        code = mapper.error_code(answer)
        if answer.status in (400, 404) and code in codes.NO_SUCH_PAYMENT:
            return None
        raise GatewayUnknown(f"HTTP {answer.status} {code}".rstrip())


def _path_segment(payment_key: str) -> str:
    """The key quoted for a path. It comes through the customer's browser, so it must not lead elsewhere."""
    if payment_key in {"", ".", ".."} or len(payment_key) > mapper.LONGEST_PAYMENT_KEY:
        raise GatewayRejected("INVALID_PAYMENT_KEY", "")
    return quote(payment_key, safe="")


def _check_amounts(amount_won: int, tax_free_won: int) -> None:
    if amount_won <= 0 or not 0 <= tax_free_won <= amount_won:
        raise ValueError("an amount is positive and its tax-free part lies within it")


def _check_minimum(amount_won: int, pay_by: PayBy) -> None:
    if amount_won < MINIMUM_WON[pay_by]:
        raise CannotAsk("BELOW_MINIMUM_AMOUNT", f"by {pay_by} the smallest amount is {MINIMUM_WON[pay_by]} won")


def _receiver(account: BankAccount) -> dict[str, str]:
    return {"bank": core_code(account.bank), "accountNumber": account.number, "holderName": account.holder}


def _about(found: Snapshot, payment_key: str | None, order_ref: str | None) -> Snapshot:
    """The snapshot when it is about what was asked. A reused idempotency key answers with another payment."""
    if payment_key not in (None, found.payment_key) or order_ref not in (None, found.order_ref):
        raise GatewayUnknown("the answer is about another payment")
    return found
