"""Write new rows beside those that stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.policy_models import PolicyRow
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.payments.rules.policy_plan import Plan, plan_policies
from jangteo.kernel import clock
from jangteo.kernel.action import step


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from: the file or person, and the law or notice behind them."""

    source: str
    law: str = ""


@step
def write_policies(
    *, market_id: int, told: Sequence[Policy], origin: Origin, laws: Sequence[str] = ()
) -> tuple[Plan, list[PolicyRow]]:
    """Write what is new and close what it replaces. `laws` has one for each row where they differ.

    Raises what `plan_policies` raises.
    """
    # One at a time: two people may write rows of one scheme at the same moment.
    Market.objects.select_for_update(no_key=True).get(pk=market_id)
    standing = {str(row.pk): row for row in PolicyRow.objects.all() if not row.never_holds}
    plan = plan_policies([row.policy() for row in standing.values()], told, clock.calendar_day())
    for closing in plan.closings:
        PolicyRow.objects.filter(pk=int(closing.policy.id)).update(ends=closing.last_day)
    replaced = {closing.by: standing[closing.policy.id] for closing in plan.closings}
    law_of = dict(zip((row.id for row in told), laws, strict=True)) if laws else {}
    rows = [
        _row(market_id, policy, Origin(origin.source, law_of.get(policy.id) or origin.law), replaced.get(policy.id))
        for policy in plan.new
    ]
    return plan, PolicyRow.objects.bulk_create(rows)


def _row(market_id: int, policy: Policy, origin: Origin, replaces: PolicyRow | None) -> PolicyRow:
    return PolicyRow(
        market_id=market_id,
        scheme=policy.scheme,
        area=policy.area,
        starts=policy.starts,
        ends=policy.ends,
        discount_bp=policy.discount_bp,
        cashback=policy.cashback,
        monthly_cap_won=policy.monthly_cap_won,
        payment_cap_won=policy.payment_cap_won,
        min_won=policy.min_won,
        excludes=None if policy.excludes is None else sorted(policy.excludes),
        refused_kinds=sorted(policy.refused_kinds),
        refused_goods=sorted(policy.refused_goods),
        cashback_cap_won=policy.cashback_cap_won,
        cashback_days=policy.cashback_days,
        program=policy.program,
        source=origin.source,
        law=origin.law,
        replaces=replaces,
        created_at=clock.now(),
    )
