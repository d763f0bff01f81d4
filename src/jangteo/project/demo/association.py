"""The demo market's association in the past month: it pays attention to the gateway, closes days and settles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.payments.ports import BankAccount
from jangteo.domains.people.actions.bind_device import bind_device
from jangteo.domains.people.actions.make_entry_link import make_entry_link
from jangteo.domains.people.models import Role
from jangteo.domains.people.queries import device_by_secret
from jangteo.domains.settlement.actions.approve_run import approve_run
from jangteo.domains.settlement.actions.close_day import close_day
from jangteo.domains.settlement.actions.close_run import close_run
from jangteo.domains.settlement.actions.compare_day import DayReport, compare_day
from jangteo.domains.settlement.actions.confirm_account import confirm_account
from jangteo.domains.settlement.actions.finish_run import finish_run
from jangteo.domains.settlement.actions.propose_account import propose_account
from jangteo.domains.settlement.actions.review_run import review_run
from jangteo.domains.settlement.actions.take_break import take_break
from jangteo.domains.settlement.models import Break, SettlementRun
from jangteo.kernel.audit import SYSTEM, Actor, ActorKind
from jangteo.kernel.tenancy import in_market
from jangteo.project.demo.card import CardDesk

# Days ago: up to which day the first run goes, which is settled; the second, which waits for a second yes; which day's
# list of the gateway lacks a payment; and since when days are compared and closed.
SETTLED, WAITS, LACKS, COMPARED = 15, 8, 2, 7
BANKS = ("004", "011", "020", "088", "090")


@dataclass(frozen=True, slots=True)
class Office:
    """Two managers of the association, each with a phone of their own."""

    market: Market
    chair: Actor
    treasurer: Actor


def open_office(market: Market) -> Office:
    """Two phones come in, and every stall's account is written down by one and confirmed by the other."""
    office = Office(market, _manager(market), _manager(market))
    with in_market(market.pk):
        stalls = list(Stall.objects.order_by("pk"))
    for stall in stalls:
        # No bank gives out an account of zeros.
        account = BankAccount(BANKS[stall.pk % len(BANKS)], f"000000{stall.code}", stall.owner_name)
        row = propose_account(market=market, actor=office.treasurer, stall_id=stall.pk, account=account)
        confirm_account(market=market, actor=office.chair, account_id=row.pk)
    return office


def morning_after(office: Office, desk: CardDesk, day: date, ago: int) -> None:
    """What the association does early on the day after `day`, which is so many days ago."""
    if ago <= COMPARED:
        _compare(office, desk, day, ago)
        close_day(market=office.market, actor=office.treasurer, day=day)
    if ago == SETTLED:
        run = _approved(office, day)
        approve_run(market=office.market, actor=office.chair, run_id=run.pk)
        finish_run(market=office.market, actor=office.chair, run_id=run.pk)
    elif ago == WAITS:
        _approved(office, day)


def _compare(office: Office, desk: CardDesk, day: date, ago: int) -> None:
    """The gateway's lists against the book. One of them lacks a payment, and somebody is asking why."""
    moved = desk.moved_on(day)
    if ago == LACKS:
        moved.remove(max((row for row in moved if row.amount_won > 0), key=lambda row: row.at))
    first = day - timedelta(days=COMPARED * 5) if ago == COMPARED else day
    report = DayReport(desk.gateway.name, day, moved, desk.settled(first, day))
    compare_day(market=office.market, actor=office.treasurer, report=report)
    with in_market(office.market.pk):
        nobodys = list(Break.objects.filter(state=Break.State.OPEN, owner="").order_by("pk"))
    for one in nobodys:
        take_break(market=office.market, actor=office.treasurer, break_id=one.pk)


def _approved(office: Office, last: date) -> SettlementRun:
    """A run that has its first yes."""
    run = close_run(market=office.market, actor=office.treasurer, last=last)
    review_run(market=office.market, actor=office.treasurer, run_id=run.pk)
    return approve_run(market=office.market, actor=office.treasurer, run_id=run.pk)


def _manager(market: Market) -> Actor:
    token = make_entry_link(market=market, actor=SYSTEM, role=Role.MANAGER)
    device = device_by_secret(bind_device(market=market, actor=SYSTEM, token=token))
    if device is None:
        raise LookupError("a device that was just bound")
    return Actor(ActorKind.STAFF, f"device:{device.pk}")
