"""What pay-outs do at the gateway, after commit and outside every transaction. For the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from jangteo.domains.payments.payouts_port import NewPayout, Payee, Payout, PayoutGateway
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown
from jangteo.domains.settlement.actions.note_payee import note_payee
from jangteo.domains.settlement.actions.note_payouts import note_payouts
from jangteo.domains.settlement.actions.refuse_batch import refuse_batch
from jangteo.domains.settlement.actions.refuse_payee import GONE, refuse_payee
from jangteo.domains.settlement.business_days import korean_date
from jangteo.domains.settlement.models import PayoutBatch, SentPayout, StallPayee
from jangteo.domains.settlement.payees import as_registered
from jangteo.domains.settlement.queries_payouts import batches_overdue, payees_to_read, payouts_to_read
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected, Unknown
from jangteo.kernel.tenancy import in_market

log = structlog.get_logger(__name__)

# A call that was made before midnight may still be answered after it.
ANSWERED_BY = timedelta(hours=1)
TOO_LATE = "TOO_LATE"
NOT_SET_UP = "the gateway is not set up"
# What the recipient's bank book shows; gateways cut it.
MEMO = "시장정산"


@dataclass(frozen=True, slots=True)
class PayoutEffects:
    """The handlers of pay-out topics over the configured gateways, by name."""

    gateways: Mapping[str, PayoutGateway]

    def tell_payee(self, row: OutboxRow) -> Ending:
        """Register a stall, or replace what the gateway knows of it."""
        payee = StallPayee.objects.select_related("account", "stall", "market").get(pk=row.payload["payee_id"])
        version = int(row.payload["version"])
        if payee.retired_at is not None or payee.version != version:
            return Done()
        gateway = self.gateways.get(payee.gateway)
        if gateway is None:
            return Unknown(NOT_SET_UP)
        told: dict[str, int] = {"payee_id": payee.pk, "version": version}
        try:
            found = _told(gateway, payee)
        except GatewayRejected as no:
            refuse_payee(market=payee.market, actor=SYSTEM, code=no.code, **told)
            return Rejected(no.code)
        except GatewayUnknown as unclear:
            return Unknown(str(unclear))
        note_payee(market=payee.market, actor=SYSTEM, found=found, **told)
        return Done()

    def send(self, row: OutboxRow) -> Ending:
        """Ask for the pay-outs of a batch. When an earlier try gave no answer they are looked for first."""
        batch = PayoutBatch.objects.select_related("market").get(pk=row.payload["batch_id"])
        waiting = _waiting(batch)
        if not waiting:
            return Done()
        gateway = self.gateways.get(batch.gateway)
        if gateway is None:
            return Unknown(NOT_SET_UP)
        try:
            seen = _found(gateway, batch, waiting) if row.attempts > 1 else ()
            if not seen and korean_date(clock.now()) >= batch.pay_on:
                return _refused(batch, TOO_LATE)
            seen = seen or gateway.send(payouts=[_wanted(one) for one in waiting], key=batch.key)
        except GatewayRejected as no:
            return _refused(batch, no.code)
        except GatewayUnknown as unclear:
            return Unknown(str(unclear))
        note_payouts(market=batch.market, actor=SYSTEM, gateway=batch.gateway, seen=seen)
        return Done()

    def call_back(self, row: OutboxRow) -> Ending:
        """Cancel a pay-out that has not begun; one that has begun is read, and goes on."""
        payout = SentPayout.objects.select_related("batch", "market").get(pk=row.payload["payout_id"])
        gateway = self.gateways.get(payout.batch.gateway)
        if payout.state != SentPayout.State.REQUESTED:
            return Done()
        if gateway is None:
            return Unknown(NOT_SET_UP)
        try:
            seen = gateway.call_back(payout_key=payout.key, key=row.key)
        except GatewayRejected as no:
            self._read_payout(payout)
            return Rejected(no.code)
        except GatewayUnknown as unclear:
            return Unknown(str(unclear))
        note_payouts(market=payout.market, actor=SYSTEM, gateway=gateway.name, seen=[seen])
        return Done()

    def read_hint(self, row: OutboxRow) -> Ending:
        """A message claimed something: read it at the gateway and believe only that."""
        gateway, payout_key = str(row.payload["gateway"]), str(row.payload["payout_key"])
        payouts = SentPayout.objects.filter(batch__gateway=gateway, key=payout_key or None)
        payees = StallPayee.objects.filter(gateway=gateway, key=str(row.payload["payee_key"]) or None)
        payout = payouts.select_related("batch", "market").first()
        payee = payees.select_related("market").first()
        is_read = (payout is None or self._read_payout(payout)) and (payee is None or self._read_payee(payee))
        return Done() if is_read else Unknown("not read")

    def sweep(self) -> None:
        """Ask about everything that has not come to its end, without waiting for messages."""
        for payout in payouts_to_read():
            self._read_payout(payout)
        for payee in payees_to_read():
            self._read_payee(payee)
        for batch in batches_overdue(korean_date(clock.now() - ANSWERED_BY)):
            self._resolve(batch)

    def _resolve(self, batch: PayoutBatch) -> None:
        """Find out about a batch whose day has come. It is not asked for any more, so what is not there will not be."""
        gateway = self.gateways.get(batch.gateway)
        if gateway is None:
            return
        with in_market(batch.market_id):
            waiting = _waiting(batch)
            try:
                seen = _found(gateway, batch, waiting)
            except GatewayUnknown as unclear:
                log.info("payouts_not_found_out", batch=batch.pk, reason=str(unclear))
                return
            if not seen:
                _refused(batch, TOO_LATE)
        note_payouts(market=batch.market, actor=SYSTEM, gateway=batch.gateway, seen=seen)

    def _read_payout(self, payout: SentPayout) -> bool:
        """False when the gateway could not be asked."""
        gateway = self.gateways.get(payout.batch.gateway)
        try:
            seen = gateway.payout(payout_key=payout.key) if gateway else None
        except GatewayUnknown as unclear:
            log.info("payout_not_read", payout=payout.pk, reason=str(unclear))
            return False
        if seen is not None:
            note_payouts(market=payout.market, actor=SYSTEM, gateway=payout.batch.gateway, seen=[seen])
        return True

    def _read_payee(self, payee: StallPayee) -> bool:
        """False when the gateway could not be asked."""
        gateway = self.gateways.get(payee.gateway)
        try:
            found = gateway.payee(payee_key=payee.key) if gateway else None
        except GatewayUnknown as unclear:
            log.info("payee_not_read", payee=payee.pk, reason=str(unclear))
            return False
        if found is None and gateway is not None:
            refuse_payee(market=payee.market, actor=SYSTEM, payee_id=payee.pk, version=payee.version, code=GONE)
        elif found is not None and _is_about(found, payee):
            note_payee(market=payee.market, actor=SYSTEM, payee_id=payee.pk, found=found)
        return True


def _told(gateway: PayoutGateway, payee: StallPayee) -> Payee:
    """The registration has one key for ever, so that it is never made twice; then its answer may be an older one's."""
    about = as_registered(payee, payee.stall)
    found = None
    if not payee.key:
        found = gateway.register(payee=about, key=f"register:{payee.ref}")
    if found is None or payee.version > 1:
        key = f"change:{payee.ref}:{payee.version}"
        found = gateway.change(payee_key=found.key if found else payee.key, payee=about, key=key)
    if not _is_about(found, payee):
        raise GatewayUnknown("the answer is about another payee")
    return found


def _is_about(found: Payee, payee: StallPayee) -> bool:
    return found.ref == payee.ref and payee.key in ("", found.key)


def _waiting(batch: PayoutBatch) -> list[SentPayout]:
    rows = SentPayout.objects.filter(batch=batch, state=SentPayout.State.WAITING)
    return list(rows.select_related("payee", "batch").order_by("pk"))


def _found(gateway: PayoutGateway, batch: PayoutBatch, waiting: Sequence[SentPayout]) -> tuple[Payout, ...]:
    """The batch as the gateway has it, empty when it has not. Raises GatewayUnknown for a part of it."""
    seen: list[Payout] = []
    for one in waiting:
        found = gateway.find(ref=one.ref, pay_on=batch.pay_on)
        if found is None and not seen:
            return ()
        if found is None:
            raise GatewayUnknown("a part of the batch is not there")
        seen.append(found)
    return tuple(seen)


def _wanted(one: SentPayout) -> NewPayout:
    return NewPayout(one.ref, one.payee.key, one.amount_won, MEMO, one.batch.pay_on)


def _refused(batch: PayoutBatch, code: str) -> Rejected:
    refuse_batch(market=batch.market, actor=SYSTEM, batch_id=batch.pk, code=code)
    return Rejected(code)
