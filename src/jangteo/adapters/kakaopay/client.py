"""KakaoPay, one-time payments of the open API: https://developers.kakaopay.com/docs/payment/online.

There are no webhooks and no idempotency keys. What stands in for them:

- **Approving** is once per tid by itself. Every `confirm` reads the order first, compares reference and amount before
  any money moves, and reads it again after a refusal: what the order says wins over what the refusal says.
- **Cancelling** is a compare-and-set. Every request says the balance it was computed from
  (`cancel_available_amount`), and carries its key as `payload`, which /order shows again. A balance only ever falls,
  so of two requests computed from one balance at most one is taken; and a repeat that reads a lower balance reads
  the key of the request that lowered it. The key is harmless to repeat, as the port asks, at the price of reading.

Confirmed by published documentation: addresses, the Authorization scheme, the fields of ready, approve, cancel and
order, `cancel_available_amount` as "what can be cancelled, this request included", `payload` of up to 200 characters.
Taken from that wording and not tried against KakaoPay: that a cancellation with another `cancel_available_amount`
than the real one is refused. The address of a receipt is the one that receipts had in 2024; leave it empty in doubt.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from jangteo.adapters._wire import Answer, is_web_address, nothing
from jangteo.adapters.kakaopay import codes, mapper
from jangteo.adapters.kakaopay.access import TIMEOUT_S, Access, KakaoPayShop
from jangteo.adapters.kakaopay.mapper import TAKEN, Standing
from jangteo.domains.payments.ports import (
    BankAccount,
    BrowserCheckout,
    CannotAsk,
    GatewayRejected,
    GatewayState,
    GatewayUnknown,
    Hint,
    Snapshot,
)
from jangteo.domains.payments.redirect_port import FindOpened, Redirect, ReturnUrls

LONGEST_ITEM_NAME = 100
LONGEST_RETURN_URL = 255

_ORDER_REF = re.compile(r"[A-Za-z0-9_-]{6,64}")
_KEY = re.compile(r"[\x21-\x7e]{1,150}")


class KakaoPayGateway:
    """One shop at KakaoPay. Safe to share between threads; keeps its connections open.

    `payment_key` is the tid that `ready` gave. `find_opened` tells what the shop wrote down of an order's redirect.
    """

    name = "kakaopay"

    def __init__(
        self,
        *,
        shop: KakaoPayShop,
        find_opened: FindOpened,
        timeout_s: float = TIMEOUT_S,
        before_call: Callable[[], None] = nothing,
    ) -> None:
        self._access = Access(shop=shop, timeout_s=timeout_s, before_call=before_call)
        self._shop = shop
        self._find_opened = find_opened
        self.window_urls = shop.window_urls

    def ready(
        self, *, order_ref: str, order_name: str, amount_won: int, tax_free_won: int, urls: ReturnUrls
    ) -> Redirect:
        """Open a window. Raises ValueError for what KakaoPay would refuse, GatewayRejected and GatewayUnknown."""
        if not _ORDER_REF.fullmatch(order_ref):
            raise ValueError("an order reference is 6 to 64 letters, digits, - and _")
        _check_amounts(amount_won, tax_free_won)
        if not order_name:
            raise ValueError("an order needs a name")
        for address in (urls.approved, urls.cancelled, urls.failed):
            if not is_web_address(address) or len(address) > LONGEST_RETURN_URL:
                raise ValueError(f"the window returns to absolute addresses of at most {LONGEST_RETURN_URL} characters")
        body: dict[str, object] = {
            **_who(order_ref),
            "item_name": order_name[:LONGEST_ITEM_NAME],
            "quantity": 1,
            "total_amount": amount_won,
            "tax_free_amount": tax_free_won,
            "approval_url": urls.approved,
            "cancel_url": urls.cancelled,
            "fail_url": urls.failed,
        }
        answer = self._access.post("ready", body)
        if answer.status != 200:
            raise mapper.refusal(answer)
        return mapper.redirect(answer.body)

    def browser_checkout(
        self, *, order_ref: str, order_name: str, amount_won: int, tax_free_won: int, success_url: str, fail_url: str
    ) -> BrowserCheckout:
        """There is no script for the browser: raises GatewayRejected. Use `ready`."""
        raise GatewayRejected("REDIRECT_ONLY", "")

    def confirm(self, *, payment_key: str, order_ref: str, amount_won: int, key: str) -> Snapshot:
        """Take the authorised money. A payment that was taken before is returned as it stands.

        `key` is kept by KakaoPay beside the payment and has no other effect. Raises GatewayRejected when the money
        will not come and GatewayUnknown when nobody knows.
        """
        _check_key(key)
        found = self._own(payment_key, order_ref)
        if found.state in TAKEN:
            return found
        if found.state is GatewayState.FAILED:
            raise GatewayRejected("FAIL_PAYMENT", "the payment was given up or failed")
        if found.total_won != amount_won:
            raise GatewayRejected("AMOUNT_DIFFERS", "the window was opened for another amount")
        body = {**_who(order_ref), "tid": payment_key, "pg_token": self._token(payment_key, order_ref), "payload": key}
        answer = self._access.post("approve", body | {"total_amount": amount_won})
        if answer.status == 200:
            return self._about(mapper.approved(answer.body), payment_key, order_ref)
        if not 400 <= answer.status < 500:
            raise mapper.refusal(answer)
        return self._refused(answer, payment_key, order_ref)

    def _refused(self, answer: Answer, payment_key: str, order_ref: str) -> Snapshot:
        """What became of a payment whose approval was refused; the refusal itself may hide one that went through."""
        found = self._own(payment_key, order_ref)
        if found.state in TAKEN:
            return found
        raise mapper.declined(answer) if found.state is GatewayState.FAILED else mapper.refusal(answer)

    def _own(self, payment_key: str, order_ref: str) -> Snapshot:
        """The payment, which must be there and be the order's: a customer can bring somebody else's tid."""
        found = self._standing("read", payment_key)
        if found is None:
            raise GatewayRejected(codes.NO_SUCH_TID, "KakaoPay does not know the payment")
        if found.snapshot.order_ref != order_ref:
            raise GatewayRejected("OTHER_ORDER", "the payment belongs to another order")
        return found.snapshot

    def _token(self, tid: str, order_ref: str) -> str:
        opened = self._find_opened(order_ref)
        if opened is None or opened.tid != tid or not opened.token:
            raise GatewayUnknown("no token was written down for this payment")
        return opened.token

    def read(self, *, payment_key: str) -> Snapshot | None:
        """The payment, or None when KakaoPay does not know it. Raises GatewayUnknown, never GatewayRejected."""
        found = self._standing("read", payment_key)
        return found.snapshot if found else None

    def read_order(self, *, order_ref: str) -> Snapshot | None:
        """The same by our own reference, through what was written down: KakaoPay is asked by tid only."""
        opened = self._find_opened(order_ref)
        found = self._standing("read_order", opened.tid) if opened else None
        return self._about(found.snapshot, None, order_ref) if found else None

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
        """Give money back. `reason` and `refund_to` stay here: KakaoPay has no fields for them.

        Raises GatewayRejected for what the payment cannot give, GatewayUnknown, CannotAsk for a tax-free part that
        nobody said, and ValueError for amounts that cannot be meant.
        """
        if tax_free_won is None:
            raise CannotAsk("TAX_FREE_NOT_SAID", "a cancellation must say its tax-free amount")
        _check_amounts(amount_won, tax_free_won)
        _check_key(key)
        found = self._standing("read", payment_key)
        if found is None:
            raise GatewayRejected(codes.NO_SUCH_TID, "KakaoPay does not know the payment")
        if key in found.refund_keys:
            return found.snapshot
        _check_balance(found, amount_won, tax_free_won)
        body: dict[str, object] = {
            "tid": payment_key,
            "cancel_amount": amount_won,
            "cancel_tax_free_amount": tax_free_won,
            "cancel_available_amount": found.snapshot.balance_won,
            "payload": mapper.mark(key, tax_free_won),
        }
        answer = self._access.post("cancel", body)
        if answer.status >= 500:
            raise mapper.refusal(answer)
        return self._cancelled(answer, payment_key, key)

    def _cancelled(self, answer: Answer, payment_key: str, key: str) -> Snapshot:
        """The payment once /order shows the cancellation. Its number is taken from there and from nowhere else."""
        found = self._standing("read", payment_key)
        if found is not None and key in found.refund_keys:
            return found.snapshot
        raise GatewayUnknown(f"cancellation HTTP {answer.status} {mapper.error_code(answer)}".rstrip())

    def parse_webhook(self, *, body: bytes, headers: Mapping[str, str]) -> Hint:
        """KakaoPay sends none: always raises ValueError."""
        raise ValueError("KakaoPay sends no webhooks")

    def close(self) -> None:
        """Give the connections back."""
        self._access.close()

    def _standing(self, label: str, tid: str) -> Standing | None:
        if not mapper.TID.fullmatch(tid):
            return None
        answer = self._access.post("order", {"tid": tid}, label)
        if answer.status == 200:
            found = mapper.standing(answer.body)
            return replace(found, snapshot=self._about(found.snapshot, tid, None))
        code = mapper.error_code(answer)
        if 400 <= answer.status < 500 and code == codes.NO_SUCH_TID:
            return None
        raise GatewayUnknown(f"HTTP {answer.status} {code}".rstrip())

    def _about(self, found: Snapshot, tid: str | None, order_ref: str | None) -> Snapshot:
        """The snapshot, with its receipt, when it is about what was asked."""
        if tid not in (None, found.payment_key) or order_ref not in (None, found.order_ref):
            raise GatewayUnknown("the answer is about another payment")
        return replace(found, receipt_url=self._receipt(found)) if found.state in TAKEN else found

    def _receipt(self, found: Snapshot) -> str:
        if not self._shop.receipt_url:
            return ""
        parts = (self._shop.cid, found.payment_key, *_who(found.order_ref).values())
        digest = hashlib.sha256("".join(parts).encode()).hexdigest()
        return f"{self._shop.receipt_url}/{found.payment_key}/{digest}"


def _who(order_ref: str) -> dict[str, str]:
    """Order and customer as KakaoPay asks for them. Guests have no number, so the order stands for both."""
    return {"partner_order_id": order_ref, "partner_user_id": order_ref}


def _check_key(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise ValueError("a key is 1 to 150 printable ASCII characters without spaces")


def _check_amounts(amount_won: int, tax_free_won: int) -> None:
    if amount_won <= 0 or not 0 <= tax_free_won <= amount_won:
        raise ValueError("an amount is positive and its tax-free part lies within it")


def _check_balance(found: Standing, amount_won: int, tax_free_won: int) -> None:
    """What the payment cannot give is refused here: a refusal of KakaoPay's could as well mean a balance that moved."""
    left = found.snapshot
    if left.state not in (GatewayState.DONE, GatewayState.PART_CANCELLED):
        raise GatewayRejected("NOT_CANCELABLE_PAYMENT", "nothing is left to cancel")
    taxable_left_won = left.balance_won - found.tax_free_left_won
    if tax_free_won > found.tax_free_left_won or amount_won - tax_free_won > taxable_left_won:
        raise GatewayRejected("NOT_CANCELABLE_AMOUNT", "the payment has less left to cancel")
