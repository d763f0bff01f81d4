"""Undo a row that has not begun yet."""

from __future__ import annotations

from dataclasses import replace

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.write_policies import Origin, write_policies
from jangteo.domains.payments.policy_models import PolicyRow
from jangteo.domains.payments.rules.policy_plan import DAY
from jangteo.domains.payments.rules.refusals import PolicyTooLate
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def take_back_policy(*, market: Market, actor: Actor, policy_id: int) -> PolicyRow:
    """As if it had never been written: what it closed goes on, as a row of its own from the same day.

    Doing it again changes nothing. Raises PolicyTooLate for a row that holds or has held, PolicyRow.DoesNotExist.
    """
    Market.objects.select_for_update(no_key=True).get(pk=market.pk)
    row = PolicyRow.objects.select_related("replaces").get(pk=policy_id)
    if row.never_holds:
        return row
    if row.starts <= clock.calendar_day():
        raise PolicyTooLate(policy=str(row.pk), day=row.starts.isoformat())
    PolicyRow.objects.filter(pk=row.pk).update(ends=row.starts - DAY)
    before = row.replaces
    # It may have been ended once more since then; only where it stopped for this row does it go on.
    if before is not None and before.ends == row.starts - DAY:
        goes_on = replace(before.policy(), id="again", starts=row.starts, ends=None)
        origin = Origin(before.source, before.law)
        write_policies(market_id=market.pk, told=[goes_on], origin=origin)
    row.ends = row.starts - DAY
    audit.record(
        actor, "policy.taken_back", f"policy:{row.pk}", scheme=row.scheme, area=row.area, day=row.starts.isoformat()
    )
    return row
