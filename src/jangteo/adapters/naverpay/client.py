"""Naver Pay, as far as its documentation could be read: the window's script and the approval, nothing else.

Documented (developers.pay.naver.com, API common guide and GET STARTED): the address
`{base}/{partner id}/naverpay/payments/v2.2/apply/payment`, the three headers, the script with the fields it is opened
with, and the `paymentId` that the browser brings back. The form encoding of the approval is from its example.

Not among what could be read: cancelling, reading a payment, an idempotency header. Therefore:

- `cancel` always raises GatewayRejected with the code CANCEL_BY_HAND: a person cancels in Naver Pay's partner pages.
- `read` and `read_order` always raise GatewayUnknown. A confirmation without an answer stays unknown until a person
  has looked; a repeat cannot take the money twice, because a `paymentId` is approved once, but it cannot tell either.
- An approval names no amount and no order. What was taken is compared afterwards, never before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from jangteo.adapters._wire import Call, NoAnswer, Wire, is_web_address, nothing
from jangteo.adapters.naverpay import codes, mapper
from jangteo.domains.payments.ports import (
    BankAccount,
    BrowserCheckout,
    CannotAsk,
    GatewayRejected,
    GatewayUnknown,
    Hint,
    Snapshot,
)

LONGEST_PRODUCT_NAME = 100
TIMEOUT_S = 60.0

_ORDER_REF = re.compile(r"[A-Za-z0-9_-]{6,64}")
_PAYMENT_ID = re.compile(r"[A-Za-z0-9_-]{1,50}")


@dataclass(frozen=True, slots=True)
class NaverPayShop:
    """One shop at Naver Pay. `mode` is the script's: development or production."""

    base_url: str
    sdk_url: str
    partner_id: str
    client_id: str
    client_secret: str = field(repr=False)
    chain_id: str
    mode: str = "production"


@dataclass(frozen=True, slots=True)
class NaverPayCheckout(BrowserCheckout):
    """What the script is given: `client_key`, `chain_id` and `mode` to create it, `window` to open it.

    Success and failure both come back to `success_url`, told apart by `resultCode`; `fail_url` is for the page itself.
    """

    chain_id: str = ""
    mode: str = "production"

    def window(self) -> dict[str, str | int]:
        """The fields of `open`. Guests have no number, so the order stands for the customer too."""
        return {
            "merchantUserKey": self.order_ref,
            "merchantPayKey": self.order_ref,
            "productName": self.order_name,
            "totalPayAmount": self.amount_won,
            "taxScopeAmount": self.amount_won - self.tax_free_won,
            "taxExScopeAmount": self.tax_free_won,
            "returnUrl": self.success_url,
        }


class NaverPayGateway:
    """One shop at Naver Pay. Safe to share between threads; keeps its connections open. `payment_key` is paymentId."""

    name = "naverpay"

    def __init__(
        self, *, shop: NaverPayShop, timeout_s: float = TIMEOUT_S, before_call: Callable[[], None] = nothing
    ) -> None:
        self._wire = Wire(base_url=shop.base_url, timeout_s=timeout_s, before_call=before_call)
        self._shop = shop

    def browser_checkout(
        self, *, order_ref: str, order_name: str, amount_won: int, tax_free_won: int, success_url: str, fail_url: str
    ) -> NaverPayCheckout:
        """What the browser script needs. Raises ValueError for what cannot be meant."""
        if not _ORDER_REF.fullmatch(order_ref):
            raise ValueError("an order reference is 6 to 64 letters, digits, - and _")
        _check_amounts(amount_won, tax_free_won)
        if not order_name:
            raise ValueError("an order needs a name")
        if not (is_web_address(success_url) and is_web_address(fail_url)):
            raise ValueError("the window returns to absolute addresses only")
        return NaverPayCheckout(
            sdk_url=self._shop.sdk_url,
            client_key=self._shop.client_id,
            order_ref=order_ref,
            order_name=order_name[:LONGEST_PRODUCT_NAME],
            amount_won=amount_won,
            tax_free_won=tax_free_won,
            success_url=success_url,
            fail_url=fail_url,
            chain_id=self._shop.chain_id,
            mode=self._shop.mode,
        )

    def confirm(self, *, payment_key: str, order_ref: str, amount_won: int, key: str) -> Snapshot:
        """Take the authorised money. `key` stays here: no header for it is documented.

        Look at `total_won`: Naver Pay is not told the amount, so one that differs is taken and has to be given back.
        Raises GatewayRejected, and GatewayUnknown also where the payment turns out to be another order's.
        """
        if not _PAYMENT_ID.fullmatch(payment_key):
            raise GatewayRejected("INVALID_PAYMENT_ID", "")
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Naver-Client-Id": self._shop.client_id,
            "X-Naver-Client-Secret": self._shop.client_secret,
            "X-NaverPay-Chain-Id": self._shop.chain_id,
        }
        path = f"/{self._shop.partner_id}/naverpay/payments/v2.2/apply/payment"
        text = urlencode({"paymentId": payment_key})
        try:
            answer = self._wire.call(Call("naverpay apply", "POST", path, headers=headers, text=text))
        except NoAnswer as broken:
            raise GatewayUnknown(str(broken)) from None
        if answer.status != 200 or mapper.result_code(answer) != codes.SUCCESS:
            raise mapper.refusal(answer)
        found = mapper.approved(answer.body)
        if (found.payment_key, found.order_ref) != (payment_key, order_ref):
            raise GatewayUnknown("the answer is about another payment")
        return found

    def read(self, *, payment_key: str) -> Snapshot | None:
        """Cannot be asked: raises GatewayUnknown."""
        raise GatewayUnknown("no way to read a payment is documented")

    def read_order(self, *, order_ref: str) -> Snapshot | None:
        """Cannot be asked: raises GatewayUnknown."""
        raise GatewayUnknown("no way to read a payment is documented")

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
        """A person has to do it: raises GatewayRejected, once the amounts are ones that could be meant."""
        if tax_free_won is None:
            raise CannotAsk("TAX_FREE_NOT_SAID", "a cancellation must say its tax-free amount")
        _check_amounts(amount_won, tax_free_won)
        raise GatewayRejected("CANCEL_BY_HAND", "cancel it in Naver Pay's partner pages")

    def parse_webhook(self, *, body: bytes, headers: Mapping[str, str]) -> Hint:
        """None are documented: always raises ValueError."""
        raise ValueError("Naver Pay sends no webhooks that are documented")

    def close(self) -> None:
        """Give the connections back."""
        self._wire.close()


def _check_amounts(amount_won: int, tax_free_won: int) -> None:
    if amount_won <= 0 or not 0 <= tax_free_won <= amount_won:
        raise ValueError("an amount is positive and its tax-free part lies within it")
