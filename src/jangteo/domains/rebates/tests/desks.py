"""An event that runs today, and purchases for it."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import replace
from datetime import date, time, timedelta

from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.rebates.actions.add_paper import add_paper
from jangteo.domains.rebates.actions.make_rebate import make_rebate
from jangteo.domains.rebates.actions.name_person import name_person
from jangteo.domains.rebates.actions.pay_out import pay_out
from jangteo.domains.rebates.actions.take_number import take_number
from jangteo.domains.rebates.models import Payout, RebateEvent, RebateVisit, TableReceipt
from jangteo.domains.rebates.rules import USUAL_TIERS, Tier
from jangteo.domains.rebates.told import NewPot, NewRebate, PaperReceipt
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World, wants

_keys = itertools.count()
AGRI_POT = NewPot("agri", 3_000_000, 20_000, ("vegetables", "tofu"))
USUAL = tuple(Tier(*pair) for pair in USUAL_TIERS)
FISH_POT = NewPot("fish", 3_000_000, 20_000, ("fish",))


def told(
    *,
    starts_on: date | None = None,
    days: int = 3,
    vouchers: int = 300,
    pots: tuple[NewPot, ...] = (AGRI_POT, FISH_POT),
    tiers: tuple[Tier, ...] = USUAL,
    voucher_won: int = 10_000,
) -> NewRebate:
    """The usual set, from today on, at all hours."""
    first = starts_on or clock.business_day(clock.now())
    return NewRebate(
        name="추석 환급행사",
        place="고객지원센터 앞",
        starts_on=first,
        ends_on=first + timedelta(days=days - 1),
        opens_at=time(4),
        closes_at=time(3, 59),
        tiers=tiers,
        pots=pots,
        voucher_won=voucher_won,
        vouchers=vouchers,
    )


def rebate(world: World, new: NewRebate | None = None) -> RebateEvent:
    return make_rebate(market=world.market, actor=SYSTEM, new=new or told())


def number(world: World, event: RebateEvent) -> RebateVisit:
    return take_number(market=world.market, actor=SYSTEM, event_id=event.pk, key=f"number-{next(_keys):06}")


def person(world: World, event: RebateEvent, phone: str = "010-1111-2222", name: str = "박순희") -> RebateVisit:
    """A number whose person has said who they are."""
    visit = number(world, event)
    return name_person(market=world.market, actor=SYSTEM, visit_id=visit.pk, phone=phone, name=name)


def paper(
    world: World, visit: RebateVisit, *, agri: int = 0, fish: int = 0, approval: str = "", total: int = 0
) -> TableReceipt:
    """A receipt of today with an approval number of its own, unless it is named."""
    receipt = PaperReceipt(
        world.fish.pk, clock.now(), total or agri + fish, agri, fish, approval or f"{10_000_000 + next(_keys)}"
    )
    return add_paper(market=world.market, actor=SYSTEM, visit_id=visit.pk, told=receipt, checked=True)


def paid(world: World, visit: RebateVisit, vouchers: int, key: str = "") -> Payout:
    return pay_out(
        market=world.market,
        actor=SYSTEM,
        visit_id=visit.pk,
        key=key or f"paid-{next(_keys):06}",
        vouchers=vouchers,
    )


def bought(world: World, *lines: tuple[Good, int], phone: str = "010-0000-2000") -> str:
    """An order by this number that its stalls have handed over; its token."""
    wanted, key = replace(wants(*lines), phone=phone), str(uuid.uuid4())
    placed = place_order(market=world.market, actor=GUEST, wanted=wanted, key=key)
    with in_market(world.market.pk):
        parts = list(StallPart.objects.filter(order__token=placed.token).order_by("pk"))
    for part in parts:
        for step in (accept_part, ready_part, hand_over_part):
            step(market=world.market, actor=SYSTEM, part_id=part.pk)
    return placed.token
