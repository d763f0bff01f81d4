"""Toss Payments, core API v1: https://docs.tosspayments.com/reference."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from jangteo.adapters._wire import Answer, Call, NoAnswer, Wire, is_web_address, nothing
from jangteo.adapters.toss import codes, mapper, webhooks
from jangteo.domains.payments.ports import BrowserCheckout, GatewayRejected, GatewayUnknown, Hint, Snapshot

LONGEST_ORDER_NAME = 100
LONGEST_REASON = 200
TIMEOUT_S = 60.0

_ORDER_REF = re.compile(r"[A-Za-z0-9_-]{6,64}")
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,300}")


class TossGateway:
    """One shop at Toss Payments. Safe to share between threads; keeps its connections open.

    `confirm` and `cancel` send their `key` as Idempotency-Key. Toss keeps it for 15 days per address and does not
    look at the body, so a key must belong to one payment or one refund for ever.
    """

    name = "toss"

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
        self._wire = Wire(base_url=base_url, timeout_s=timeout_s, before_call=before_call)
        # The colon is part of the scheme: the secret is the user name and the password is empty.
        self._authorization = "Basic " + base64.b64encode(f"{secret_key}:".encode()).decode()
        self._client_key = client_key
        self._sdk_url = sdk_url

    def browser_checkout(
        self, *, order_ref: str, order_name: str, amount_won: int, tax_free_won: int, success_url: str, fail_url: str
    ) -> BrowserCheckout:
        """What the browser script needs. Raises ValueError for what its window would refuse."""
        if not _ORDER_REF.fullmatch(order_ref):
            raise ValueError("an order reference is 6 to 64 letters, digits, - and _")
        _check_amounts(amount_won, tax_free_won)
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

    def confirm(self, *, payment_key: str, order_ref: str, amount_won: int, key: str) -> Snapshot:
        """Take the authorised money. A payment that was confirmed before is read and returned as it stands.

        Raises GatewayRejected when the money will not come and GatewayUnknown when nobody knows.
        """
        _path_segment(payment_key)
        body = {"paymentKey": payment_key, "orderId": order_ref, "amount": amount_won}
        answer = self._post("confirm", "/v1/payments/confirm", body, key)
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

    def cancel(self, *, payment_key: str, reason: str, amount_won: int, tax_free_won: int, key: str) -> Snapshot:
        """Give money back. Always says the tax-free part: left out, Toss cancels everything as taxable.

        Raises GatewayRejected, GatewayUnknown, and ValueError for amounts that cannot be meant.
        """
        _check_amounts(amount_won, tax_free_won)
        if not reason:
            raise ValueError("a cancellation needs a reason")
        body = {"cancelReason": reason[:LONGEST_REASON], "cancelAmount": amount_won, "taxFreeAmount": tax_free_won}
        answer = self._post("cancel", f"/v1/payments/{_path_segment(payment_key)}/cancel", body, key)
        if answer.status == 200:
            return _about(mapper.snapshot(answer.body), payment_key, None)
        raise mapper.refusal(answer)

    def parse_webhook(self, *, body: bytes, headers: Mapping[str, str]) -> Hint:
        """What a webhook claims. Raises ValueError when the body is none that Toss documents."""
        return webhooks.hint(body, headers)

    def close(self) -> None:
        """Give the connections back."""
        self._wire.close()

    def _post(self, label: str, path: str, body: Mapping[str, object], key: str) -> Answer:
        if not _IDEMPOTENCY_KEY.fullmatch(key):
            raise ValueError("an idempotency key is 1 to 300 printable ASCII characters without spaces")
        headers = {"Authorization": self._authorization, "Idempotency-Key": key}
        return self._send(Call(f"toss {label}", "POST", path, headers=headers, body=body))

    def _get(self, label: str, path: str) -> Snapshot | None:
        answer = self._send(Call(f"toss {label}", "GET", path, headers={"Authorization": self._authorization}))
        if answer.status == 200:
            return mapper.snapshot(answer.body)
        code = mapper.error_code(answer)
        if answer.status in (400, 404) and code in codes.NO_SUCH_PAYMENT:
            return None
        raise GatewayUnknown(f"HTTP {answer.status} {code}".rstrip())

    def _send(self, call: Call) -> Answer:
        try:
            return self._wire.call(call)
        except NoAnswer as broken:
            raise GatewayUnknown(str(broken)) from None


def _path_segment(payment_key: str) -> str:
    """The key quoted for a path. It comes through the customer's browser, so it must not lead elsewhere."""
    if payment_key in {"", ".", ".."} or len(payment_key) > mapper.LONGEST_PAYMENT_KEY:
        raise GatewayRejected("INVALID_PAYMENT_KEY", "")
    return quote(payment_key, safe="")


def _check_amounts(amount_won: int, tax_free_won: int) -> None:
    if amount_won <= 0 or not 0 <= tax_free_won <= amount_won:
        raise ValueError("an amount is positive and its tax-free part lies within it")


def _about(found: Snapshot, payment_key: str | None, order_ref: str | None) -> Snapshot:
    """The snapshot when it is about what was asked. A reused idempotency key answers with another payment."""
    if payment_key not in (None, found.payment_key) or order_ref not in (None, found.order_ref):
        raise GatewayUnknown("the answer is about another payment")
    return found
