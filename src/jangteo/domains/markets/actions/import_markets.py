"""Take a release of the national standard file into the list of markets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from jangteo.domains.markets.models import Market
from jangteo.domains.markets.national.codes import market_code
from jangteo.domains.markets.national.known import as_known, listed_markets
from jangteo.domains.markets.national.plan import WRITTEN_FIELDS, Decision, Plan, make_plan
from jangteo.domains.markets.national.report import Report
from jangteo.domains.markets.national.rows import MarketFile, MarketRow
from jangteo.kernel import audit
from jangteo.kernel.audit import Actor
from jangteo.kernel.tenancy import unscoped

# Any number that no other advisory lock uses: the list of markets has one writer at a time.
IMPORT_LOCK = 15_012_894


def import_markets(*, actor: Actor, file: MarketFile, decisions: Sequence[Decision] = ()) -> Report:
    """Create and update what the file identifies with certainty; the report accounts for every row.

    It has no market and is no @action: it writes the list of all markets, before any of them is a tenant. So it opens
    its own durable transaction, unscoped, and its audit row belongs to no market. The same file again writes nothing.
    Raises DecisionUnusable.
    """
    with unscoped(), transaction.atomic(durable=True):
        _wait_for_turn()
        # FOR NO KEY UPDATE: orders that reference a market go on while their market's facts are compared.
        markets = {market.pk: market for market in listed_markets().select_for_update(no_key=True)}
        plan = make_plan(file, [as_known(market) for market in markets.values()], decisions)
        _create(plan)
        _update(plan, markets)
        if plan.writes:
            _record(actor, plan.report)
    return plan.report


def _wait_for_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def _create(plan: Plan) -> None:
    taken = set(Market.objects.values_list("code", flat=True)) if plan.creates else set()
    created = []
    for row, values in plan.creates:
        market = Market(code=_code(row, taken))
        taken.add(market.code)
        created.append(_with(market, values))
    Market.objects.bulk_create(created)


def _code(row: MarketRow, taken: set[str]) -> str:
    one = row.identity
    province = next((region.province for region in sorted(one.regions, key=str)), "")
    return market_code(province, "|".join([one.name, *sorted(one.addresses)]), taken)


def _update(plan: Plan, markets: Mapping[int, Market]) -> None:
    """One INSERT … ON CONFLICT DO UPDATE for all: the rows are locked and whole, so the insert never takes place."""
    changed = [_with(markets[pk], values) for pk, values in plan.updates.items()]
    if changed:
        Market.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["id"], update_fields=list(WRITTEN_FIELDS)
        )


def _with(market: Market, values: Mapping[str, object]) -> Market:
    for name, value in values.items():
        setattr(market, name, value)
    return market


def _record(actor: Actor, report: Report) -> None:
    audit.record(
        actor,
        "markets.imported",
        "markets",
        read=report.read,
        created=report.created,
        updated=report.updated,
        unchanged=report.unchanged,
        flagged=len(report.flagged),
        rejected=len(report.rejected),
    )
