"""Events as calendars read them (RFC 5545). Writes what it needs and no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from jangteo.domains.events.models import Event

LONGEST_OCTETS = 75
REMINDERS = (timedelta(days=1), timedelta(hours=2))


def calendar(name: str, host: str, events: Iterable[Event], *, reminds: bool = False) -> bytes:
    """A whole calendar file; `host` makes ids unique in the world. With `reminds` the phone itself gives notice."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{host}//events//KO", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_text(name)}")
    lines.append("X-WR-TIMEZONE:Asia/Seoul")
    for event in events:
        lines += _event(event, host, reminds)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(event: Event, host: str, reminds: bool) -> list[str]:
    off = event.state == Event.State.CALLED_OFF
    lines = [
        "BEGIN:VEVENT",
        f"UID:event-{event.pk}@{host}",
        f"SEQUENCE:{event.revision}",
        f"DTSTAMP:{_moment(event.changed_at)}",
        f"LAST-MODIFIED:{_moment(event.changed_at)}",
        f"DTSTART:{_moment(event.starts_at)}",
        f"DTEND:{_moment(event.ends_at)}",
        f"SUMMARY:{_text(event.title)}",
        f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}",
    ]
    if event.place:
        lines.append(f"LOCATION:{_text(event.place)}")
    if event.body:
        lines.append(f"DESCRIPTION:{_text(event.body)}")
    if reminds and not off:
        for before in REMINDERS:
            lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-PT{before // timedelta(minutes=1)}M"]
            lines += [f"DESCRIPTION:{_text(event.title)}", "END:VALARM"]
    return [*lines, "END:VEVENT"]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Escaped as TEXT; other control characters than line ends must not be in it at all."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    escaped = escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
    return "".join(character for character in escaped if character >= " " and character != "\x7f")


def _folded(line: str) -> str:
    """At most 75 octets a line, no character torn apart; what follows begins with a blank."""
    folded, octets = [], 0
    for character in line:
        size = len(character.encode())
        if octets + size > LONGEST_OCTETS:
            folded.append("\r\n ")
            octets = 1
        folded.append(character)
        octets += size
    return "".join(folded)
