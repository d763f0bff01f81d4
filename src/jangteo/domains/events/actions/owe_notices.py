"""People who signed up have to be told something."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.events.models import Event, SignUp, SignUpNotice
from jangteo.domains.events.notices import TAKES_BACK, WAITS, is_news
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.tenancy import is_practice

About, State = SignUpNotice.About, SignUpNotice.State


@step
def owe_notices(*, event: Event, about: SignUpNotice.About, key: str, rows: Sequence[SignUp]) -> int:
    """Write one down for each of them who does not know it yet, to be told after a moment in which it can be undone.

    Calling an event off and thinking better of it tells nobody anything; of several changes the last one is told.
    Nothing in a market that people practise in, nor of an event that is over. How many.
    """
    now = clock.now()
    if is_practice(event.market_id) or event.ends_at <= now or not rows:
        return 0
    told = _last_told([row.pk for row in rows])
    back = SignUpNotice.objects.filter(sign_up__in=rows, about__in=TAKES_BACK[about], state=State.WAITING)
    back.update(state=State.DROPPED, ended_at=now)
    new = [
        SignUpNotice(market_id=event.market_id, sign_up=row, about=about, key=key, due_at=now + WAITS[about])
        for row in rows
        if row.phone and is_news(about, told.get(row.pk))
    ]
    SignUpNotice.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _last_told(sign_up_ids: Sequence[int]) -> dict[int, SignUpNotice.About]:
    """What each heard last of whether the event takes place."""
    rows = SignUpNotice.objects.filter(
        sign_up__in=sign_up_ids, about__in=[About.CALLED_OFF, About.BACK_ON], state=State.TOLD
    )
    return {sign_up: About(about) for sign_up, about in rows.order_by("pk").values_list("sign_up_id", "about")}
