"""A row ends earlier."""

from __future__ import annotations

from datetime import date

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.policy_models import PolicyRow
from jangteo.domains.payments.rules.refusals import PolicyOver, PolicyTooLate
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def end_policy(*, market: Market, actor: Actor, policy_id: int, last_day: date) -> PolicyRow:
    """Let the row hold for the last time on `last_day`, today at the earliest. Ending it there again changes nothing.

    Raises PolicyTooLate, PolicyOver where it ends earlier already or would not begin, PolicyRow.DoesNotExist.
    """
    row = PolicyRow.objects.select_for_update().get(pk=policy_id)
    if row.ends == last_day:
        return row
    if last_day < row.starts or (row.ends is not None and row.ends < last_day):
        raise PolicyOver(policy=str(row.pk), day=(row.ends or row.starts).isoformat())
    if last_day < clock.calendar_day():
        raise PolicyTooLate(policy=str(row.pk), day=last_day.isoformat())
    PolicyRow.objects.filter(pk=row.pk).update(ends=last_day)
    row.ends = last_day
    audit.record(actor, "policy.ended", f"policy:{row.pk}", scheme=row.scheme, area=row.area, day=last_day.isoformat())
    return row
