"""What people who signed up are told, and when it is still true."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from jangteo.domains.events.models import Event, SignUp, SignUpNotice
from jangteo.kernel import clock

About = SignUpNotice.About

# So long what was pressed can be taken back before anybody hears of it.
WAITS = {
    About.MOVED_UP: timedelta(),
    About.REMINDER: timedelta(),
    About.CHANGED: timedelta(minutes=10),
    About.CALLED_OFF: timedelta(minutes=5),
    About.BACK_ON: timedelta(minutes=5),
}
# What is not told any more once the other is to be told.
TAKES_BACK = {
    About.MOVED_UP: frozenset[About](),
    About.REMINDER: frozenset[About](),
    About.CHANGED: frozenset({About.CHANGED}),
    About.CALLED_OFF: frozenset({About.CALLED_OFF, About.BACK_ON}),
    About.BACK_ON: frozenset({About.CALLED_OFF, About.BACK_ON}),
}
# People are reminded on the day before, from this hour on.
REMINDED_FROM = time(10)


def is_news(about: SignUpNotice.About, last_told: SignUpNotice.About | None) -> bool:
    """Whether somebody who heard `last_told` of the event's standing has to hear this."""
    if about == About.BACK_ON:
        return last_told == About.CALLED_OFF
    return about != About.CALLED_OFF or last_told != About.CALLED_OFF


def reminder_key(event: Event) -> str:
    """One for each day that the event was ever set for."""
    return f"reminder:{_day(event.starts_at):%Y%m%d}"


def is_reminded_now(event: Event, now: datetime) -> bool:
    """On the day before, from ten in the morning on."""
    day_before = _day(event.starts_at) - timedelta(days=1)
    return clock.korean(day_before, REMINDED_FROM) <= now and _day(now) == day_before


def still_true(notice: SignUpNotice, now: datetime) -> bool:
    """Whether it may be said now; `sign_up` and its event are loaded. Nobody is told anything of what is over."""
    row, event = notice.sign_up, notice.sign_up.event
    if not row.phone or row.state == SignUp.State.CANCELLED or event.ends_at <= now:
        return False
    if notice.about == About.CALLED_OFF:
        return event.state == Event.State.CALLED_OFF
    if event.state != Event.State.SHOWN:
        return False
    if notice.about == About.REMINDER:
        return row.state == SignUp.State.IN and notice.key == reminder_key(event) and is_reminded_now(event, now)
    return row.state == SignUp.State.IN if notice.about == About.MOVED_UP else True


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.KST).date()
