"""Pay-outs that a gateway makes, as the office sees them and as they have to be asked about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from jangteo.domains.markets.models import Market
from jangteo.domains.payments import payout_gateways
from jangteo.domains.payments.payouts_port import PayoutHint
from jangteo.domains.settlement.accounts import paid_from
from jangteo.domains.settlement.bills import GATEWAY
from jangteo.domains.settlement.models import PayoutBatch, SentPayout, SettlementLine, StallPayee
from jangteo.domains.settlement.models import SettlementRun as Run
from jangteo.domains.settlement.modes import Mode, RunState
from jangteo.domains.settlement.payees import Standing, standing
from jangteo.domains.settlement.payout_models import ON_THE_WAY
from jangteo.domains.settlement.stall_accounts import confirmed_accounts
from jangteo.kernel import clock
from jangteo.kernel.tenancy import unscoped

PAYOUT_EVERY = timedelta(minutes=30)
PAYEE_EVERY = timedelta(hours=1)
MOST_PAYOUTS_READ, MOST_PAYEES_READ = 100, 50


def payee_of(stall_id: int) -> StallPayee | None:
    """How the gateway that pays now knows the stall, None where it was not told."""
    return payees_of([stall_id], payout_gateways.chosen()).get(stall_id)


def payees_of(stalls: Collection[int], gateway: str) -> dict[int, StallPayee]:
    """By stall, of those that this gateway was told of."""
    rows = StallPayee.objects.filter(stall_id__in=stalls, gateway=gateway, retired_at=None)
    return {row.stall_id: row for row in rows}


def gateway_pays(market: Market, mode: str) -> bool:
    """Whether stalls of a market that settles like this are paid by a gateway that is set up here."""
    return mode == Mode.GATEWAY_PAYS and bool(payout_gateways.chosen())


def unsent(run: Run) -> QuerySet[SettlementLine]:
    """Lines that are to be paid and that no gateway has been asked for, or has refused."""
    asked = SentPayout.objects.filter(batch__run=run).exclude(state=SentPayout.State.REFUSED)
    lines = SettlementLine.objects.filter(run=run, payout_won__gt=0, outcomes=None)
    return lines.exclude(pk__in=asked.values("line_id")).select_related("stall").order_by("pk")


def elsewhere(run: Run, lines: Sequence[SettlementLine], gateway: str) -> str:
    """The first gateway that holds a part of these lines and is not this one, "" for none."""
    accounts = {account for line in lines for account in paid_from(run, line)}
    others = sorted(accounts - {f"{GATEWAY}:{gateway}"})
    return others[0].partition(":")[2] if others else ""


@dataclass(frozen=True, slots=True)
class Unready:
    """A stall that the gateway cannot pay yet."""

    line: SettlementLine
    standing: Standing


def unready(lines: Sequence[SettlementLine], gateway: str) -> list[Unready]:
    """Those of the lines that this gateway cannot pay, in their order, with what is missing."""
    stalls = [line.stall_id for line in lines]
    payees = payees_of(stalls, gateway)
    accounts = {row.stall_id: row for row in confirmed_accounts().filter(stall_id__in=stalls)}
    found = [
        Unready(line, standing(payees.get(line.stall_id), accounts.get(line.stall_id), line.payout_won))
        for line in lines
    ]
    return [one for one in found if one.standing is not Standing.READY]


@dataclass(frozen=True, slots=True)
class Sending:
    """A run that a gateway pays, or may. `payouts` has the newest one of each line that was sent.

    `elsewhere` names a gateway that holds a part of the money and does not pay out: then it takes the file.
    `refusal` is the code of the last call that was refused and not made again; `pay_on` the last day asked for.
    """

    gateway: str
    payouts: Mapping[int, SentPayout]
    unsent: Sequence[SettlementLine]
    unready: Sequence[Unready]
    elsewhere: str
    refusal: str
    pay_on: date | None

    @property
    def began(self) -> bool:
        return bool(self.payouts)


def sending(run: Run) -> Sending | None:
    """None where no gateway pays this run: another mode, none set up, or a file was made. Its `file` is loaded."""
    rows = SentPayout.objects.filter(batch__run=run).select_related("batch").order_by("pk")
    payouts = {row.line_id: row for row in rows}
    last = max(payouts.values(), key=lambda row: row.pk, default=None)
    # What is sent from now on goes through the one that is set up, and what was sent stays with its own.
    gateway = payout_gateways.chosen() or (last.batch.gateway if last else "")
    if run.mode != Mode.GATEWAY_PAYS or not gateway or hasattr(run, "file"):
        return None
    open_run = run.state in (RunState.APPROVED, RunState.EXPORTED)
    waiting = list(unsent(run)) if open_run else []
    refused = [row for row in payouts.values() if row.state == SentPayout.State.REFUSED]
    return Sending(
        gateway=gateway,
        payouts=payouts,
        unsent=waiting,
        unready=unready(waiting, gateway),
        elsewhere=elsewhere(run, waiting, gateway),
        refusal=max(refused, key=lambda row: row.pk).failure if refused and waiting else "",
        pay_on=last.batch.pay_on if last else None,
    )


def payout_of(line_id: int) -> SentPayout | None:
    """What a gateway was last asked to pay of a statement."""
    return SentPayout.objects.filter(line_id=line_id).select_related("batch").order_by("-pk").first()


def market_of_hint(gateway: str, hint: PayoutHint) -> Market | None:
    """Whose pay-out or stall a gateway's message is about. Asked before any market is known."""
    with unscoped():
        payouts = SentPayout.objects.filter(batch__gateway=gateway, key=hint.payout_key or None)
        payees = StallPayee.objects.filter(gateway=gateway, key=hint.payee_key or None)
        found = payouts.select_related("market").first() or payees.select_related("market").first()
    return None if found is None else found.market


def payouts_to_read() -> list[SentPayout]:
    """Pay-outs of every market that have not ended and were not asked about lately, the longest ago first."""
    moment = clock.now()
    with unscoped():
        rows = SentPayout.objects.filter(state__in=ON_THE_WAY).exclude(key="")
        rows = rows.filter(read_at__lt=moment - PAYOUT_EVERY).select_related("market", "batch")
        return list(rows.order_by("read_at", "pk")[:MOST_PAYOUTS_READ])


def payees_to_read() -> list[StallPayee]:
    """Stalls of every market that gateways know and were not asked about lately, the longest ago first."""
    due = Q(read_at=None) | Q(read_at__lt=clock.now() - PAYEE_EVERY)
    with unscoped():
        rows = StallPayee.objects.filter(due, retired_at=None).exclude(key="").select_related("market")
        return list(rows.order_by(F("read_at").asc(nulls_first=True), "pk")[:MOST_PAYEES_READ])


def batches_overdue(today: date) -> list[PayoutBatch]:
    """Batches of every market whose day has come, and nobody knows whether the gateway has taken them."""
    with unscoped():
        rows = PayoutBatch.objects.filter(payouts__state=SentPayout.State.WAITING, pay_on__lte=today)
        return list(rows.select_related("market").distinct().order_by("pk"))
