"""A step of setting a stall up that no table knows: its sticker hangs, its people were taught."""

from __future__ import annotations

from jangteo.domains.helping.models import SetUpMark
from jangteo.domains.helping.rules import MARKED_BY_HAND
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def mark_set_up(*, market: Market, actor: Actor, stall_id: int, step: str, done: bool) -> None:
    """Mark a step of `rules.MARKED_BY_HAND` done, or not. Any other step, and marking twice, changes nothing.

    Raises Stall.DoesNotExist.
    """
    stall = Stall.objects.select_for_update().get(pk=stall_id)
    marks = SetUpMark.objects.filter(stall=stall, step=step)
    if step not in MARKED_BY_HAND or marks.exists() == done:
        return
    if done:
        SetUpMark.objects.create(market=market, stall=stall, step=step, marked_at=clock.now())
    else:
        marks.delete()
    audit.record(actor, "help.set_up" if done else "help.set_up_undone", f"stall:{stall.pk}", step=step)
