"""Telling a person about their own consent."""

from __future__ import annotations

from jangteo.domains.campaigns.actions.note_told import note_told
from jangteo.domains.campaigns.models import Notice
from jangteo.domains.campaigns.owed import Handed, Owed, hand_over
from jangteo.domains.campaigns.ports import Senders
from jangteo.domains.campaigns.queries_people import known_of, terms_of
from jangteo.domains.campaigns.rules import is_night
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected, Unknown


def tell(senders: Senders, notice_id: int, *, again: bool = True) -> Ending:
    """By push where one of their browsers takes it, else by text. Nobody is woken for it."""
    notice = Notice.objects.select_related("market").get(pk=notice_id)
    if notice.told_at is not None:
        return Done()
    if is_night(clock.now()):
        return Unknown("it waits for the morning")
    market, terms = notice.market, terms_of(notice.market)
    known = known_of([notice.user_id], None, None, terms).get(notice.user_id)
    if known is None:
        return Rejected("the account is gone")
    one = Owed(market, f"notice:{notice.pk}", notice.text, f"/{market.slug}/news/", again)
    ending = hand_over(senders, one, known, terms)
    if not isinstance(ending, Handed):
        return ending
    note_told(
        market=market, actor=SYSTEM, notice_id=notice.pk, channel=ending.channel, cost_per_100=ending.cost_per_100
    )
    return Done()
