"""Times as people say them: 저녁 8시, 내일 아침 7시 30분."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jangteo.kernel.clock import KST


def hour_words(moment: time) -> str:
    """저녁 8시, 오후 4시 30분."""
    return _hour_words(moment.hour, moment.minute, get_language())


@cache
def _hour_words(hour: int, minute: int, _language: str | None) -> str:
    """Kept: the checkout says the forty half hours of two days at every look."""
    facts = {"part": _part_of_day(hour), "hour": (hour - 1) % 12 + 1, "minute": f"{minute:02d}"}
    if minute:
        return _("%(part)s %(hour)s시 %(minute)s분") % facts
    return _("%(part)s %(hour)s시") % facts


def day_words(day: date, today: date) -> str:
    """오늘, 내일, or 11월 25일 (수)."""
    if day == today:
        return _("오늘")
    if day == today + timedelta(days=1):
        return _("내일")
    return _("%(month)s %(day)s일 (%(weekday)s)") % {
        "month": month_name(day),
        "day": day.day,
        "weekday": _weekday(day.weekday()),
    }


def date_words(day: date, today: date) -> str:
    """11월 25일, with the year where it is not this one."""
    facts = {"year": day.year, "month": month_name(day), "day": day.day}
    if day.year == today.year:
        return _("%(month)s %(day)s일") % facts
    return _("%(year)s년 %(month)s %(day)s일") % facts


def when_words(moment: datetime, now: datetime) -> str:
    """오늘 오후 4시 30분."""
    local = moment.astimezone(KST)
    day = day_words(local.date(), now.astimezone(KST).date())
    return _("%(day)s %(time)s") % {"day": day, "time": hour_words(local.time())}


def _part_of_day(hour: int) -> str:
    if hour < 6:
        return _("새벽")
    if hour < 10:
        return _("아침")
    if hour < 12:
        return _("오전")
    if hour == 12:
        return _("낮")
    if hour < 18:
        return _("오후")
    return _("저녁") if hour < 21 else _("밤")


def _weekday(number: int) -> str:
    return (_("월"), _("화"), _("수"), _("목"), _("금"), _("토"), _("일"))[number]


def month_name(day: date) -> str:
    """11월."""
    names = (_("1월"), _("2월"), _("3월"), _("4월"), _("5월"), _("6월"))
    return (*names, _("7월"), _("8월"), _("9월"), _("10월"), _("11월"), _("12월"))[day.month - 1]
