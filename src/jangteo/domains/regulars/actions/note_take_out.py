"""How far a person's file is, and the file itself."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.regulars.privacy_models import TakeOut
from jangteo.domains.regulars.rules import TAKE_OUT_LIVES
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_take_out(
    *, market: Market, actor: Actor, take_out_id: int, done: int, steps: int, content: bytes | None = None
) -> None:
    """With `content` it is ready and lives for a day. What was emptied meanwhile stays empty."""
    take_out = TakeOut.objects.select_for_update().get(pk=take_out_id)
    if take_out.state != TakeOut.State.ASKED:
        return
    take_out.steps_done, take_out.steps = done, steps
    if content is not None:
        take_out.state, take_out.content = TakeOut.State.READY, content
        take_out.expires_at = clock.now() + TAKE_OUT_LIVES
    take_out.save(update_fields=["steps_done", "steps", "state", "content", "expires_at"])
