"""Events, flash sales and a rebate desk that is at work."""

from __future__ import annotations

from jangteo.domains.events.models import Event, SignUp
from jangteo.domains.events.tests.gatherings import comes, event
from jangteo.domains.rebates.actions.add_paper import add_paper
from jangteo.domains.rebates.actions.undo_payout import undo_payout
from jangteo.domains.rebates.models import Payout, RebateEvent, RebateVisit, TableReceipt
from jangteo.domains.rebates.queries import current_rebate
from jangteo.domains.rebates.tests.desks import number, paid, person, rebate
from jangteo.domains.rebates.tests.desks import paper as lay_paper
from jangteo.domains.rebates.told import PaperReceipt
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World


def happening(world: World) -> Event:
    """A class with places enough for everybody."""
    return event(world, places=900)


def signed_up(world: World, found: Event) -> SignUp:
    return comes(world, found)


def rebate_in(world: World) -> RebateEvent:
    """The market's one event."""
    with in_market(world.market.pk):
        known = current_rebate()
    return known or rebate(world)


def visit_in(world: World, found: RebateEvent) -> RebateVisit:
    """A number that waits."""
    return number(world, found)


def receipt_in(world: World, visit: RebateVisit) -> TableReceipt:
    """A receipt that its buyer sent ahead."""
    told = PaperReceipt(world.fish.pk, clock.now(), 5_000, 0, 0, number=str(90_000_000 + visit.pk))
    return add_paper(market=world.market, actor=SYSTEM, visit_id=visit.pk, told=told, checked=False)


def payout_in(world: World, found: RebateEvent) -> Payout:
    """Vouchers that went over the desk and came back, so that undoing them is too late for everybody."""
    visit = person(world, found, f"0107{found.pk:03}{number(world, found).number:04}"[:11])
    lay_paper(world, visit, fish=34_000)
    payout = paid(world, visit, 1)
    undo_payout(market=world.market, actor=SYSTEM, payout_id=payout.pk)
    return payout
