"""Write down what a scheme gives and forbids from a day on."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.write_policies import Origin, write_policies
from jangteo.domains.payments.policy_models import PolicyRow
from jangteo.domains.payments.rules.policies import Policy
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def add_policy(*, market: Market, actor: Actor, policy: Policy, origin: Origin) -> PolicyRow | None:
    """Add the row; one without an end that stands before it, or begins with it, ends the day before.

    It may begin today: the orders of today keep the row that they were placed under. None where the same row stands.

    Raises PolicyUnsound, PoliciesOverlap, PolicyTooLate.
    """
    _plan, rows = write_policies(market_id=market.pk, told=[policy], origin=origin)
    for row in rows:
        audit.record(
            actor, "policy.added", f"policy:{row.pk}", scheme=row.scheme, area=row.area, day=row.starts.isoformat()
        )
    return rows[0] if rows else None
