"""Telling people who signed up for an event: it is tomorrow, it is off, a place came free."""

from __future__ import annotations

from datetime import datetime, timedelta

from jangteo.domains.campaigns.actions.note_event_told import EventTold, note_event_told
from jangteo.domains.campaigns.models import Terms
from jangteo.domains.campaigns.owed import Handed, Owed, approved_template, hand_over
from jangteo.domains.campaigns.ports import Senders
from jangteo.domains.campaigns.queries_people import Known, known_by_number, terms_of
from jangteo.domains.campaigns.rules import is_night
from jangteo.domains.events.actions.pass_on_notices import pass_on_notices
from jangteo.domains.events.jobs import markets_with_notices
from jangteo.domains.events.models import SignUpNotice
from jangteo.domains.events.notices import still_true
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.outbox.deliver import Done, Ending, Unknown

About, State = SignUpNotice.About, SignUpNotice.State
# A push that waits longer for its phone comes too late to be of use.
LIVES = timedelta(hours=12)
_WORDS = {
    About.MOVED_UP: "자리가 났어요. {when} {title}, 이제 오시면 돼요.",
    About.REMINDER: "내일이에요. {when} {title}. 못 오시면 미리 알려 주세요.",
    About.CHANGED: "{title}, 때나 곳이 바뀌었어요. {when} {place}",
    About.CALLED_OFF: "{when} {title}, 취소됐어요. 헛걸음하지 마세요.",
    About.BACK_ON: "취소됐던 {title}, 다시 열어요. {when} {place}",
}


def tell_due() -> None:
    """Hand over what is due, in every market; by day."""
    if is_night(clock.now()):
        return
    for market in markets_with_notices():
        pass_on_notices(market=market, actor=SYSTEM)


def tell_of_event(senders: Senders, notice_id: int, *, again: bool) -> Ending:
    """Once, and only while it is true; who cannot be reached is shown to the office, to be called."""
    rows = SignUpNotice.objects.select_related("sign_up__event", "market")
    notice, now = rows.get(pk=notice_id), clock.now()
    if notice.state != State.WAITING:
        return Done()
    if not still_true(notice, now):
        return _ended(notice, EventTold(State.DROPPED))
    if is_night(now):
        return Unknown("it waits for the morning")
    terms = terms_of(notice.market)
    known = known_by_number(notice.sign_up.phone, terms)
    ending = hand_over(senders, _service(notice, again, terms), known, terms)
    if isinstance(ending, Unknown):
        return ending
    return _ended(notice, _told(notice, ending, known) if isinstance(ending, Handed) else EventTold(State.LOST))


def words_of(notice: SignUpNotice) -> str:
    """One line, as the event is now."""
    event = notice.sign_up.event
    text = _WORDS[About(notice.about)]
    return text.format(title=event.title, when=_when(event.starts_at), place=event.place).strip()


def _service(notice: SignUpNotice, again: bool, terms: Terms) -> Owed:
    market = notice.market
    path = f"/{market.slug}/events/mine/{notice.sign_up.token}/"
    template = approved_template() if terms.profile else None
    return Owed(market, f"event:{notice.pk}", words_of(notice), path, again, template, int(LIVES.total_seconds()))


def _told(notice: SignUpNotice, handed: Handed, known: Known) -> EventTold:
    return EventTold(State.TOLD, known.user_id or None, handed.channel, words_of(notice), handed.cost_per_100)


def _ended(notice: SignUpNotice, told: EventTold) -> Ending:
    note_event_told(market=notice.market, actor=SYSTEM, notice_id=notice.pk, told=told)
    return Done()


def _when(moment: datetime) -> str:
    """11월 26일 오후 2시 30분."""
    here = moment.astimezone(clock.KST)
    half, hour = ("오전", here.hour) if here.hour < 12 else ("오후", here.hour - 12 or 12)
    minutes = f" {here.minute}분" if here.minute else ""
    return f"{here.month}월 {here.day}일 {half} {hour}시{minutes}"
