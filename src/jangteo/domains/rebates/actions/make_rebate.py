"""The association sets an event up."""

from __future__ import annotations

from itertools import pairwise

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.move_paper import move_paper
from jangteo.domains.rebates.desk_hours import moment_of
from jangteo.domains.rebates.errors import BadRebate, EventClash
from jangteo.domains.rebates.models import PaperMove, RebateEvent, RebatePot
from jangteo.domains.rebates.rules import KINDS
from jangteo.domains.rebates.told import NewRebate
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_WON = 10_000_000_000
MOST_VOUCHERS = 1_000_000
MOST_DAYS = 60


@action
def make_rebate(*, market: Market, actor: Actor, new: NewRebate) -> RebateEvent:
    """Write the event, its pots and its paper. One event at a time in a market. Raises BadRebate, EventClash."""
    _check(new)
    Market.objects.select_for_update(no_key=True).only("pk").get(pk=market.pk)
    clash = RebateEvent.objects.filter(starts_on__lte=new.ends_on, ends_on__gte=new.starts_on).first()
    if clash is not None:
        raise EventClash(name=clash.name)
    event = RebateEvent.objects.create(
        market=market,
        name=new.name.strip(),
        place=new.place.strip(),
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        opens_at=new.opens_at,
        closes_at=new.closes_at,
        tiers=[[tier.from_won, tier.back_won] for tier in new.tiers],
        voucher_won=new.voucher_won,
        same_day=new.same_day,
        keep_days=new.keep_days,
        made_at=clock.now(),
    )
    for pot in new.pots:
        RebatePot.objects.create(
            market=market,
            event=event,
            kind=pot.kind,
            cap_won=pot.cap_won,
            budget_won=pot.budget_won,
            goods=list(pot.goods),
        )
    if new.vouchers:
        move_paper(event=event, actor=actor, why=PaperMove.Why.BROUGHT, change=new.vouchers)
    audit.record(actor, "rebate.made", f"rebate:{event.pk}", days=(new.ends_on - new.starts_on).days + 1)
    live.publish([live.News(f"market:{market.pk}", "rebate", {"rebate": event.pk})])
    return event


def _check(new: NewRebate) -> None:
    """Raises BadRebate with the field that cannot be."""
    length = (new.ends_on - new.starts_on).days + 1
    fields = {
        "name": 0 < len(new.name.strip()) <= 40,
        "place": 0 < len(new.place.strip()) <= 60,
        "ends_on": 1 <= length <= MOST_DAYS,
        "closes_at": moment_of(new.starts_on, new.opens_at) < moment_of(new.starts_on, new.closes_at),
        "voucher_won": 0 < new.voucher_won <= 100_000,
        "vouchers": 0 <= new.vouchers <= MOST_VOUCHERS,
        "tiers": _tiers_rise(new),
        "pots": bool(new.pots) and len({pot.kind for pot in new.pots}) == len(new.pots),
        "budget_won": all(pot.kind in KINDS and 0 < pot.budget_won <= MOST_WON for pot in new.pots),
        "cap_won": all(0 < pot.cap_won <= MOST_WON and pot.cap_won % new.voucher_won == 0 for pot in new.pots)
        if new.voucher_won
        else False,
        "goods": all(pot.goods for pot in new.pots),
        "keep_days": 1 <= new.keep_days <= 1_900,
    }
    for name, holds in fields.items():
        if not holds:
            raise BadRebate(field=name)


def _tiers_rise(new: NewRebate) -> bool:
    """Each begins above the one before and gives more, in whole vouchers, and never more than was spent."""
    if not new.tiers or not new.voucher_won:
        return False
    pairs = [(tier.from_won, tier.back_won) for tier in new.tiers]
    rise = all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    return rise and all(0 < back < start <= 10_000_000 and back % new.voucher_won == 0 for start, back in pairs)
