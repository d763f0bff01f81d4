"""Pay-outs (지급대행, v2) of Toss Payments: https://docs.tosspayments.com/guides/v2/payouts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar
from urllib.parse import quote

from jangteo.adapters._wire import Answer, BadShape, Record, nothing
from jangteo.adapters.toss import payout_mapper, payout_webhooks
from jangteo.adapters.toss.access import TIMEOUT_S, Access
from jangteo.adapters.toss.sealed import Seal, document
from jangteo.domains.payments.payouts_port import (
    LARGEST_PAYOUT_WON,
    MOST_PAYOUTS,
    NewPayee,
    NewPayout,
    Payee,
    PayeeKind,
    Payout,
    PayoutBalance,
    PayoutHint,
)
from jangteo.domains.payments.ports import GatewayUnknown

LONGEST_MEMO = 7
PAGE = 1_000
MOST_PAGES = 100

T = TypeVar("T")

_PAYEE_REF = re.compile(r"[A-Za-z0-9_-]{7,20}")
_PAYOUT_REF = re.compile(r"[A-Za-z0-9_-]{1,50}")
_KINDS = {
    PayeeKind.PERSON: "INDIVIDUAL",
    PayeeKind.SOLE_TRADER: "INDIVIDUAL_BUSINESS",
    PayeeKind.COMPANY: "CORPORATE",
}


class TossPayouts:
    """Pay-outs of one shop. Safe to share between threads; keeps its connections open.

    What is asked for is sealed with the security key, and so are the answers to it. A reference must be made once and
    stored before it is sent: it is what `find` knows a pay-out by when no answer came.
    """

    name = "toss"

    def __init__(
        self,
        *,
        base_url: str,
        secret_key: str,
        security_key: str,
        timeout_s: float = TIMEOUT_S,
        before_call: Callable[[], None] = nothing,
        page_size: int = PAGE,
    ) -> None:
        self._access = Access(base_url=base_url, secret_key=secret_key, timeout_s=timeout_s, before_call=before_call)
        self._seal = Seal(security_key)
        self._security_key = security_key
        self._page_size = str(page_size)

    def register(self, *, payee: NewPayee, key: str) -> Payee:
        """Make a stall known. Raises GatewayRejected, GatewayUnknown, and ValueError for what cannot be meant."""
        body = {"refSellerId": payee.ref, "businessType": _KINDS[payee.kind], **_about(payee)}
        return self._ask("register", "/v2/sellers", body, key, payout_mapper.payee)

    def change(self, *, payee_key: str, payee: NewPayee, key: str) -> Payee:
        """Replace name, contact and account of a payee. Raises as `register` does."""
        return self._ask("change", f"/v2/sellers/{_segment(payee_key)}", _about(payee), key, payout_mapper.payee)

    def payee(self, *, payee_key: str) -> Payee | None:
        """The payee, or None when Toss does not know it. Raises GatewayUnknown."""
        return self._read("payee", f"/v2/sellers/{_segment(payee_key)}", {}, payout_mapper.payee)

    def balance(self) -> PayoutBalance:
        """What there is to pay out. Raises GatewayUnknown."""
        found = self._read("balance", "/v2/balances", {}, payout_mapper.balance)
        if found is None:
            raise GatewayUnknown("no balance")
        return found

    def send(self, *, payouts: Sequence[NewPayout], key: str) -> tuple[Payout, ...]:
        """Ask for pay-outs, all or none. Raises as `register` does; after GatewayUnknown `find` each of them."""
        if not 0 < len(payouts) <= MOST_PAYOUTS or len({payout.ref for payout in payouts}) < len(payouts):
            raise ValueError(f"one call takes 1 to {MOST_PAYOUTS} pay-outs with different references")
        wanted = [_wanted(payout) for payout in payouts]
        taken = {found.ref: found for found in self._ask("send", "/v2/payouts", wanted, key, payout_mapper.payouts)}
        for asked in payouts:
            found = taken.get(asked.ref)
            if found is None or (found.amount_won, found.payee_key) != (asked.amount_won, asked.payee_key):
                raise GatewayUnknown("the answer is about other pay-outs")
        return tuple(taken[asked.ref] for asked in payouts)

    def payout(self, *, payout_key: str) -> Payout | None:
        """The pay-out, or None when Toss does not know it. Raises GatewayUnknown."""
        return self._read("payout", f"/v2/payouts/{_segment(payout_key)}", {}, payout_mapper.payout)

    def find(self, *, ref: str, pay_on: date) -> Payout | None:
        """The pay-out of that day with our reference, or None once the whole day was read. Raises GatewayUnknown."""
        query = {"limit": self._page_size, "payoutDateGte": pay_on.isoformat(), "payoutDateLte": pay_on.isoformat()}
        for _ in range(MOST_PAGES):
            page = self._read("find", "/v2/payouts", query, payout_mapper.payouts)
            for found in page or []:
                if found.ref == ref:
                    return found
            if not page:
                return None
            if page[-1].key == query.get("startingAfter"):
                break
            query["startingAfter"] = page[-1].key
        raise GatewayUnknown("the pay-outs have no end")

    def call_back(self, *, payout_key: str, key: str) -> Payout:
        """Cancel one that is still REQUESTED. Raises GatewayRejected and GatewayUnknown."""
        path = f"/v2/payouts/{_segment(payout_key)}/cancel"
        return self._understood(self._access.post("call_back", path, None, key), payout_mapper.payout)

    def parse_webhook(self, *, body: bytes, headers: Mapping[str, str]) -> PayoutHint:
        """What changed. Raises ForgedMessage, and ValueError for a body that Toss does not document."""
        return payout_webhooks.hint(body, headers, self._security_key)

    def close(self) -> None:
        """Give the connections back."""
        self._access.close()

    def _ask(self, label: str, path: str, body: object, key: str, read: Callable[[Record], T]) -> T:
        return self._understood(self._access.post_sealed(label, path, self._seal.close(body), key), read)

    def _read(self, label: str, path: str, query: Mapping[str, str], read: Callable[[Record], T]) -> T | None:
        answer = self._access.get(label, path, query)
        if answer.status == 404 and payout_mapper.error_code(answer.body).startswith("NOT_FOUND_"):
            return None
        if answer.status != 200:
            # A read that was refused says nothing about what was to be read.
            raise GatewayUnknown(f"HTTP {answer.status} {payout_mapper.error_code(answer.body)}".rstrip())
        return self._understood(answer, read)

    def _understood(self, answer: Answer, read: Callable[[Record], T]) -> T:
        """What a 200 says. Raises the exception for anything else."""
        try:
            opened = self._opened(answer)
            if answer.status == 200:
                return read(payout_mapper.body(opened))
        except BadShape as wrong:
            raise GatewayUnknown(f"HTTP {answer.status}, unreadable: {wrong}") from None
        raise payout_mapper.refusal(answer.status, opened)

    def _opened(self, answer: Answer) -> object:
        """The document of an answer. Errors of the outer gate come unsealed, whatever was asked."""
        if answer.body is not None:
            return document(answer.content)
        return self._seal.open(answer.content.decode("ascii", "replace"))


def _segment(key: str) -> str:
    if key in {"", ".", ".."} or len(key) > payout_mapper.LONGEST_KEY:
        raise ValueError("not a key of a payee or a pay-out")
    return quote(key, safe="")


def _about(payee: NewPayee) -> dict[str, object]:
    if not _PAYEE_REF.fullmatch(payee.ref):
        raise ValueError("the reference of a payee is 7 to 20 letters, digits, - and _")
    account = {
        "bankCode": payee.account.bank,
        "accountNumber": payee.account.number,
        "holderName": payee.account.holder,
    }
    contact = {"name": payee.name, "email": payee.email, "phone": payee.phone}
    if payee.kind is PayeeKind.PERSON:
        return {"individual": contact, "account": account}
    company = contact | {
        "representativeName": payee.representative,
        "businessRegistrationNumber": payee.business_number,
    }
    return {"company": company, "account": account}


def _wanted(payout: NewPayout) -> dict[str, object]:
    if not _PAYOUT_REF.fullmatch(payout.ref):
        raise ValueError("the reference of a pay-out is 1 to 50 letters, digits, - and _")
    if not 0 < payout.amount_won <= LARGEST_PAYOUT_WON:
        raise ValueError(f"a pay-out is 1 to {LARGEST_PAYOUT_WON} won")
    if not payout.memo:
        raise ValueError("a pay-out needs a memo")
    wanted: dict[str, object] = {
        "refPayoutId": payout.ref,
        "destination": payout.payee_key,
        "scheduleType": "SCHEDULED" if payout.pay_on else "EXPRESS",
        "amount": {"currency": "KRW", "value": payout.amount_won},
        "transactionDescription": payout.memo[:LONGEST_MEMO],
    }
    return wanted | ({"payoutDate": payout.pay_on.isoformat()} if payout.pay_on else {})
