"""Sales, refunds and pay-outs by the ledger alone, for tests of what comes after an order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.queries import balance_won
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import BankAccount
from jangteo.domains.settlement.actions.approve_run import approve_run
from jangteo.domains.settlement.actions.close_run import close_run
from jangteo.domains.settlement.actions.confirm_account import confirm_account
from jangteo.domains.settlement.actions.export_run import export_run
from jangteo.domains.settlement.actions.propose_account import propose_account
from jangteo.domains.settlement.actions.review_run import review_run
from jangteo.domains.settlement.actions.set_payout_terms import NewTerms, set_payout_terms
from jangteo.domains.settlement.models import PayoutFile, SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import Mode
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from jangteo.kernel.tenancy import in_market

ANNA, BORA = Actor(ActorKind.STAFF, "device:901"), Actor(ActorKind.STAFF, "device:902")
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
REGISTERED = "02-001-00001"


def at(day: date, hour: int = 12) -> datetime:
    """An hour of a Korean day."""
    return clock.korean(day, time(hour))


@dataclass
class Book:
    """Writes what orders would have written. Entry keys are those that a gateway's reports are matched by."""

    market: Market
    count: int = field(default=0)
    gateway: str = "toss"

    def sale(self, parts: Mapping[int, int], when: datetime, *, more: Mapping[str, int] | None = None) -> str:
        """A card payment of these won by stall, handed over at once; `more` came in on other accounts. Its ref."""
        self.count += 1
        ref = f"{self.market.pk}{self.count:019d}"
        won, others = sum(parts.values()), more or {}
        card = won - sum(others.values())
        with clock.at(when):
            self._payment(ref, card)
            came = {f"clear:{self.gateway}": card, f"order:{ref}": -card}
            self.post(f"{self.gateway}:{self.key_of(ref)}:capture", "capture", ref, came)
            for account, paid in others.items():
                self.post(f"{ref}:{account}", "capture", ref, {account: paid, f"order:{ref}": -paid})
            for stall, due in parts.items():
                lines = {f"order:{ref}": due, f"stall:{stall}:payable": -due}
                self.post(f"{ref}:{stall}:handed_over", "allocate", ref, lines)
        return ref

    def refund(self, ref: str, stall: int, won: int, when: datetime, key: str = "c1") -> None:
        """Money of goods that were handed over goes back to the card."""
        with clock.at(when):
            back = {f"stall:{stall}:payable": won, f"order:{ref}": -won}
            self.post(f"{ref}:{stall}:back:{key}", "take_back", ref, back)
            away = {f"order:{ref}": won, f"clear:{self.gateway}": -won}
            self.post(f"{self.gateway}:{self.key_of(ref)}:cancel:{key}", "refund", ref, away)

    def key_of(self, ref: str) -> str:
        """What the gateway calls the payment: PortOne by our own reference."""
        return ref if self.gateway == "portone" else f"pk-{ref}"

    def at_counter(self, stall: int, won: int, when: datetime) -> None:
        """Sold for cash in the stall's own hand."""
        self.count += 1
        lines = {f"stall:{stall}:till": won, f"stall:{stall}:sales": -won}
        with clock.at(when):
            self.post(f"cash:{self.market.pk}:{self.count}", "recorded", f"cash{self.count}", lines)

    def post(self, key: str, kind: str, ref: str, lines: Mapping[str, int]) -> None:
        with in_market(self.market.pk), transaction.atomic():
            entry = NewEntry(key=key, kind=kind, cause=f"order:{ref}", lines=lines)
            post_entry(market_id=self.market.pk, actor=SYSTEM, entry=entry)

    def won(self, account: str) -> int:
        with in_market(self.market.pk):
            return balance_won(account)

    def _payment(self, ref: str, won: int) -> None:
        with in_market(self.market.pk):
            Payment.objects.create(
                market=self.market,
                gateway=self.gateway,
                order_ref=ref,
                amount_won=won,
                tax_free_won=0,
                state=Payment.State.CAPTURED,
                payment_key=self.key_of(ref),
                captured_won=won,
                created_at=clock.now(),
                expires_at=clock.now(),
                changed_at=clock.now(),
            )


def association_pays(market: Market, **more: int) -> None:
    terms = NewTerms(mode=Mode.ASSOCIATION_PAYS, registration=REGISTERED, **more)  # type: ignore[arg-type]  # numbers only
    set_payout_terms(market=market, actor=ANNA, terms=terms)


def has_account(market: Market, stall: Stall, number: str = "110123456789") -> None:
    account = BankAccount("088", number, stall.owner_name)
    row = propose_account(market=market, actor=ANNA, stall_id=stall.pk, account=account)
    confirm_account(market=market, actor=BORA, account_id=row.pk)


def approved(market: Market, last: date) -> SettlementRun:
    run = close_run(market=market, actor=ANNA, last=last)
    review_run(market=market, actor=ANNA, run_id=run.pk)
    approve_run(market=market, actor=ANNA, run_id=run.pk)
    return approve_run(market=market, actor=BORA, run_id=run.pk)


def exported(market: Market, last: date) -> tuple[SettlementRun, PayoutFile]:
    run = approved(market, last)
    return run, export_run(market=market, actor=ANNA, run_id=run.pk)


def line_of(run: SettlementRun, stall: Stall) -> SettlementLine:
    with in_market(run.market_id):
        return SettlementLine.objects.get(run=run, stall=stall)
