"""Sellers and pay-outs of the practice gateway and the rules they follow."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jangteo.kernel.clock import KST

LARGEST_WITHOUT_KYC_WON = 10_000_000
OPENS, CLOSES = time(8), time(15)
LATEST = timedelta(days=365)
# Toss publishes three accounts whose transfers fail; (bank, number).
FAILING_ACCOUNTS = frozenset({("295", "77701777777"), ("011", "3025353430761"), ("002", "02004240994312")})
BANK_SAYS_NO = "TRANSFER_FAILED"


class PayoutRefusal(Exception):
    """A no of the pay-outs. Toss publishes few codes; INVALID_REQUEST stands for those that were not seen."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@dataclass(slots=True)
class Seller:
    """One seller. `about` is what was registered, with company or individual and account."""

    id: str
    ref: str
    business_type: str
    about: dict[str, object]
    account: tuple[str, str]
    status: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """One pay-out as it is asked for. `pay_on` None is today."""

    ref: str
    destination: str
    won: int
    memo: str
    pay_on: date | None


@dataclass(slots=True)
class PracticePayout:
    """One pay-out."""

    id: str
    wanted: Wanted
    pay_on: date
    requested_at: datetime
    status: str
    failure: str = ""


class PayoutsBook:
    """Every seller and pay-out since the start. `changed` is called, inside the lock, for what a webhook tells.

    `settled_won` says what has reached the shop's balance and what will. Without a seed no id comes twice, not even
    after a new start.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        settled_won: Callable[[], tuple[int, int]],
        changed: Callable[[Seller | PracticePayout], None],
        seed: int | None = None,
    ) -> None:
        self._clock = clock
        self._settled_won = settled_won
        self._changed = changed
        self._sellers: dict[str, Seller] = {}
        self._payouts: dict[str, PracticePayout] = {}
        self._chance = random.Random(seed)  # noqa: S311 - must repeat with a seed; the money is play money
        self.funded_won = 0
        self.lock = threading.RLock()

    def register(self, ref: str, business_type: str, about: dict[str, object], account: tuple[str, str]) -> Seller:
        """A new seller. Raises PayoutRefusal for a reference that is taken."""
        with self.lock:
            if any(seller.ref == ref for seller in self._sellers.values()):
                raise _invalid("refSellerId is taken")
            status = "PARTIALLY_APPROVED" if business_type == "CORPORATE" else "APPROVAL_REQUIRED"
            seller = Seller(f"seller_{self._drawn()}", ref, business_type, about, account, status)
            self._sellers[seller.id] = seller
            return seller

    def change(self, seller_id: str, about: dict[str, object], account: tuple[str, str]) -> Seller:
        """Other facts about a seller. Raises PayoutRefusal."""
        with self.lock:
            seller = self.seller(seller_id)
            seller.about, seller.account = about, account
            return seller

    def seller(self, seller_id: str) -> Seller:
        """Raises PayoutRefusal."""
        found = self._sellers.get(seller_id)
        if found is None:
            raise PayoutRefusal(404, "NOT_FOUND_SELLER", "존재하지 않는 셀러입니다.")
        return found

    def check_seller(self, seller_id: str, status: str) -> Seller:
        """What Toss's people do: identity, KYC. Raises PayoutRefusal."""
        with self.lock:
            seller = self.seller(seller_id)
            seller.status = status
            self._changed(seller)
            return seller

    def balance(self) -> tuple[int, int]:
        """What can be paid out, and what will be."""
        with self.lock:
            available_won, pending_won = self._settled_won()
            gone_won = sum(p.wanted.won for p in self._payouts.values() if p.status not in {"FAILED", "CANCELED"})
            return available_won + self.funded_won - gone_won, pending_won

    def send(self, wanted: Sequence[Wanted]) -> list[PracticePayout]:
        """All of them or none: the first that cannot be is told. Raises PayoutRefusal."""
        with self.lock:
            for one in wanted:
                self._check(one)
            if sum(one.won for one in wanted) > self.balance()[0]:
                raise _invalid("the balance does not suffice")
            made = [self._made(one) for one in wanted]
            self._payouts |= {payout.id: payout for payout in made}
            return made

    def _made(self, wanted: Wanted) -> PracticePayout:
        at = self._clock()
        status = "REQUESTED" if wanted.pay_on else "IN_PROGRESS"
        return PracticePayout(f"FPA_{self._drawn()}", wanted, wanted.pay_on or at.astimezone(KST).date(), at, status)

    def _drawn(self) -> str:
        return f"{self._chance.getrandbits(64):016x}"

    def _check(self, wanted: Wanted) -> None:
        seller = self.seller(wanted.destination)
        if seller.status == "PARTIALLY_APPROVED" and wanted.won > LARGEST_WITHOUT_KYC_WON:
            seller.status = "KYC_REQUIRED"
            self._changed(seller)
        if seller.status not in {"PARTIALLY_APPROVED", "APPROVED"}:
            raise PayoutRefusal(403, "FORBIDDEN_SELLER_PAYOUT", f"identity or KYC (refPayoutId: {wanted.ref})")
        if any(payout.wanted.ref == wanted.ref for payout in self._payouts.values()):
            raise _invalid("refPayoutId is taken")
        here = self._clock().astimezone(KST)
        if wanted.pay_on is None:
            if here.weekday() > 4 or not OPENS <= here.time() < CLOSES:
                raise _invalid("EXPRESS is for weekdays from 8 to 15 o'clock")
        elif wanted.pay_on.weekday() > 4 or not here.date() < wanted.pay_on <= here.date() + LATEST:
            raise _invalid("payoutDate is no weekday of the coming year")

    def run_batch(self) -> list[PracticePayout]:
        """What the bank does once a day: begin what is due, and end what was begun. Returns what has ended."""
        with self.lock:
            today = self._clock().astimezone(KST).date()
            ended = []
            for payout in self._payouts.values():
                if payout.status == "REQUESTED" and payout.pay_on <= today:
                    payout.status = "IN_PROGRESS"
                if payout.status != "IN_PROGRESS":
                    continue
                fails = self.seller(payout.wanted.destination).account in FAILING_ACCOUNTS
                payout.failure = BANK_SAYS_NO if fails else ""
                payout.status = "FAILED" if fails else "COMPLETED"
                self._changed(payout)
                ended.append(payout)
            return ended

    def payout(self, payout_id: str) -> PracticePayout:
        """Raises PayoutRefusal."""
        found = self._payouts.get(payout_id)
        if found is None:
            raise PayoutRefusal(404, "NOT_FOUND_PAYOUT", "존재하지 않는 지급대행 요청입니다.")
        return found

    def payouts(self) -> list[PracticePayout]:
        """All of them, oldest first."""
        with self.lock:
            return list(self._payouts.values())

    def cancel(self, payout_id: str) -> PracticePayout:
        """Call back one that has not begun. Raises PayoutRefusal."""
        with self.lock:
            payout = self.payout(payout_id)
            if payout.status != "REQUESTED":
                raise _invalid("only REQUESTED can be cancelled")
            payout.status = "CANCELED"
            return payout


def _invalid(why: str) -> PayoutRefusal:
    return PayoutRefusal(400, "INVALID_REQUEST", why)
