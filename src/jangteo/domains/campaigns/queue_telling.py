"""Telling somebody with a number of the rebate desk that their turn comes."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.campaigns.actions.note_call_told import CallTold, note_call_told
from jangteo.domains.campaigns.owed import Owed, approved_template, hand_over, key_of
from jangteo.domains.campaigns.ports import Senders
from jangteo.domains.campaigns.queries_people import known_by_number, terms_of
from jangteo.domains.rebates.models import RebateVisit
from jangteo.domains.rebates.queries import ahead_of, visit_of
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected, Unknown

S, Told = RebateVisit.State, RebateVisit.Told
# A turn that is told late sends somebody to a desk that has gone on without them.
LIVES = timedelta(minutes=30)


def tell_of_turn(senders: Senders, visit_id: int, telling: int, *, again: bool) -> Ending:
    """Once, and only while they still wait or are called; at any hour, because they stand there.

    Who cannot be reached is shown to the desk.
    """
    visit = visit_of(visit_id)
    if visit.tellings != telling or visit.told != Told.QUEUED or visit.state not in (S.WAITING, S.CALLED):
        return Done()
    terms = terms_of(visit.market)
    known = known_by_number(visit.phone, terms)
    template = approved_template() if terms.profile else None
    path = f"/{visit.market.slug}/rebate/{visit.token}/"
    key, text = f"rebate:{visit.pk}:{telling}", words_of(visit)
    one = Owed(visit.market, key, text, path, again, template, int(LIVES.total_seconds()))
    ending = hand_over(senders, one, known, terms)
    if isinstance(ending, Unknown):
        return ending
    handed = None if isinstance(ending, Rejected) else ending
    told = CallTold(key_of(one, handed.channel) if handed else key, handed, known.user_id or None, text)
    note_call_told(market=visit.market, actor=SYSTEM, visit_id=visit.pk, telling=telling, told=told)
    return Done()


def words_of(visit: RebateVisit) -> str:
    """One line, as the queue is now."""
    place = visit.event.place
    if visit.state == S.CALLED:
        return f"환급 {visit.number}번, 차례가 됐어요. 지금 오세요. 오실 곳: {place}"
    before = ahead_of(visit)
    soon = f"앞에 {before}분 계세요" if before else "다음 차례예요"
    return f"환급 {visit.number}번, {soon}. 오실 곳: {place}"
