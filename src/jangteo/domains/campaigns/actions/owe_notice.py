"""A person has to be told something about their own consent."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.campaigns.kinds import Move
from jangteo.domains.campaigns.models import Notice
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.outbox import emit

_WORDS = {
    Move.GIVEN: "{day} 광고 소식 받기에 동의하신 것을 잘 받았어요. 언제든 그만 받을 수 있어요.",
    Move.WITHDRAWN: "{day} 광고 소식 그만 받기를 잘 받았어요. 이제 보내지 않아요.",
    Move.CONFIRMED: "{day} 광고 소식 받기에 동의하셨어요. 그만 받으시려면 언제든 끌 수 있어요.",
}


@step
def owe_notice(*, market: Market, user_id: int, kind: str, about: Move, within: timedelta) -> None:
    """Write down what they are to be told and by when, and have it sent."""
    moment = clock.now()
    day = moment.astimezone(clock.KST)
    notice = Notice.objects.create(
        market=market,
        user_id=user_id,
        kind=kind,
        text=_WORDS[about].format(day=f"{day.year}년 {day.month}월 {day.day}일"),
        made_at=moment,
        due_at=moment + within,
    )
    emit("campaign.tell", key=f"campaign.tell:{notice.pk}", notice_id=notice.pk)
