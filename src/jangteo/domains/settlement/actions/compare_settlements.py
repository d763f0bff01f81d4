"""What a gateway has paid out against what was due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.book_settled import book_settled
from jangteo.domains.settlement.actions.open_breaks import Found, open_breaks
from jangteo.domains.settlement.billing import terms_of
from jangteo.domains.settlement.business_days import korean_date
from jangteo.domains.settlement.gateway_book import booked, lines_by_key, unsettled_lines
from jangteo.domains.settlement.models import Break as BreakRow
from jangteo.domains.settlement.models import GatewaySettled
from jangteo.domains.settlement.reconcile.comparing import Break, BreakKind, Comparison, Movement
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import SYSTEM, Actor

# How far back a movement is looked for that was never paid out. By then it was late for weeks, and has its break.
LOOK_BACK = timedelta(days=60)
CAME_LATER = "came_later"


@step
def compare_settlements(*, market: Market, gateway: str, told: Sequence[Movement], actor: Actor) -> int:
    """Keep what was paid, book what agrees, open breaks of what does not; how many are new.

    Rows that were told before change nothing.
    """
    moment = clock.now()
    keys = {one.key for one in told}
    waiting = unsettled_lines(gateway, moment - LOOK_BACK, moment)
    lines = {row.pk: row for row in (*lines_by_key(gateway, keys), *waiting)}
    ours = booked(gateway, terms_of(market), lines.values())
    found = Comparison("gateway_settlements", korean_date(moment)).settled(ours, told)
    by_key = {one.key: one for one in told}
    opened = open_breaks(market_id=market.pk, found=[_found(one, gateway, by_key) for one in found])
    _keep(market, gateway, told, {one.key: one for one in ours}, actor)
    _solve_late(keys)
    return opened


def _found(one: Break, gateway: str, told: Mapping[str, Movement]) -> Found:
    """A fee's break carries the sale and the pay-out that it is about."""
    row = told.get(one.key)
    if one.kind is not BreakKind.FEE or row is None:
        return Found(one, gateway)
    return Found(one, gateway, moved_won=row.amount, paid_won=row.payout)


def _keep(market: Market, gateway: str, told: Sequence[Movement], here: Mapping[str, Movement], actor: Actor) -> None:
    """Also what was kept before is booked as soon as the book knows of the sale."""
    rows = GatewaySettled.objects.filter(key__in=[one.key for one in told])
    known = set(rows.values_list("key", flat=True))
    GatewaySettled.objects.bulk_create(_settled(market, gateway, one) for one in told if one.key not in known)
    for row in rows.all():
        ours = here.get(row.key)
        if ours is not None and ours.amount == row.amount_won:
            book_settled(settled=row, fee_won=row.fee_won if ours.fee is None else ours.fee, actor=actor)


def _settled(market: Market, gateway: str, one: Movement) -> GatewaySettled:
    fee = one.fee or 0
    return GatewaySettled(
        market=market,
        gateway=gateway,
        key=one.key,
        order_ref=one.order[:64],
        amount_won=one.amount,
        fee_won=fee,
        paid_won=one.amount - fee if one.payout is None else one.payout,
        sold_on=one.day or clock.today(),
        paid_on=one.due or clock.today(),
    )


def _solve_late(keys: set[str]) -> None:
    """What was waited for has come."""
    late = BreakRow.objects.filter(state=BreakRow.State.OPEN, about="gateway_settlements", key__in=keys)
    late.filter(kind__in=[BreakKind.LATE, BreakKind.MISSING_THERE]).update(
        state=BreakRow.State.SOLVED, note=CAME_LATER, solved_by=SYSTEM.ref, solved_at=clock.now()
    )
