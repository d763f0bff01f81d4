"""Take in a file of policies, all of it or nothing."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.write_policies import Origin, write_policies
from jangteo.domains.payments.policy_files import ReadPolicies
from jangteo.domains.payments.rules.policy_plan import Plan
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def import_policies(*, market: Market, actor: Actor, read: ReadPolicies) -> Plan:
    """Write what is new of the file. The same file again changes nothing.

    Raises PoliciesOverlap, which names both rows, and PolicyTooLate.
    """
    origin = Origin(read.file)
    plan, rows = write_policies(market_id=market.pk, told=read.policies, origin=origin, laws=read.laws)
    if rows:
        audit.record(actor, "policies.imported", f"market:{market.pk}", created=len(rows), closed=len(plan.closings))
    return plan
