"""PortOne V2 as a card gateway: https://developers.portone.io/api/rest-v2."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Mapping

from jangteo.adapters._wire import Answer, BadShape, Record, is_web_address, nothing
from jangteo.adapters.portone import codes, mapper, webhooks
from jangteo.adapters.portone.api import Api, PortOneAccount, error_type, refusal, segment, unclear
from jangteo.adapters.portone.banks import bank_name
from jangteo.domains.payments.ports import (
    BankAccount,
    BrowserCheckout,
    CannotAsk,
    GatewayRejected,
    GatewayState,
    GatewayUnknown,
    Hint,
    Returned,
    Snapshot,
)
from jangteo.kernel import ids

log = logging.getLogger(__name__)

LONGEST_ORDER_NAME = 100
LONGEST_REASON = 100
TIMEOUT_S = 60.0

_ORDER_REF = re.compile(r"[A-Za-z0-9_-]{6,64}")


class PortOneGateway:
    """One shop at PortOne, whose channel approves by itself: the money moves while the customer is in the window.

    The payment's id at PortOne is our order reference, so an order can be paid once and both are one name here:
    `payment_key` is always the order reference. Safe to share between threads.
    """

    name = "portone"
    takes_by_itself = True

    def __init__(
        self,
        *,
        base_url: str,
        account: PortOneAccount,
        sdk_url: str,
        window_urls: tuple[str, ...] = (),
        timeout_s: float = TIMEOUT_S,
        before_call: Callable[[], None] = nothing,
    ) -> None:
        self._api = Api(base_url=base_url, account=account, timeout_s=timeout_s, before_call=before_call)
        self._account = account
        self._sdk_url = sdk_url
        self._window_urls = window_urls

    def browser_checkout(
        self, *, order_ref: str, order_name: str, amount_won: int, tax_free_won: int, success_url: str, fail_url: str
    ) -> BrowserCheckout:
        """Fix the amounts at PortOne, then say what the browser script needs.

        `client_key` is the store id and the channel key with a space between. PortOne has one address to return to:
        the page goes to `fail_url` when the answer has a `code`, else to `success_url` with its `paymentId`.
        Raises ValueError for what the window would refuse, GatewayRejected (ALREADY_PAID) and GatewayUnknown.
        """
        if not _ORDER_REF.fullmatch(order_ref):
            raise ValueError("an order reference is 6 to 64 letters, digits, - and _")
        _check_amounts(amount_won, tax_free_won)
        if not order_name:
            raise ValueError("an order needs a name")
        if not (is_web_address(success_url) and is_web_address(fail_url)):
            raise ValueError("the window returns to absolute addresses only")
        self._fix_amounts(order_ref, amount_won, tax_free_won)
        return BrowserCheckout(
            sdk_url=self._sdk_url,
            client_key=f"{self._account.store_id} {self._account.channel_key}",
            order_ref=order_ref,
            order_name=order_name[:LONGEST_ORDER_NAME],
            amount_won=amount_won,
            tax_free_won=tax_free_won,
            success_url=success_url,
            fail_url=fail_url,
            window_urls=self._window_urls,
        )

    def came_back(self, query: Mapping[str, str]) -> Returned:
        """What redirectUrl was called with; the page sends there what the script answered, too.

        The payment's id is the same for every try, the transaction's is not. `pgCode` says more than `code`.
        """
        payment_id = query.get("paymentId", "")
        return Returned(
            order_ref=payment_id,
            payment_key=payment_id,
            attempt=query.get("txId", ""),
            amount_won=None,
            code=query.get("pgCode", "") or query.get("code", ""),
        )

    def _fix_amounts(self, order_ref: str, amount_won: int, tax_free_won: int) -> None:
        """From here on PortOne refuses a window that a changed page opens with other amounts.

        Asked anew each time: an answer that was kept would hide that the payment has been made since.
        """
        amounts = {"totalAmount": amount_won, "taxFreeAmount": tax_free_won, "currency": "KRW"}
        body = {"storeId": self._account.store_id} | amounts
        key = f"fix:{order_ref}:{ids.new_token()}"
        answer = self._api.post("pre-register", f"/payments/{order_ref}/pre-register", body, key)
        if answer.status != 200:
            raise refusal(answer)

    def confirm(self, *, payment_key: str, order_ref: str, amount_won: int, key: str) -> Snapshot:
        """What the customer paid in the window. Nothing is sent, so `key` has nothing to protect.

        A payment of another amount is returned as it stands, because its money has moved and has to be booked before
        it can go back. Raises GatewayRejected when the window ended without money and GatewayUnknown when it may come.
        """
        if payment_key != order_ref:
            raise GatewayRejected(codes.ANOTHER_ORDER, "the payment belongs to another order")
        found = self._read("confirm", order_ref)
        if found is None:
            raise GatewayRejected(codes.PAYMENT_NOT_FOUND, "nothing was paid")
        if found.snapshot.state is GatewayState.READY:
            raise GatewayRejected(codes.NOT_PAID, "the window was left before paying")
        if found.snapshot.state is GatewayState.FAILED:
            raise GatewayRejected(codes.FAILED, found.failure)
        if found.snapshot.state is GatewayState.IN_PROGRESS:
            raise GatewayUnknown("the approval is still pending")
        if found.snapshot.total_won != amount_won:
            log.warning("portone confirm: paid %d won instead of %d", found.snapshot.total_won, amount_won)
        return found.snapshot

    def read(self, *, payment_key: str) -> Snapshot | None:
        """The payment, or None when PortOne has none that can have moved money. Never raises GatewayRejected:
        a read that was refused says nothing about the payment.
        """
        found = self._read("read", payment_key)
        return found.snapshot if found else None

    def read_order(self, *, order_ref: str) -> Snapshot | None:
        """The same: the payment's id is our reference."""
        return self.read(payment_key=order_ref)

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
        """Give money back, once per `key` however late it is repeated.

        PortOne forgets idempotency keys after three hours, so the reason carries a mark made of `key`; a cancellation
        that bears it is this one. The balance that was read is sent along: when another cancellation comes between,
        PortOne refuses, this raises GatewayUnknown, and a repeat reads again. Raises GatewayRejected, GatewayUnknown,
        CannotAsk when the tax-free part was not said (PortOne would take everything for taxable) or the bank has no
        name there, and ValueError for what cannot be meant.
        """
        asked = _asked(reason, amount_won, tax_free_won, key, refund_to)
        found = self._read("read before cancel", payment_key)
        if found is None:
            raise GatewayRejected(codes.PAYMENT_NOT_FOUND, "there is no such payment")
        marked = _marked(reason, key)
        if _is_done(found, marked):
            return found.snapshot
        balance_won = found.snapshot.balance_won
        body = asked | {
            "storeId": self._account.store_id,
            "reason": marked,
            "currentCancellableAmount": balance_won,
        }
        # The balance is part of the body, and one idempotency key may not stand for two bodies.
        answer = self._api.post("cancel", f"/payments/{segment(payment_key)}/cancel", body, f"{key}:{balance_won}")
        _settled(answer)
        after = self._read("read after cancel", payment_key)
        if after is None or not _is_done(after, marked):
            raise GatewayUnknown("cancelled, yet not to be seen")
        return after.snapshot

    def parse_webhook(self, *, body: bytes, headers: Mapping[str, str]) -> Hint:
        """What a webhook is about. Raises ValueError when it is not signed by PortOne within the last five minutes."""
        return webhooks.hint(body, headers, self._account.webhook_secret)

    def close(self) -> None:
        """Give the connections back."""
        self._api.close()

    def _read(self, label: str, payment_id: str) -> mapper.Reading | None:
        if not _ORDER_REF.fullmatch(payment_id):
            return None
        answer = self._api.get(label, f"/payments/{payment_id}", {"storeId": self._account.store_id})
        if answer.status == 404 and error_type(answer) == codes.PAYMENT_NOT_FOUND:
            return None
        if answer.status != 200:
            raise unclear(answer)
        found = mapper.reading(answer.body)
        if found.snapshot.order_ref != payment_id:
            raise GatewayUnknown("the answer is about another payment")
        if self._account.live and found.channel_type not in ("", "LIVE"):
            log.warning("portone %s: a payment through a channel of the type %s", label, found.channel_type[:20])
            return None
        return found


def _check_amounts(amount_won: int, tax_free_won: int) -> None:
    if amount_won <= 0 or not 0 <= tax_free_won <= amount_won:
        raise ValueError("an amount is positive and its tax-free part lies within it")


def _asked(
    reason: str, amount_won: int, tax_free_won: int | None, key: str, refund_to: BankAccount | None
) -> dict[str, object]:
    """What a cancellation asks for, checked before anything leaves."""
    if tax_free_won is None:
        raise CannotAsk("TAX_FREE_NOT_SAID", "a cancellation says how much of the amount is tax-free, even if 0")
    _check_amounts(amount_won, tax_free_won)
    if not (reason and key):
        raise ValueError("a cancellation needs a reason and a key")
    asked: dict[str, object] = {"amount": amount_won, "taxFreeAmount": tax_free_won}
    if refund_to:
        bank = bank_name(refund_to.bank)
        asked["refundAccount"] = {"bank": bank, "number": refund_to.number, "holderName": refund_to.holder}
    return asked


def _marked(reason: str, key: str) -> str:
    """The reason with a mark by which this cancellation is known again, within what gateways take."""
    mark = f" #{hashlib.sha256(key.encode()).hexdigest()[:16]}"
    return reason[: LONGEST_REASON - len(mark)] + mark


def _is_done(found: mapper.Reading, marked: str) -> bool:
    """True when this very cancellation was done before. Raises GatewayUnknown while it is underway."""
    mark = marked[marked.rindex("#") :]
    statuses = {attempt.status for attempt in found.attempts if attempt.reason.endswith(mark)}
    if "SUCCEEDED" not in statuses and "REQUESTED" in statuses:
        raise GatewayUnknown("the cancellation is underway")
    return "SUCCEEDED" in statuses


def _settled(answer: Answer) -> None:
    """Return when the answer says that the cancellation is done."""
    if answer.status != 200:
        raise refusal(answer)
    try:
        status = mapper.cancel_status(Record(answer.body, "answer").record("cancellation"))
    except BadShape as wrong:
        raise GatewayUnknown(f"unreadable cancellation: {wrong}") from None
    if status == "REQUESTED":
        raise GatewayUnknown("the cancellation is underway")
    if status == "FAILED":
        raise GatewayUnknown("the cancellation failed behind PortOne")
